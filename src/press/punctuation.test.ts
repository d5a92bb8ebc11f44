import { expect, test, vi } from 'vitest';
import { noise } from '../pictures/small-pictures.fixture.ts';
import { documentsOf } from './heard.fixture.ts';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

// Punctuation is the same whatever way a text takes: every field that an editor can write contains the same difficult
// text, and no page, feed, or structured data may contain any of it as typed.

vi.setConfig({ testTimeout: 240_000 });

const typed = `L'un "dit" : oui ?`;
const set = `L’un «\u202Fdit\u202F»\u00A0: oui\u202F?`;
const straight = /["']|--|\.{3}| [;:!?»]|« /;

const yaml = (value: unknown) => JSON.stringify(value);
const picture = {
  src: 'p.jpg',
  alt: `Alt. ${typed}`,
  caption: `Légende. ${typed}`,
  credit: typed,
  place: typed,
  description: typed,
  copyright: typed,
};

const files = async () => {
  const jpeg = await noise(60, 40).jpeg().toBuffer();
  const folder = 'content/stories/2025/02';
  return {
    'content/site.yaml': `name: ${yaml(`Le Post. ${typed}`)}
url: https://post.example
language: fr
timeZone: Europe/Paris
description: ${yaml(typed)}
publisher: { name: ${yaml(typed)} }
navigation: [{ title: ${yaml(typed)}, url: /about/ }]
search: { action: /find, by: ${yaml(typed)} }
support: { title: ${yaml(typed)}, text: ${yaml(typed)}, button: ${yaml(typed)}, action: /give }
tips: { title: ${yaml(typed)}, text: ${yaml(typed)}, button: ${yaml(typed)}, action: /tip }
sections:
  - { id: world, title: ${yaml(`Monde. ${typed}`)}, description: ${yaml(typed)} }
`,
    'content/topics.yaml': `harbour: { title: ${yaml(`Port. ${typed}`)}, description: ${yaml(typed)}, aliases: [harbour] }\n`,
    'content/series.yaml': `alder: { title: ${yaml(`Série. ${typed}`)}, description: ${yaml(typed)} }\n`,
    'content/authors/ann.yaml': `name: ${yaml(`Ann O'Brien`)}\nrole: ${yaml(typed)}\nbio: ${yaml(typed)}\npicture: ${yaml({ ...picture, src: 'ann.jpg' })}\nlinks: [{ title: ${yaml(typed)}, url: "https://x.example/" }]\n`,
    'content/authors/ann.jpg': jpeg,
    'content/fronts/home.yaml': `banner: { text: ${yaml(typed)} }\n`,
    'content/pages/about.md': `---\nheadline: ${yaml(typed)}\nstandfirst: ${yaml(typed)}\n---\n${typed}\n`,
    [`${folder}/a/p.jpg`]: jpeg,
    [`${folder}/a/t.csv`]: `Nom,"L'un ""dit"" : oui ?"\n"L'un : oui ?",--\n`,
    [`${folder}/a/index.mdx`]: story(
      {
        headline: `Titre. ${typed}`,
        standfirst: typed,
        kicker: typed,
        summary: typed,
        dateline: typed,
        byline: ['ann', { name: "Bo O'Neill", role: typed, organisation: typed }],
        topics: ['harbour', `Autre sujet. ${typed}`],
        series: { title: 'Alder', part: 1 },
        lead: picture,
        note: typed,
        warning: typed,
        minor: typed,
        source: { name: typed },
        sponsor: { name: typed },
        corrections: [
          { date: '2025-02-13', type: 'correction', text: typed },
          { date: '2025-02-14', type: 'update', text: typed },
        ],
        updated: '2025-02-14',
        related: [{ title: typed, url: '/about/' }, '2025/02/b'],
      },
      [
        `${typed} *Le Monde* : il dit « *oui* » ; [lien](/about/ "${typed.replaceAll('"', "'")}") ? **« non »** ! \`${typed}\` "un *mot* ici"[^1]`,
        `## ${typed} et *Le Monde* : fin`,
        `- ${typed}\n- "deux`,
        `> ${typed}\n> -- Ann`,
        `| ${typed} | b |\n|-|-|\n| ${typed} | ... |`,
        `![Alt. ${typed}](p.jpg "Légende simple. ${typed.replaceAll('"', "'")}")`,
        `![Alt. ${typed}](p.jpg "Légende & *forme*. ${typed.replaceAll('"', "'")}")`,
        `<PullQuote by="Ann O'Brien" role="L'une : oui ?">${typed}</PullQuote>`,
        `<BlockQuote by="L'une : oui ?" source="L'une : oui ?">\n${typed}\n</BlockQuote>`,
        `<FactBox title="L'une : oui ?">\n${typed}\n</FactBox>`,
        `<Table src="t.csv" caption="L'une : oui ?" source="L'une : oui ?" />`,
        `<Profile author="ann" />`,
        `<Profile name="L'une : oui ?" role="L'une : oui ?">\n${typed}\n</Profile>`,
        `<Embed url="https://v.example/" title="L'une : oui ?" text="L'une : oui ?" provider="L'une" />`,
        `<RichLink url="/about/" title="L'une : oui ?" />`,
        `<Warning text="L'une : oui ?">\n${typed}\n</Warning>`,
        `<Gallery caption="L'une : oui ?">\n![Alt. ${typed}](p.jpg)\n\n![Alt deux. ${typed}](p.jpg)\n</Gallery>`,
        `[^1]: ${typed}`,
      ].join('\n\n'),
    ),
    [`${folder}/b.md`]: story(
      { headline: `Plain. ${typed}`, byline: ["Jo D'Arc"], published: '2025-02-11T10:00' },
      `${typed} *Le Monde* : il dit <b>"gras"</b>`,
    ),
    [`${folder}/c.md`]: story({
      headline: 'Gone',
      published: '2025-02-10',
      withdrawn: { date: '2025-02-11', reason: typed },
    }),
  };
};

/** The texts of a page that a reader or a program gets. */
function wordsOf(document: Document): string[] {
  const { NodeFilter } = document.defaultView as unknown as { NodeFilter: { SHOW_TEXT: number } };
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const words: string[] = [];
  // A paragraph as a whole, so that a space beside markup is checked too.
  for (const block of document.querySelectorAll('p, li, h1, h2, h3, td, th, caption, figcaption, title')) {
    const copy = block.cloneNode(true) as Element;
    for (const other of copy.querySelectorAll('code, script, p, li')) other.remove();
    words.push((copy.textContent ?? '').replace(/\n/g, ' '));
  }
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (!node.parentElement?.closest('script, code')) words.push(node.textContent!);
  for (const element of document.querySelectorAll('[alt], [aria-label], [title], meta[content], [data-paper]'))
    for (const name of ['alt', 'aria-label', 'title', 'data-paper', 'content']) {
      const value = element.getAttribute(name);
      if (value && !/default-src|width=device|^https?:/.test(value)) words.push(value);
    }
  return words;
}

const stringsIn = (data: unknown): string[] =>
  typeof data === 'string'
    ? /^https?:/.test(data)
      ? []
      : [data]
    : data && typeof data === 'object'
      ? Object.values(data).flatMap(stringsIn)
      : [];

test('no text is printed with the marks and spaces of a keyboard, whichever field it was written in', async () => {
  const newsroom = smallNewsroom(await files());
  await newsroom.press();
  const pages = documentsOf(newsroom);
  const wrong: string[] = [];
  let right = 0;
  for (const [file, document] of pages) {
    const data = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap((script) =>
      stringsIn(JSON.parse(script.textContent!)),
    );
    for (const words of [...wordsOf(document), ...data]) {
      if (straight.test(words)) wrong.push(`${file}: ${words}`);
      if (words.includes(set)) right += 1;
    }
  }
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(100);
  const feed = Buffer.from(newsroom.dist().get('feed.xml')!, 'latin1').toString('utf8');
  const inFeed = feed
    .replace(/<code>.*?<\/code>|&lt;code&gt;.*?&lt;\/code&gt;|&lt;\/?[a-z](?:[^&]|&(?!gt;))*&gt;|<[^>]*>/g, '\n')
    .replaceAll('&amp;', '&')
    .split('\n')
    .filter((words) => /["']|&(?:apos|quot);| [;:!?»]/.test(words));
  expect(inFeed).toEqual([]);
  expect(feed.split(set).length).toBeGreaterThan(15);
});

test('addresses and ids are made from what was written, and code stays as it was typed', async () => {
  const newsroom = smallNewsroom(await files());
  await newsroom.press();
  const [, page] = documentsOf(newsroom).find(([file]) => file === '2025/02/a/index.html')!;
  expect(page.querySelector('code')!.textContent).toBe(typed);
  expect(page.querySelector('.body h2[id]')!.id).toBe('lun-dit-oui-et-le-monde--fin');
  expect([...newsroom.dist().keys()].filter((file) => /^(?:topics|series|authors)\//.test(file)).sort()).toEqual(
    expect.arrayContaining([
      'authors/ann/index.html',
      'series/alder/index.html',
      'topics/harbour/index.html',
      'topics/autre-sujet.-l-un-dit-oui/index.html',
    ]),
  );
});

test('canary: a text as typed would be found', () => {
  expect(straight.test(typed)).toBe(true);
  expect(straight.test(set)).toBe(false);
});
