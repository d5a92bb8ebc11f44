import sharp from 'sharp';
import { elementStates } from '../../src/story/element-states.ts';

// The pages whose look is compared: the fewest stories with which each kind of page has everything that it can have,
// and the things that break a layout: long words, long headlines, upright leads, and no lead.

type Files = Record<string, string | Uint8Array>;

const theme = (serif: string) => `
@font-face { font-family: Clerk; src: url(latin.woff2); font-weight: 100 900; font-display: block; }
@font-face { font-family: Clerk; src: url(arabic.woff2); font-weight: 100 900; font-display: block; unicode-range: U+600-6FF, U+200C-200F, U+FB50-FEFF; }
:root { --sans: Clerk, sans-serif; ${serif} }`;

/** 200 characters, the longest headline that the layout is designed for. */
const longHeadline =
  'Council votes after eleven hours to keep the harbour bridge shut to lorries until the engineers who built it have been found, asked what they were thinking of, and have answered in writing, or are dead';
const longWord = 'Oberweserdampfschifffahrtsgesellschaftskapitänsmützenfabrik';

/** A newsroom in English with a front that an editor filled, and one page of every kind. */
export async function englishNewsroom(): Promise<Files> {
  return {
    'content/site.yaml': siteYaml('The Example Post', 'en-IE', ['News', 'Sport', 'Culture', 'Opinion', 'Weather']),
    'theme/tokens.css': theme(''),
    'content/fronts/home.yaml': frontYaml('lead'),
    'content/fronts/sport.yaml': yaml({ layout: 'package' }),
    'content/fronts/culture.yaml': yaml({ layout: 'pair', pinned: 'paid' }),
    'content/fronts/opinion.yaml': yaml({ layout: 'words' }),
    'content/authors/ann.yaml': yaml({
      name: 'Ann Example',
      role: 'Harbour correspondent',
      bio: 'She has covered the harbour since before there was a bridge.',
      picture: { src: 'ann.jpg', alt: 'A woman in a yellow coat', credit: 'A. Diallo' },
      links: [{ title: 'Her notes', url: 'https://notes.example/' }],
    }),
    'content/authors/ann.jpg': await scene(400, 400),
    'content/topics.yaml': yaml({ harbour: { title: 'Harbour', description: 'The basin, the bridge and the bar.' } }),
    'content/series.yaml': yaml({ 'the-bridge': { title: 'The bridge', description: 'A crossing in three parts.' } }),
    'content/pages/about.md': page(
      { headline: 'About the Post' },
      `${paragraphs(3)}\n\n## Who owns it\n\n${paragraphs(2)}`,
    ),
    ...(await newsStories()),
    ...(await allElements()),
  };
}

/** The front in another layout. */
export const frontYaml = (layout: string): string =>
  yaml({
    layout,
    banner: { text: 'The harbour bridge is shut until Monday', story: 'bridge', until: '2031-01-01 00:00' },
    stories: [{ story: 'lead', with: ['sport-3', 'news-3'] }, 'upright'],
    pinned: 'culture-1',
  });

async function newsStories(): Promise<Files> {
  const picture = { src: 'lead.jpg', alt: 'A boat below a hill', caption: 'The first ferry', credit: 'A. Diallo' };
  const plain = (id: string, section: string, day: string, headline: string, more: object = {}): Files => ({
    [`content/stories/${id}/index.md`]: page(
      { id, headline, section, published: `2025-${day}T08:00:00Z`, byline: ['ann'], ...more },
      paragraphs(3),
    ),
  });
  const landscape = await scene(900, 600);
  const withLead = (files: Files): Files => ({
    ...files,
    [Object.keys(files)[0]!.replace('index.md', 'lead.jpg')]: landscape,
  });
  return {
    ...withLead(
      plain('lead', 'news', '05-31', 'The first ferry sails after eleven days, with nobody on board', {
        kicker: 'Harbour',
        standfirst: 'The company calls it a rehearsal. The passengers on the quay called it something else',
        lead: picture,
        topics: ['harbour'],
        series: { title: 'The bridge', part: 1 },
        related: ['news-1', 'sport-1'],
      }),
    ),
    'content/stories/bridge/index.mdx': page(
      {
        id: 'bridge',
        headline: 'Who shut the bridge, and who may open it',
        standfirst: 'Three offices have a key, and each says that it is another’s turn',
        kicker: 'Explained',
        section: 'news',
        type: 'analysis',
        published: '2025-05-30T08:00:00Z',
        updated: '2025-05-31T09:30:00Z',
        minor: 'The name of the clerk was added.',
        dateline: 'Galway',
        byline: ['ann', { name: 'Bob Sample', role: 'Graphics', organisation: 'Coast Agency' }],
        lead: picture,
        topics: ['harbour'],
        series: { title: 'The bridge', part: 2 },
        source: { name: 'Coast Agency', url: 'https://coast.example/', licence: 'CC BY 4.0' },
        note: 'The author lives on the other side.',
        warning: 'This story describes an accident.',
        corrections: [
          {
            date: '2025-05-31',
            type: 'correction',
            text: 'The bridge was opened in 1961, not in 1916.',
            prominent: true,
          },
          { date: '2025-05-30', type: 'clarification', text: 'There are three keys; one is lost.' },
        ],
        related: ['lead', 'news-2', { title: 'The harbour’s own page', url: 'https://harbour.example/' }],
      },
      `${paragraphs(2)}\n\n## The keys\n\n${paragraphs(1)}[^1]\n\n[^1]: Minutes of 3 March.\n\n<PullQuote by="A. Boyle">We were lucky.</PullQuote>\n\n${paragraphs(2)}`,
    ),
    'content/stories/bridge/lead.jpg': landscape,
    ...plain('long', 'news', '05-29', longHeadline, {
      standfirst: `${longHeadline}. ${longHeadline}`,
      topics: ['harbour'],
    }),
    ...withLead(
      plain('upright', 'culture', '05-28', `${longWord} closes its doors`, {
        kicker: 'Work',
        lead: { ...picture, alt: 'A tower', caption: 'The tower' },
      }),
    ),
    'content/stories/upright/lead.jpg': await scene(600, 900),
    ...withLead(
      plain('paid', 'culture', '05-27', 'A week on the islands', {
        lead: picture,
        sponsor: { name: 'Example Ferries', url: 'https://ferries.example/' },
      }),
    ),
    ...withLead(plain('culture-1', 'culture', '05-26', 'The museum of nets', { lead: picture, kicker: 'Review' })),
    ...plain('culture-2', 'culture', '05-12', 'Choir sings from the quay'),
    ...plain('culture-3', 'culture', '05-11', 'What the tide brought'),
    ...withLead(
      plain('sport-1', 'sport', '05-25', 'Rowers win by a canvas', {
        lead: picture,
        standfirst: 'And lose it on the way home',
      }),
    ),
    ...plain('sport-2', 'sport', '05-24', 'Two nil, and it rained'),
    ...withLead(plain('sport-3', 'sport', '05-23', 'Swimmers cross the bay at night', { lead: picture })),
    ...plain('sport-4', 'sport', '04-22', 'A draw that nobody wanted', {
      series: { title: 'The bridge', part: 3 },
    }),
    ...plain('news-1', 'news', '05-21', 'Port counts its cranes'),
    ...plain('news-2', 'news', '05-20', 'Mayor loses a vote and a hat', { topics: ['harbour'] }),
    ...plain('news-3', 'news', '05-19', 'Seven years of fog, measured', { topics: ['harbour'] }),
    ...plain('news-4', 'news', '04-18', 'Lock keeper retires'),
    ...plain('news-5', 'news', '02-17', 'The storm in figures'),
    ...plain('view-1', 'opinion', '05-17', 'Give the quay back to the gulls', { type: 'opinion' }),
    ...plain('view-2', 'opinion', '05-16', 'A bridge is a promise', { type: 'opinion' }),
    ...plain('view-3', 'opinion', '05-15', 'Against rehearsals', { type: 'opinion', byline: ['Piers Quay'] }),
  };
}

/** Every component in all its states, from the examples that its tests use. */
async function allElements(): Promise<Files> {
  const parts = Object.values(elementStates).flatMap(({ states }) =>
    Object.entries(states).map(([state, source]) => `${state[0]!.toUpperCase()}${state.slice(1)}.\n\n${source}`),
  );
  const names = ['rope', 'a', 'b', 'before', 'after', 'pier', 'boat', 'harbour-master'];
  const [landscape, upright] = [await scene(900, 600), await scene(600, 900)];
  const pictures = names.map((name) => [
    `content/stories/elements/${name}.jpg`,
    /^(?:a|b|before|after)$/.test(name) ? upright : landscape,
  ]);
  return {
    'content/stories/2025/02/harbour-reopens.md': page(
      { headline: 'Harbour reopens after storm', section: 'news', published: '2025-02-12T18:00:00Z', byline: ['ann'] },
      paragraphs(1),
    ),
    'content/stories/2025/02/secret.md': page(
      { headline: 'Not yet', section: 'news', published: '2031-01-01T00:00:00Z' },
      paragraphs(1),
    ),
    'content/stories/elements/reservoir.csv': 'Year,Full (%),Remark\n2016,97,\n2024,41,"low, very"\n',
    ...Object.fromEntries(pictures),
    'content/stories/elements/index.mdx': page(
      { headline: 'Everything that a story may hold', section: 'sport', published: '2025-03-01T08:00:00Z' },
      parts.join('\n\n'),
    ),
  };
}

/** A newsroom in Arabic: fronts and stories from right to left, with foreign words and numbers. */
export async function arabicNewsroom(): Promise<Files> {
  const landscape = await scene(900, 600);
  const lead = { src: 'lead.jpg', alt: 'قارب أمام تل', caption: 'العبّارة الأولى في الصباح', credit: 'أ. ديالو' };
  const one = (id: string, section: string, day: string, headline: string, more: object = {}): Files => ({
    [`content/stories/${id}/index.mdx`]: page(
      { id, headline, section, published: `2025-05-${day}T08:00:00Z`, byline: ['ann'], ...more },
      arabicText,
    ),
    ...('lead' in more ? { [`content/stories/${id}/lead.jpg`]: landscape } : {}),
  });
  const elements = await allElements();
  return {
    'content/site.yaml': siteYaml('بريد الميناء', 'ar', ['أخبار', 'رياضة', 'ثقافة', 'رأي'], {
      أخبار: 'news',
      رياضة: 'sport',
      ثقافة: 'culture',
      رأي: 'opinion',
    }),
    'theme/tokens.css': theme('--serif: Clerk, serif;'),
    'content/fronts/home.yaml': yaml({
      layout: 'package',
      banner: { text: 'الجسر مغلق حتى يوم الاثنين', story: 'bridge' },
      stories: [{ story: 'bridge', with: ['swim', 'nets'] }],
      pinned: 'museum',
    }),
    'content/authors/ann.yaml': yaml({
      name: 'آن مثال',
      role: 'مراسلة الميناء',
      bio: 'تكتب عن الميناء منذ عشرين عامًا.',
    }),
    'content/topics.yaml': yaml({ harbour: { title: 'الميناء', description: 'الحوض والجسر.' } }),
    'content/series.yaml': yaml({ 'the-bridge': { title: 'the-bridge', description: 'عبور في جزأين.' } }),
    'content/pages/about.md': page({ headline: 'عن الصحيفة' }, arabicText),
    ...one('bridge', 'news', '30', 'من أغلق الجسر، ومن يملك أن يفتحه بعد أحد عشر يومًا من العاصفة', {
      standfirst: 'ثلاثة مكاتب تملك المفتاح، وكل منها يقول إن الدور على غيره',
      kicker: 'شرح',
      dateline: 'غالواي',
      updated: '2025-05-31T09:30:00Z',
      minor: 'أضيف اسم الكاتب.',
      topics: ['harbour'],
      series: { title: 'the-bridge', part: 1 },
      lead,
      corrections: [{ date: '2025-05-31', type: 'correction', text: 'افتتح الجسر عام 1961 لا عام 1916.' }],
    }),
    ...one('swim', 'sport', '29', 'سبّاحون يعبرون الخليج ليلًا', { lead, series: { title: 'the-bridge', part: 2 } }),
    ...one('nets', 'sport', '28', 'فريق الميناء يفوز بهدفين', { topics: ['harbour'] }),
    ...one('museum', 'culture', '27', 'متحف الشباك يفتح أبوابه', { lead }),
    ...one('choir', 'culture', '26', 'جوقة تغني على الرصيف'),
    ...one('tide', 'news', '25', 'ما حمله المدّ إلى Staithe Weir في عام 2024'),
    ...one('cranes', 'news', '24', 'الميناء يعدّ رافعاته'),
    ...one('view-1', 'opinion', '23', 'أعيدوا الرصيف إلى النوارس', { type: 'opinion' }),
    ...one('view-2', 'opinion', '22', 'الجسر وعد', { type: 'opinion' }),
    ...elements,
  };
}

const arabicText = `غادرت العبّارة الأولى الرصيف عند السابعة صباحًا، ولم يكن على متنها أحد. قالت الشركة إنها كانت تجربة، أما الركاب فقالوا كلامًا آخر.

## المفاتيح

كان المفتاح الأول عند رئيس الميناء، والثاني عند البلدية، أما الثالث فقد ضاع عام 1961 ولم يجده أحد إلى اليوم.

- عند الجرس الثاني
- عند الغروب

<PullQuote by="مَيرِيد" role="رئيسة الميناء">كنا محظوظين.</PullQuote>

وقال المهندس إن الجسر لن يفتح قبل أن يُفحص كله، من أوله إلى آخره، ومن أسفله إلى أعلاه.`;

function siteYaml(name: string, language: string, sections: string[], ids: Record<string, string> = {}): string {
  const words = 'Every Friday at six in the morning, and never more often.';
  return yaml({
    name,
    url: 'https://post.example',
    language,
    timeZone: 'Europe/Dublin',
    description: 'News of the harbour and of those who cross it.',
    sections: sections.map((title) => ({ id: ids[title] ?? title.toLowerCase(), title, description: `${title}.` })),
    search: { action: 'https://find.example/', field: 'q' },
    support: { title: 'Give', text: words, button: 'Give', action: 'https://give.example/', amounts: ['€3', '€6'] },
    newsletter: { title: 'The letter', text: words, button: 'Send', action: 'https://letters.example/' },
    tips: { title: 'Do you know something?', text: words, button: 'Send', action: 'https://tips.example/' },
    navigation: [{ title: 'About', url: '/about/' }],
  });
}

const paragraphs = (count: number): string =>
  [
    'The first ferry sailed at seven with nobody on board, and came back at nine in the same way. The company calls this a rehearsal; those who stood on the quay called it something else, and said so to the harbour master.',
    'The bridge has been shut for eleven days. Three offices have a key to it, and each says that it is the turn of another. The third key was lost in 1961, on the day the bridge was opened.',
    'Nobody at the [port](https://port.example/) would say when lorries may cross. An engineer who asked not to be named said that *soon* is a word with many meanings.',
  ]
    .slice(0, count)
    .join('\n\n');

/** JSON is YAML. */
export const yaml = (value: unknown): string => `${JSON.stringify(value)}\n`;
export const page = (front: object, text: string): string =>
  `---\n${Object.entries(front)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n')}\n---\n\n${text}\n`;

/** A hill, a sun, and a boat, which show where a crop was made. */
export async function scene(widthPx: number, heightPx: number): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" width="${widthPx}" height="${heightPx}">
    <rect width="100" height="100" fill="#9cc3d9"/><circle cx="78" cy="20" r="9" fill="#f4d35e"/>
    <path d="M0 70 L30 28 L55 62 L72 44 L100 70 Z" fill="#4d6a4a"/><rect y="68" width="100" height="32" fill="#28546b"/>
    <path d="M34 76 H62 L57 86 H39 Z" fill="#a3342c"/><path d="M47 75 V50 L60 75 Z" fill="#f6f3ea"/>
    <rect x="2" y="2" width="96" height="96" fill="none" stroke="#111" stroke-width="1"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
