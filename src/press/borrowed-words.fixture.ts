import { noise } from '../pictures/small-pictures.fixture.ts';
import { storyTypes } from '../story/card.ts';
import { type ElementName, elements } from '../story/elements.ts';
import { story } from './small-newsroom.fixture.ts';

/**
 * A paper that uses every feature and writes all its own text in one word, so that any other text on its pages comes
 * from Broadsheet. It has one page of every kind, a story of every type, and every story component.
 *
 * @param language BCP 47
 * @param word a word of that language
 */
export async function paperOf(language: string, word: string): Promise<Record<string, string | Uint8Array>> {
  const url = 'https://1.example/2/';
  const yaml = (value: object) => `${JSON.stringify(value)}\n`;
  const jpg = await noise(90, 60).jpeg().toBuffer();
  const picture = (src: string) => ({
    src,
    alt: `${word} 2`,
    caption: word,
    credit: word,
    licence: url,
    copyright: word,
    description: word,
    kind: 'photo-illustration',
    date: '2024-05',
    place: word,
  });
  const one = (id: string, section: string, day: string, more: object = {}, text = `${word}\n\n${word}`) => ({
    [`content/stories/${id}/index.mdx`]: story(
      {
        id,
        headline: word,
        standfirst: word,
        section,
        topics: ['long'],
        byline: ['ann', { name: word, role: word, organisation: word }],
        published: `${day}T08:00:00Z`,
        ...more,
      },
      text,
    ),
    [`content/stories/${id}/lead.jpg`]: jpg,
  });
  const rich = {
    updated: '2025-05-31T09:30:00Z',
    minor: word,
    dateline: word,
    lead: picture('lead.jpg'),
    source: { name: word, url, licence: word },
    note: word,
    warning: word,
    corrections: ['correction', 'clarification', 'editors-note', 'update'].map((type, place) => ({
      date: '2025-05-31',
      type,
      text: word,
      prominent: place === 0,
    })),
    related: ['news-2', { title: word, url }],
  };
  const appeal = { title: word, text: word, button: word, action: 'https://2.example/' };
  return {
    'content/site.yaml': yaml({
      name: word,
      url: 'https://post.example/',
      language,
      description: word,
      sections: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => ({ id: `s${at}`, title: word, description: word })),
      publisher: { name: word, url },
      search: { action: 'https://3.example/', by: word },
      support: { ...appeal, amounts: ['€3', '€5'] },
      newsletter: appeal,
      tips: { ...appeal, contact: 'contact' },
      navigation: [{ title: word, url: '/about/' }],
    }),
    'content/fronts/home.yaml': yaml({
      layout: 'package',
      banner: { text: word, story: 'elements' },
      stories: [{ story: 'news', with: ['news-2', 'news-3'] }, 'opinion'],
      pinned: 'paid',
    }),
    'content/authors/ann.yaml': yaml({
      name: word,
      role: word,
      bio: word,
      picture: { src: 'ann.jpg', alt: `${word} 2` },
      links: [{ title: word, url }],
    }),
    'content/authors/ann.jpg': jpg,
    'content/topics.yaml': yaml({ long: { title: word } }),
    'content/series.yaml': yaml({ long: { title: word } }),
    'content/pages/about.md': `---\nheadline: ${word}\naliases: [/us/]\n---\n\n${markdown(word, url)}\n`,
    'content/pages/lead.jpg': jpg,
    ...Object.assign(
      {},
      ...storyTypes.map((type, at) =>
        one(type, `s${(at % 9) + 1}`, `2025-05-${10 + at}`, { type, ...rich, series: { title: 'long', part: at + 1 } }),
      ),
      ...[2, 3, 4, 5, 6, 7].map((at) => one(`news-${at}`, 's1', `2025-0${at > 5 ? 1 : at}-03`)),
    ),
    ...one('paid', 's2', '2024-05-27', { sponsor: { name: word, url } }),
    ...one('partner', 's2', '2024-05-28', { sponsor: { name: word, kind: 'partner' } }),
    ...one('gone', 's2', '2024-05-29', { withdrawn: { date: '2024-06-01', reason: word }, aliases: ['/old/'] }),
    ...one('elements', 's1', '2025-05-30', rich, `${markdown(word, url)}\n\n${components(word, url)}`),
    'content/stories/elements/figures.csv': `${word},${word} 2\n${word},1\n`,
  };
}

const markdown = (word: string, url: string): string => `${word} [${word}](${url}) [^1]

## ${word}

- [x] ${word}
- [ ] ${word}

> ${word}
> — ${word}

| ${word} | ${word} |
| --- | --- |
| ${word} | 1 |

![${word} 2](lead.jpg "${word}")

<iframe src="https://4.example/"></iframe>

[^1]: ${word}`;

function components(word: string, url: string): string {
  const picture = `<Picture src="lead.jpg" alt="${word} 2" caption="${word}" credit="${word}" />`;
  const sources: Record<ElementName, string> = {
    Picture: picture,
    Figure: `<Figure wanted="${url}" caption="${word}" credit="${word}" />`,
    Pair: `<Pair>\n${picture}\n\n${picture.replace('caption="', 'caption="3 ')}\n</Pair>`,
    Gallery: `<Gallery>\n${picture}\n\n${picture}\n</Gallery>`,
    PullQuote: `<PullQuote by="${word}">${word}</PullQuote>`,
    BlockQuote: `<BlockQuote by="${word}" source="${word}" url="${url}">\n${word}\n</BlockQuote>`,
    FactBox: `<FactBox title="${word}">\n${word}\n</FactBox>`,
    KeyPoints: `<KeyPoints>\n- ${word}\n</KeyPoints>`,
    Timeline: `<Timeline>\n- **1841-05-04** ${word}\n</Timeline>`,
    Questions: `<Questions>\n## ${word}\n\n${word}\n</Questions>`,
    Profile: `<Profile author="ann" />`,
    ReadMore: `<ReadMore>\n- [${word}](${url})\n</ReadMore>`,
    RichLink: `<RichLink to="story:news-2" />\n\n<RichLink url="${url}" title="${word}" />`,
    Table: `<Table src="figures.csv" caption="${word}" source="${word}" />`,
    Warning: `<Warning text="${word}">\n${word}\n</Warning>`,
    Embed: `<Embed url="${url}" title="${word}" />`,
  };
  return (Object.keys(elements) as ElementName[]).map((name) => sources[name]).join(`\n\n${word}\n\n`);
}
