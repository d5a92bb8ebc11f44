import { expect, test, vi } from 'vitest';
import { noise } from '../pictures/small-pictures.fixture.ts';
import { documentOf, documentsOf, doubleStops, said, wronglyMarked } from './heard.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

vi.setConfig({ testTimeout: 240_000 });

const folder = 'content/stories/2025/05';
const photo = { src: 'p.jpg', alt: 'Two boats', credit: 'Ann Example' };

/**
 * An English paper with stories in English, Arabic, Hebrew, and Greek. The interface is translated for the first two.
 */
async function paperOfManyTongues(): Promise<SmallNewsroom> {
  const picture = await noise(60, 40).jpeg().toBuffer();
  const arabic = {
    language: 'ar',
    headline: 'خبر',
    kicker: 'ملف',
    standfirst: 'سطر',
    byline: [{ name: 'كاتب' }],
    section: 'world',
  };
  const hebrew = {
    language: 'he',
    headline: 'ידיעה',
    kicker: 'תיק',
    standfirst: 'שורה',
    byline: [{ name: 'כותב', role: 'כתב' }],
  };
  const greek = {
    language: 'el',
    headline: 'Είδηση',
    kicker: 'Φάκελος',
    standfirst: 'Γραμμή',
    byline: [{ name: 'Συντάκτης' }],
  };
  const more = {
    topics: ['harbour'],
    related: ['2025/05/en', '2025/05/ar', '2025/05/he', '2025/05/el'],
  };
  const rich = (title: string) =>
    `<RichLink to="story:2025/05/en" />\n\n<RichLink to="story:2025/05/ar" />\n\n<Profile author="ann" />\n\n${title}`;
  return smallNewsroom({
    'content/site.yaml': `name: The Example Post
url: https://post.example
language: en-IE
timeZone: Europe/Dublin
sections:
  - { id: world, title: World }
  - { id: sport, title: Sport }
  - { id: voices, title: Voices }
`,
    'content/topics.yaml': 'harbour: { title: Harbour, description: Ships and quays. }\n',
    'content/series.yaml': 'alder: { title: The Alder }\n',
    'content/authors/ann.yaml':
      'name: Ann Example\nrole: Reporter\nbio: Ann reports.\npicture: { src: ann.jpg, alt: A face }\n',
    'content/authors/ann.jpg': picture,
    'content/fronts/home.yaml':
      'layout: package\nstories: [{ story: 2025/05/en, with: [2025/05/ar, 2025/05/he] }]\npinned: 2025/05/el\n',
    [`${folder}/en/index.mdx`]: story(
      {
        headline: 'English',
        kicker: 'The Alder',
        type: 'explainer',
        standfirst: 'A line',
        byline: ['ann'],
        lead: photo,
        published: '2025-05-01T10:00',
        series: { title: 'Alder', part: 1 },
        sponsor: { name: 'Acme' },
        ...more,
      },
      `${rich('Words')}[^1].\n\n[^1]: A note.`,
    ),
    [`${folder}/en/p.jpg`]: picture,
    [`${folder}/ar/index.mdx`]: story(
      {
        ...arabic,
        published: '2025-05-02T10:00',
        lead: { ...photo, alt: 'قارب', credit: 'مصور' },
        series: { title: 'Alder', part: 2 },
        translationOf: '2025/05/en',
        corrections: [{ date: '2025-05-03', type: 'correction', text: 'تصحيح' }],
        note: 'ملاحظة',
        ...more,
      },
      `${rich('نص')}[^1].\n\n[^1]: حاشية\n\n<Gallery>\n![قارب](p.jpg)\n\n![قارب آخر](p.jpg)\n</Gallery>`,
    ),
    [`${folder}/ar/p.jpg`]: picture,
    [`${folder}/he/index.mdx`]: story(
      {
        ...hebrew,
        published: '2025-05-03T10:00',
        updated: '2025-05-04T10:00',
        series: { title: 'Alder', part: 3 },
        translationOf: '2025/05/en',
        corrections: [
          { date: '2025-05-04', type: 'correction', text: 'תיקון', prominent: true },
          { date: '2025-05-04', type: 'update', text: 'עדכון' },
        ],
        note: 'הערה',
        warning: 'אזהרה',
        ...more,
      },
      `${rich('טקסט')}[^1].\n\n[^1]: הערה`,
    ),
    [`${folder}/el/index.mdx`]: story(
      {
        ...greek,
        published: '2025-05-04T10:00',
        section: 'sport',
        corrections: [{ date: '2025-05-04', type: 'clarification', text: 'Διόρθωση' }],
        ...more,
      },
      'Κείμενο.',
    ),
    [`${folder}/gone/index.md`]: story(
      { ...greek, published: '2025-05-05T10:00', withdrawn: { date: '2025-05-06', reason: 'Λάθος' } },
      'Κείμενο.',
    ),
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, place) => [
        `${folder}/more-${name}.md`,
        story({
          headline: `More ${name}`,
          section: place % 2 ? 'sport' : 'world',
          type: place === 2 ? 'live' : 'news',
          kicker: place === 2 ? 'The flood' : undefined,
          published: `2025-04-0${place + 1}T10:00`,
        }),
      ]),
    ),
    ...Object.fromEntries(
      ['one', 'two'].map((name) => [
        `${folder}/voice-${name}.md`,
        story({ headline: `Voice ${name}`, section: 'voices', type: 'opinion', published: '2025-03-01T10:00' }),
      ]),
    ),
  });
}

const names = ['Ann Example', 'כותב', 'Συντάκτης'];

let built: Promise<[file: string, document: Document][]> | undefined;
const pages = () => {
  built ??= (async () => {
    const newsroom = await paperOfManyTongues();
    await newsroom.press();
    return documentsOf(newsroom);
  })();
  return built;
};
const page = async (file: string) => (await pages()).find(([name]) => name === file)![1];

test('every text on every page is marked with its language and direction, wherever its story is listed', async () => {
  const wrong = (await pages()).flatMap(([file, document]) =>
    wronglyMarked(document, names).map((found) => `${file}: ${found}`),
  );
  expect(wrong).toEqual([]);
  const front = await page('index.html');
  expect(front.querySelectorAll('[lang="ar"][dir="rtl"]').length).toBeGreaterThan(0);
});

test('canary: a text in another language without its mark is detected, in text and in an attribute', () => {
  const wrong = (html: string) => wronglyMarked(documentOf(`<html lang="en"><body>${html}</body></html>`)).length;
  expect(wrong('<a>خبر</a> <a lang="ar" dir="rtl">خبر</a>')).toBe(1);
  expect(wrong('<img alt="خبر"> <nav aria-label="Related" lang="ar" dir="rtl"></nav>')).toBe(2);
  expect(wrong('<p lang="ar">خبر</p>')).toBe(1);
});

test('the phrases above a headline are read aloud separately, each once', async () => {
  expect(said((await page('2025/05/en/index.html')).querySelector('.kicker'))).toBe('World, The Alder, Explainer');
  expect(said((await page('2025/05/ar/index.html')).querySelector('.kicker'))).toBe('World، ملف');
  expect(said((await page('2025/05/el/index.html')).querySelector('.kicker'))).toBe('Sport, Φάκελος');
  expect(said((await page('2025/05/more-a/index.html')).querySelector('.kicker'))).toBe('World');
});

test('labels and what they label are read aloud separately: notices, dates, live stories, paid stories', async () => {
  const hebrew = await page('2025/05/he/index.html');
  expect([...hebrew.querySelectorAll('.notice')].map(said)).toEqual([
    'Correction, 4 May 2025: תיקון',
    'Content warning: אזהרה',
    'Note: הערה',
  ]);
  expect([...hebrew.querySelectorAll('.times')].map(said)).toEqual([
    'Published 3 May 2025 at 10:00',
    'Updated 4 May 2025 at 10:00: עדכון',
    'Series: The Alder, 3',
  ]);
  const month = await page('2025/05/index.html');
  expect([...month.querySelectorAll('.latest li')].map(said)).toContain('10:00 English, World, Paid for by Acme');
  const corrected = await page('corrections/index.html');
  expect(said(corrected.querySelector('.fixes .type'))).toMatch(/^\w+, 4 May 2025$/);
  const april = await page('world/index.html');
  expect([...april.querySelectorAll('.card .kicker')].map(said)).toContain('Live, The flood');
});

test('on a card the headline is read aloud first, and the picture and its credit last', async () => {
  let cards = 0;
  for (const [file, document] of await pages())
    for (const card of document.querySelectorAll('article.card')) {
      const headline = said(card.querySelector('h2, h3'));
      expect(said(card).startsWith(headline), `${file}: ${said(card)}`).toBe(true);
      const pictures = [...card.querySelectorAll('img')];
      for (const picture of pictures)
        expect(picture.compareDocumentPosition(card.querySelector('h2, h3')!), file).toBe(
          2 /* the headline comes before it */,
        );
      cards += 1;
    }
  expect(cards).toBeGreaterThan(10);
});

test('an address takes one stop of the Tab key in each card, box, and section', async () => {
  const doubles = (await pages()).flatMap(([file, document]) =>
    doubleStops(document).map((found) => `${file}: ${found}`),
  );
  expect(doubles).toEqual([]);
  expect((await page('index.html')).querySelectorAll('.rail a.all').length).toBeGreaterThan(0);
  const canary = documentOf('<main><section><h2><a href="/x/">X</a></h2><a href="/x/">All of X</a></section></main>');
  expect(doubleStops(canary)).toHaveLength(1);
});

test('nothing beside the byline links to the page that it is on', async () => {
  for (const [file, document] of await pages()) {
    if (!/^2025\/05\/\w+\//.test(file)) continue;
    const own = `/${file.replace('index.html', '')}`;
    const links = [...document.querySelectorAll('.meta a')].map((link) => link.getAttribute('href'));
    expect(
      links.filter((href) => href === own || href === `https://post.example${own}`),
      file,
    ).toEqual([]);
  }
});

test('a footnote has a name in the language of its story, and is not part of a heading’s id', async () => {
  const names = async (file: string) => {
    const document = await page(file);
    return [...document.querySelectorAll('.footnote-ref, .footnote-back')].map((link) => [
      link.getAttribute('aria-label'),
      link.closest('[lang]')!.getAttribute('lang'),
    ]);
  };
  expect(await names('2025/05/en/index.html')).toEqual([
    ['Footnote 1', 'en-IE'],
    ['Back to reference 1', 'en-IE'],
  ]);
  expect(await names('2025/05/ar/index.html')).toEqual([
    ['الحاشية 1', 'ar'],
    ['العودة إلى موضع الحاشية 1', 'ar'],
  ]);
  // A language without a translation, distinguished from the English that replaces it.
  expect(await names('2025/05/he/index.html')).toEqual([
    ['Footnote 1', 'en'],
    ['Back to reference 1', 'en'],
  ]);
});

test('previews get the language of the story, as a language and a country, and those of its translations', async () => {
  const locales = async (file: string) =>
    [...(await page(file)).querySelectorAll('meta[property^="og:locale"]')].map((meta) => [
      meta.getAttribute('property')!.slice('og:locale'.length),
      meta.getAttribute('content'),
    ]);
  expect(await locales('index.html')).toEqual([['', 'en_IE']]);
  expect(await locales('2025/05/ar/index.html')).toEqual([
    ['', 'ar_EG'],
    [':alternate', 'en_IE'],
    [':alternate', 'he_IL'],
  ]);
  expect(await locales('2025/05/el/index.html')).toEqual([['', 'el_GR']]);
});
