import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { facesOf, preloadsOf } from './preload.ts';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

/** What is preloaded with this style sheet in the theme, with all these fonts beside it. */
function preloaded(language: string, css?: string): Record<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'theme-'));
  for (const name of ['own.woff2', 'bold.woff2', 'arabic.woff2', 'Own Italic.woff2'])
    writeFileSync(join(folder, name), '');
  if (css !== undefined) writeFileSync(join(folder, 'tokens.css'), css);
  const found = preloadsOf(language, [folder]);
  rmSync(folder, { recursive: true });
  return Object.fromEntries(
    Object.entries(found).map(([key, files]) => [key, files.map((file: string) => basename(file))]),
  );
}

const ours = { roman: ['newsreader-roman.woff2'], italic: ['newsreader-italic.woff2'], theme: [] };
const none = { roman: [], italic: [], theme: [] };
const face = (more: string) => `@font-face { font-family: "Own Serif"; ${more} }`;
const own = face('src: url(own.woff2) format("woff2"); font-weight: 200 900');

describe('which fonts a page preloads', () => {
  test.each([
    ['ours, without a theme', 'en', undefined, ours],
    [
      'both upright files of a language that has two, and no italic, which it does not have',
      'pl',
      undefined,
      { ...ours, roman: ['newsreader-roman.woff2', 'newsreader-roman-extended.woff2'], italic: [] },
    ],
    ['ours, with a theme that changes colours', 'en', ':root { --accent: #060; --sans: Inter }', ours],
    ['ours, with a theme that only says what comes after it', 'en', ':root { --serif: "Newsreader", Georgia }', ours],
    ['ours, if the other font is in a comment', 'en', '/* --serif: X; */', ours],
    [
      'none, when the theme names a font that it does not bring',
      'en',
      ':root { --serif: "Source Serif 4", Georgia; }',
      none,
    ],
    [
      "the theme's, when it brings one",
      'en',
      `${own} :root { --serif: 'Own Serif', serif }`,
      { ...none, theme: ['own.woff2'] },
    ],
    [
      "the theme's, when it brings a Newsreader of its own",
      'en',
      own.replace('"Own Serif"', 'newsreader'),
      { ...none, theme: ['own.woff2'] },
    ],
    ['ours, when the theme brings a font for something else', 'en', `${own} :root { --sans: "Own Serif" }`, ours],
    [
      'not what is bold or italic, or no woff2',
      'en',
      `${face('src: url("bold.woff2"); font-weight: bold')} ${face('src: url("Own Italic.woff2"); font-style: italic')} ${face('src: url(own.ttf)')} :root { --serif: Own Serif }`,
      none,
    ],
    [
      'not a file that is not there, nor one of another place',
      'en',
      `${face('src: url(lost.woff2)')} ${face('src: url(/fonts/own.woff2)')} ${face('src: url(https://x.example/own.woff2)')} :root { --serif: Own Serif }`,
      none,
    ],
    [
      'the first woff2 of several sources',
      'en',
      `${face("src: local('Own'), url(own.eot), url('own.woff2?v=1#x') format('woff2'), url(bold.woff2)")} :root { --serif: Own Serif }`,
      { ...none, theme: ['own.woff2'] },
    ],
    [
      'of a font in two files the one with the letters of the language',
      'ar',
      `${face('src: url(own.woff2); unicode-range: U+0-FF, U+2??')} ${face('src: url(arabic.woff2); unicode-range: U+600-6FF')} :root { --serif: Own Serif }`,
      { ...none, theme: ['arabic.woff2'] },
    ],
    [
      'and the other one for another language',
      'de',
      `${face('src: url(own.woff2); unicode-range: U+0-FF, U+2??')} ${face('src: url(arabic.woff2); unicode-range: U+600-6FF')} :root { --serif: Own Serif }`,
      { ...none, theme: ['own.woff2'] },
    ],
  ])('%s', (_, language, css, files) => expect(preloaded(language, css)).toEqual(files));
});

test('a face is read as browsers read it', () => {
  expect(facesOf('@font-face{font-family:A;src:url(a.woff2)}')).toEqual([
    { family: 'A', style: 'normal', weight: '400', range: '', url: 'a.woff2' },
  ]);
});

describe('the first line of a page', () => {
  const preloadsIn = (html: string) => [...html.matchAll(/<link rel="preload"[^>]*>/g)].map(([tag]) => tag);

  test('names the font file that the styles load, under the path of the site', async () => {
    const newsroom = smallNewsroom({
      'content/site.yaml':
        'name: Post\nurl: https://post.example/a/paper/\nlanguage: en\nsections: [{ id: world, title: World }]\n',
      'content/stories/2025/02/harbour.md': story({}),
    });
    await newsroom.press();
    const html = readFileSync(join(newsroom.site, 'dist/2025/02/harbour/index.html'), 'utf8');
    const [file] = [...newsroom.dist().keys()].filter((name) => name.startsWith('assets/newsreader-roman.'));
    expect(preloadsIn(html)).toEqual([
      `<link rel="preload" as="font" type="font/woff2" href="/a/paper/${file}" crossorigin>`,
    ]);
    const styles = [...newsroom.dist()].filter(([name]) => name.endsWith('.css')).map(([, text]) => text);
    expect(styles.join('')).toContain(basename(file!));
  }, 120_000);

  test('names none for a script that our font does not have, except for a story in one that it has', async () => {
    const newsroom = smallNewsroom({
      'content/site.yaml':
        'name: Post\nurl: https://post.example/\nlanguage: ar\nsections: [{ id: world, title: World }]\n',
      'content/stories/2025/02/harbour.md': story({}),
      'content/stories/2025/02/translated.md': story({ language: 'en' }),
    });
    await newsroom.press();
    const read = (name: string) => readFileSync(join(newsroom.site, 'dist', name, 'index.html'), 'utf8');
    expect(preloadsIn(read('.'))).toEqual([]);
    expect(preloadsIn(read('2025/02/harbour'))).toEqual([]);
    expect(preloadsIn(read('2025/02/translated'))).toHaveLength(1);
  }, 120_000);

  test('names the italic on pages with opinion headlines, and nowhere else', async () => {
    const newsroom = smallNewsroom({
      'content/authors/ann.yaml': 'name: Ann Example\n',
      'content/authors/bo.yaml': 'name: Bo Other\n',
      'content/stories/2025/02/harbour.md': story({ byline: ['bo'], topics: ['Boats'] }),
      'content/stories/2025/02/view.md': story({
        type: 'opinion',
        section: 'sport',
        byline: ['ann'],
        topics: ['Gulls'],
        series: 'Views',
      }),
    });
    await newsroom.press();
    const pages = [...newsroom.dist()].filter(([, html]) => /newsreader-italic[^>]*crossorigin/.test(html));
    expect(pages.map(([file]) => file).sort()).toEqual([
      '2025/02/view/index.html',
      'authors/ann/index.html',
      'index.html',
      'series/views/index.html',
      'sport/index.html',
      'topics/gulls/index.html',
    ]);
  }, 120_000);

  test("names the theme's font, and the file that its styles load", async () => {
    const newsroom = smallNewsroom({
      'content/stories/2025/02/harbour.md': story({}),
      'theme/tokens.css': `${own} :root { --serif: "Own Serif", serif }`,
      'theme/own.woff2': 'not really a font',
    });
    await newsroom.press();
    const html = readFileSync(join(newsroom.site, 'dist/2025/02/harbour/index.html'), 'utf8');
    const [file] = [...newsroom.dist().keys()].filter((name) => name.startsWith('assets/own.'));
    expect(preloadsIn(html).map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual([`/${file}`]);
    const styles = [...newsroom.dist()].filter(([name]) => name.endsWith('.css')).map(([, text]) => text);
    expect(styles.join('')).toContain(basename(file!));
  }, 120_000);
});
