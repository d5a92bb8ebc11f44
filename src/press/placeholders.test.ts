import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { noise } from '../pictures/small-pictures.fixture.ts';
import { sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* Pictures that the newsroom does not have yet: what readers, feeds, and editors get of them, and what becomes of them. */

const newsroom = smallNewsroom();
const now = Date.parse('2025-06-01T12:00:00Z');
const problems = async () =>
  (await check({ site: newsroom.site, cache: sharedCache, now, clock: Date.now() })).problems.map(
    ({ file, line, rule, severity, message, hint }) => ({ at: `${file}:${line}`, rule, severity, message, hint }),
  );
const file = (name: string): string => Buffer.from(newsroom.dist().get(name) ?? '', 'latin1').toString();
/** The figures that replace a picture. */
const figures = (name: string): string[] =>
  [...file(name).matchAll(/<figure class="unavailable[^>]*>[\s\S]*?<\/figure>/g)].map(([html]) =>
    html
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
/** Whether the site contains a text anywhere, such as an address that is not for readers. */
const isPublished = (text: string): boolean => [...newsroom.dist().values()].some((bytes) => bytes.includes(text));

const md = 'content/stories/2025/03/ferry/index.md';
const mdx = 'content/stories/2025/03/tide/index.mdx';

beforeAll(async () => {
  newsroom.put(
    md,
    story(
      {
        headline: 'Ferry',
        published: '2025-03-01T00:00:00Z',
        lead: {
          wanted: 'https://cdn.example/up/Fähre%201.JPG?w=9',
          alt: 'A ferry',
          caption: 'The *last* ferry',
          credit: 'A. Diallo',
        },
        pictures: { 'rope.jpg': { wanted: 'https://cdn.example/rope.jpg', credit: 'R. Example' } },
      },
      'Text\n\n![Two men tie a rope](rope.jpg)\n\nText',
    ),
  );
  newsroom.put(
    mdx,
    story(
      { headline: 'Flut', published: '2025-03-02T00:00:00Z', language: 'de', lead: { wanted: '/up/bare.png' } },
      [
        '<Figure wanted="https://cdn.example/a.jpg" caption="Der &quot;Hafen&quot; am [Montag](/x/)" credit="A. Diallo" kind="file" date="2019" />',
        '<Figure wanted="https://cdn.example/b.jpg" />',
        '<Figure wanted="https://cdn.example/c.jpg" decorative />',
        '<Profile name="Ann Boyle" picture="ann.jpg" />',
      ].join('\n\n'),
    ).replace('---\n\n', "pictures: { ann.jpg: { wanted: 'https://cdn.example/ann.jpg' } }\n---\n\n"),
  );
  newsroom.put(
    'content/pages/x.md',
    '---\nheadline: X\npictures: { map.png: { wanted: /old/map.png } }\n---\n\n![A map of the harbour](map.png "How to find us")\n',
  );
  await newsroom.press();
}, 240_000);

describe('readers', () => {
  test('see the caption and credit as text, and that the picture is not available', () => {
    expect(figures('2025/03/ferry/index.html')).toEqual([
      'Picture not available The last ferry , A. Diallo',
      'Picture not available Two men tie a rope , R. Example',
    ]);
    expect(figures('x/index.html')).toEqual(['Picture not available How to find us']);
  });
  test('see it in the language of the story, and see nothing of a decorative picture or of a lead without texts', () => {
    expect(figures('2025/03/tide/index.html')).toEqual([
      'Bild nicht verfügbar Der „Hafen“ am Montag , Archivfoto, 2019: A. Diallo',
      'Bild nicht verfügbar',
    ]);
    expect(file('2025/03/tide/index.html')).toContain('<a href="/x/">Montag</a>');
  });
  test('never get a broken picture or the address', () => {
    for (const page of ['2025/03/ferry/index.html', '2025/03/tide/index.html', 'x/index.html'])
      expect(file(page)).not.toContain('<img');
    expect(isPublished('cdn.example')).toBe(false);
    expect(isPublished('bare.png')).toBe(false);
    expect(isPublished('A. Diallo')).toBe(true); // canary
  });
  test('get the texts in the feed too', () => {
    const feed = file('feed.xml').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    expect(feed).toContain('<b>Picture not available:</b> The last ferry A. Diallo</p>');
    expect(feed).toContain('<b>Bild nicht verfügbar:</b> Der „Hafen“ am Montag A. Diallo</p>');
    expect(feed).toContain('<p><b>Bild nicht verfügbar</b></p>');
  });
});

test('check lists each with its place, its address, and the name that the file should have; nothing is an error', async () => {
  const found = await problems();
  expect(found.map(({ at, rule, severity }) => `${at} ${rule} ${severity}`).sort()).toEqual(
    [
      `${md}:6 picture-wanted warning`,
      `${md}:12 picture-wanted warning`,
      `${mdx}:7 picture-wanted warning`,
      `${mdx}:11 picture-wanted warning`,
      `${mdx}:13 picture-wanted warning`,
      `${mdx}:15 picture-wanted warning`,
      `${mdx}:17 picture-wanted warning`,
      'content/pages/x.md:6 picture-wanted warning',
    ].sort(),
  );
  const [lead, rope] = [6, 12].map((line) => found.find(({ at }) => at === `${md}:${line}`));
  expect(lead?.message).toContain('https://cdn.example/up/Fähre%201.JPG?w=9');
  expect(lead?.hint).toContain('Fähre-1.JPG');
  expect(rope?.hint).toMatch(/as rope\.jpg\. Then delete {2}wanted\.$/);
});

test('a file under the name that the story gives is shown at once; one under the proposed name only if src is written', async () => {
  const jpeg = await noise(90, 60).jpeg().toBuffer();
  newsroom.put('content/stories/2025/03/ferry/rope.jpg', jpeg);
  newsroom.put('content/stories/2025/03/ferry/Fähre-1.JPG', jpeg);
  await newsroom.press();
  expect(figures('2025/03/ferry/index.html')).toEqual(['Picture not available The last ferry , A. Diallo']);
  expect(file('2025/03/ferry/index.html')).toContain('alt="Two men tie a rope"');
  const found = (await problems()).filter(({ at }) => at.startsWith(md));
  expect(found.map(({ rule }) => rule).sort()).toEqual(['picture-at-hand', 'picture-wanted']);
  expect(found.find(({ rule }) => rule === 'picture-wanted')?.hint).toMatch(
    /^A file Fähre-1\.JPG is in the folder of the story\. If it is this picture, write {2}src /,
  );
  newsroom.put(
    md,
    story({ headline: 'Ferry', published: '2025-03-01T00:00:00Z', lead: { src: 'Fähre-1.JPG', alt: 'A ferry' } }),
  );
  await newsroom.press();
  expect((await problems()).filter(({ at }) => at.startsWith(md))).toEqual([]);
  // And back: a file that disappears leaves its words, if the address is still there.
  newsroom.put(
    md,
    story({
      headline: 'Ferry',
      published: '2025-03-01T00:00:00Z',
      lead: { src: 'Fähre-1.JPG', wanted: 'https://cdn.example/1.jpg', alt: 'A ferry' },
    }),
  );
  await newsroom.press();
  rmSync(join(newsroom.site, 'content/stories/2025/03/ferry/Fähre-1.JPG'));
  await newsroom.press();
  expect(figures('2025/03/ferry/index.html')).toEqual(['Picture not available A ferry']);
}, 120_000);

describe('a wanted picture does not excuse other mistakes', () => {
  const rules = async (front: object, body: string) => {
    const path = 'content/stories/2025/04/wrong.md';
    newsroom.put(path, story({ headline: 'W', published: '2025-04-01T00:00:00Z', ...front }, body));
    const found = await problems();
    rmSync(join(newsroom.site, path));
    return found.filter(({ at }) => at.startsWith(path)).map(({ rule }) => rule);
  };
  test.each([
    ['a lead with neither src nor wanted', { lead: { alt: 'x' } }, 'Text', ['missing-key']],
    ['a lead whose wanted is empty', { lead: { wanted: '' } }, 'Text', ['wrong-value']],
    [
      'a lead outside content/',
      { lead: { src: '../../../../../x.jpg', wanted: 'https://x.example/x.jpg' } },
      'Text',
      ['picture-outside'],
    ],
    [
      'a caption that cannot be printed',
      { lead: { wanted: 'https://x.example/x.jpg', caption: '![a](b.jpg)' } },
      'Text',
      ['caption-not-a-line'],
    ],
    [
      'a name that the text does not show',
      { pictures: { 'a.jpg': { wanted: 'https://x.example/a.jpg' } } },
      'Text',
      ['picture-unused'],
    ],
    ['a picture on another site', {}, '![a](https://x.example/a.jpg)', ['picture-remote']],
    [
      'another component that HTML has too',
      {},
      '<Table caption="Berths" src="a.csv" />',
      ['html-unknown', 'markup-leftover'],
    ],
    ['a table of an old archive', {}, '<Table border="1">\n<tr><th>a</th></tr>\n<tr><td>b</td></tr>\n</Table>', []],
    [
      'a component in a Markdown file',
      {},
      '<Figure wanted="https://x.example/a.jpg" />',
      ['html-unknown', 'markup-leftover'],
    ],
  ])('%s', async (_, front, body, expected) => {
    expect(await rules(front, body)).toEqual(expected);
  });
});
