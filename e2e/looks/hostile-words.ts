import { storyTypes } from '../../src/story/card.ts';
import { type ElementName, elements } from '../../src/story/elements.ts';
import { page, scene, yaml } from './stories.ts';

// A newsroom in which every text contains a word that no column was designed for (WCAG 1.4.10): one page of every kind,
// a story of every type, and every story component.

type Files = Record<string, string | Uint8Array>;

/** By language: a word of at least 40 letters, and other difficulties of its script. */
export const hostileWords = {
  de: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz',
  cy: 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  ar: 'أفاستسقيناكموهاأفلنستدرجنكموهاوسيستدرجونهماأفاستسقيناكموها',
  th: 'กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยามหาดิลกภพนพรัตนราชธานีบูรีรมย์อุดมราชนิเวศน์มหาสถาน',
};
export type HostileLanguage = keyof typeof hostileWords;

/** @param sections the number of sections; all have long names */
export async function hostileNewsroom(language: HostileLanguage, sections = 7): Promise<Files> {
  const word = hostileWords[language];
  // What no language hyphenates: a file name, a series of capitals, and an address.
  const words = `${word} ${'WM'.repeat(16)} a_${'very_long_'.repeat(5)}name.txt`;
  const url = `https://${'long-'.repeat(9)}host.example/${'path-'.repeat(12)}`;
  const jpg = await scene(900, 600);
  const picture = (src: string, more: object = {}) => ({
    src,
    alt: `One ${word}`,
    caption: `Two ${words}`,
    credit: words,
    licence: url,
    copyright: words,
    ...more,
  });
  const names = Array.from({ length: sections }, (_, place) => ({
    id: `section-${place + 1}`,
    title: place === 0 ? word : `${place} ${word.slice(0, 28)}`,
    description: words,
  }));
  const one = (id: string, section: string, day: string, more: object, text = `${words}\n\n${words}`): Files => ({
    [`content/stories/${id}/index.mdx`]: page(
      {
        id,
        headline: `${id}: ${word} ${word}`,
        standfirst: words,
        kicker: word,
        section,
        topics: ['long'],
        byline: ['ann', { name: word, role: words, organisation: word }],
        published: `${day}T08:00:00Z`,
        ...more,
      },
      text,
    ),
    [`content/stories/${id}/lead.jpg`]: jpg,
  });
  const rich = {
    updated: '2025-05-31T09:30:00Z',
    minor: words,
    dateline: word,
    lead: picture('lead.jpg', { kind: 'photo-illustration', date: '2024-05', place: word }),
    series: { title: 'long', part: 1 },
    source: { name: word, url, licence: word },
    note: words,
    warning: words,
    corrections: ['correction', 'clarification', 'editors-note', 'update'].map((type, place) => ({
      date: '2025-05-31',
      type,
      text: words,
      prominent: place === 0,
    })),
    related: ['news-2', { title: words, url }],
  };
  const appeal = { title: word, text: words, button: word, action: 'https://give.example/' };
  const stories = storyTypes.map((type, place) =>
    one(type, names[place % sections]?.id ?? '', `2025-05-${10 + place}`, {
      type,
      ...(place % 2 === 0 ? { ...rich, series: { title: 'long', part: place + 1 } } : { lead: picture('lead.jpg') }),
    }),
  );
  return {
    'content/site.yaml': yaml({
      name: `${word} ${word}`,
      url: 'https://post.example/',
      language,
      description: words,
      sections: names,
      publisher: { name: word, url },
      search: { action: 'https://find.example/', by: word },
      support: { ...appeal, amounts: [word, `€${'1000'.repeat(12)}`, '€3'] },
      newsletter: appeal,
      tips: { ...appeal, contact: 'contact' },
      navigation: [
        { title: word, url: '/about/' },
        { title: words, url },
      ],
    }),
    'content/fronts/home.yaml': yaml({
      layout: 'package',
      banner: { text: words, story: 'elements' },
      stories: [{ story: storyTypes[0], with: ['news-2', 'news-3'] }, storyTypes[1]],
      pinned: 'paid',
    }),
    ...Object.fromEntries(
      ['lead', 'pair', 'words', 'package']
        .slice(0, sections)
        .map((layout, place) => [`content/fronts/section-${place + 1}.yaml`, yaml({ layout })]),
    ),
    'content/authors/ann.yaml': yaml({
      name: word,
      role: words,
      bio: words,
      picture: picture('ann.jpg'),
      links: [{ title: words, url }],
    }),
    'content/authors/ann.jpg': jpg,
    'content/pages/lead.jpg': jpg,
    'content/topics.yaml': yaml({ long: { title: word, description: words } }),
    'content/series.yaml': yaml({ long: { title: word, description: words } }),
    'content/pages/about.md': page({ headline: `${word} ${word}`, standfirst: words }, markdown(word, words, url)),
    ...Object.assign({}, ...stories),
    ...Object.assign(
      {},
      ...Array.from({ length: 5 }, (_, at) => one(`news-${at + 2}`, 'section-1', `2025-0${at + 1}-03`, {})),
    ),
    ...one('paid', 'section-2', '2024-05-27', { sponsor: { name: `${word} ${word}`, url }, lead: picture('lead.jpg') }),
    ...one(
      'elements',
      'section-1',
      '2025-05-30',
      rich,
      `${markdown(word, words, url)}\n\n${components(word, words, url)}`,
    ),
    'content/stories/elements/figures.csv': `${word},Two,Three\n${words},1,2\n${word},3,4\n`,
  };
}

const markdown = (word: string, words: string, url: string): string => `${words} [${word}](${url}) ${url}
*${words}* **${words}** \`${'code-'.repeat(30)}\`[^one]

## ${word} ${word}

### ${words}

- ${words}
  - ${words}
    1. ${words}

> ${words}
> — ${words}

\`\`\`
${'code without a space '.repeat(20)}
${'x'.repeat(300)}
\`\`\`

| ${word} | ${word} |
| --- | --- |
| ${words} | 1 |

![One ${word}](lead.jpg "${words}")

[^one]: ${words} ${url}`;

/** Each story component, with such words in every place for text. */
function components(word: string, words: string, url: string): string {
  const picture = (alt: string) =>
    `<Picture src="lead.jpg" alt="${alt} ${word}" caption="${words}" credit="${words}" />`;
  const sources: Record<ElementName, string> = {
    Picture: ['full', 'wide', 'half']
      .map((size) => picture(size).replace('/>', `size="${size}" />`))
      .join(`\n\n${words}\n\n`),
    Figure: `<Figure wanted="${url}" alt="${word}" caption="${words}" credit="${words}" />`,
    Pair: `<Pair caption="${words}">\n${picture('Left')}\n\n${picture('Right')}\n</Pair>`,
    Gallery: `<Gallery>\n${['a', 'b', 'c'].map(picture).join('\n\n')}\n</Gallery>`,
    PullQuote: `<PullQuote by="${word}" role="${words}">${words}</PullQuote>`,
    BlockQuote: `<BlockQuote by="${word}" source="${words}" url="${url}">\n${words}\n</BlockQuote>`,
    FactBox: `<FactBox title="${word}">\n### ${word}\n\n${words}\n\n- ${words}\n</FactBox>`,
    KeyPoints: `<KeyPoints title="${word}">\n- ${words}\n- ${words}\n</KeyPoints>`,
    Timeline: `<Timeline title="${word}">\n- **${word}** ${words}\n- **1841-05-04** ${words}\n</Timeline>`,
    Questions: `<Questions>\n## ${word} ${words}\n\n${words}\n</Questions>`,
    Profile: `<Profile name="${word}" role="${words}" picture="lead.jpg">\n${words}\n</Profile>\n\n<Profile author="ann" />`,
    ReadMore: `<ReadMore>\n- [${words}](${url})\n- [${word}](/about/)\n</ReadMore>`,
    RichLink: `<RichLink to="story:news-2" />\n\n<RichLink url="/about/" title="${words}" />`,
    Table: `<Table src="figures.csv" caption="${words}" source="${words}" />`,
    Warning: `<Warning text="${words}">\n${words}\n</Warning>`,
    Embed: `<Embed url="${url}" title="${words}" />`,
  };
  return (Object.keys(elements) as ElementName[]).map((name) => sources[name]).join(`\n\n${words}\n\n`);
}
