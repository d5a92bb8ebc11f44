import { describe, expect, test } from 'vitest';
import { cssFromDisk, pageFromDisk, relativeLink } from './from-disk.ts';

const disk = {
  site: { url: 'https://post.example/paper/' },
  files: new Set([
    'index.html',
    'world/index.html',
    '2025/02/hafen & mehr/index.html',
    'straße/index.html',
    'assets/paper.css',
    'assets/x.woff2',
    'map.html',
    'assets/pictures/a-640.avif',
    'assets/pictures/a-1280.avif',
  ]),
};
const onDisk = (html: string, file = '2025/02/story/index.html') => pageFromDisk(html, file, disk).text;

describe('links', () => {
  test.each([
    [
      'of the site become relative and name index.html',
      '<a href="/paper/world/">',
      '<a href="../../../world/index.html">',
    ],
    ['to the front, too', '<a href="/paper/">', '<a href="../../../index.html">'],
    [
      'keep query and fragment',
      '<a href="/paper/world/?a=1&amp;b=2#c">',
      '<a href="../../../world/index.html?a=1&amp;b=2#c">',
    ],
    ['without the slash at the end find the page', '<a href="/paper/world">', '<a href="../../../world/index.html">'],
    ['are encoded as files are named', '<a href="/paper/stra%C3%9Fe/">', '<a href="../../../stra%C3%9Fe/index.html">'],
    [
      'with signs of their own',
      '<a href="/paper/2025/02/hafen%20&amp;%20mehr/">',
      '<a href="../hafen%20%26%20mehr/index.html">',
    ],
    ['out of the site stay', '<a href="https://x.example/a">', '<a href="https://x.example/a">'],
    ['without a scheme get one', '<a href="//x.example/a">', '<a href="https://x.example/a">'],
    ['beside the site lead there', '<a href="/other/">', '<a href="https://post.example/other/">'],
    [
      'to what is not in the edition lead to the site',
      '<a href="/paper/feed.xml">',
      '<a href="https://post.example/paper/feed.xml">',
    ],
    ['within the page stay', '<a href="#top">', '<a href="#top">'],
    ['for mail stay', '<a href="mailto:a@post.example">', '<a href="mailto:a@post.example">'],
    ['that are relative are followed from the page', '<a href="../../../map.html">', '<a href="../../../map.html">'],
    [
      'of the head stay complete',
      '<link rel="canonical" href="https://post.example/paper/">',
      '<link rel="canonical" href="https://post.example/paper/">',
    ],
    [
      'of an old address lead on',
      '<meta http-equiv="refresh" content="0; url=/paper/world/">',
      '<meta http-equiv="refresh" content="0; url=../../../world/index.html">',
    ],
    ['of a form', '<form action="/paper/world/">', '<form action="../../../world/index.html">'],
    ['in unquoted attributes', '<a href=/paper/world/ id=x>', '<a href="../../../world/index.html" id=x>'],
  ])('%s', (_, html, text) => expect(onDisk(html)).toBe(text));

  test('in text, comments, and scripts stay unchanged', () => {
    const html =
      '<title><a href="/paper/"></title><!-- <a href="/paper/"> --><script>"<a href=\'/paper/\'>"</script><p>href="/paper/"';
    expect(onDisk(html)).toBe(html);
  });
});

describe('what browsers forbid on a disk', () => {
  test('integrity digests and crossorigin attributes of styles and scripts are removed', () =>
    expect(onDisk('<link rel="stylesheet" href="/paper/assets/paper.css" integrity="sha256-x" crossorigin>')).toBe(
      '<link rel="stylesheet" href="../../../assets/paper.css">',
    ));
  test('what would be preloaded is loaded when it is needed', () =>
    expect(onDisk('a<link rel="preload" as="font" href="/paper/assets/x.woff2" crossorigin>b')).toBe('ab'));
  test('a module is left out, and this is reported', () => {
    const page = pageFromDisk('<script type="module" src="/paper/app.js"></script>', 'index.html', disk);
    expect(page).toMatchObject({ text: '</script>', leftOut: ['module /paper/app.js'] });
  });
});

test('a picture keeps two widths of its best format, and one file for old software', () => {
  const srcset = (ending: string) =>
    [320, 640, 960, 1280, 1920].map((w) => `/paper/assets/pictures/a-${w}.${ending} ${w}w`).join(', ');
  const html = `<picture><source type="image/avif" srcset="${srcset('avif')}" sizes="9rem"><source type="image/webp" srcset="${srcset('webp')}"><img src="/paper/assets/x.woff2" srcset="${srcset('jpg')}" sizes="9rem" alt="A &amp; B"></picture>`;
  const page = pageFromDisk(html, 'index.html', disk);
  expect(page.text).toBe(
    '<picture><source type="image/avif" srcset="assets/pictures/a-640.avif 640w, assets/pictures/a-1280.avif 1280w" sizes="9rem"><img src="assets/x.woff2" alt="A &amp; B"></picture>',
  );
  expect([...page.uses].sort()).toEqual([
    'assets/pictures/a-1280.avif',
    'assets/pictures/a-640.avif',
    'assets/x.woff2',
  ]);
});

test('styles find what they use, including styles within a page', () => {
  expect(
    cssFromDisk('@font-face{src:url(/paper/assets/x.woff2)}a{b:url("data:x")}', 'assets/paper.css', disk).text,
  ).toBe('@font-face{src:url(x.woff2)}a{b:url("data:x")}');
  expect(onDisk('<style>a>b{src:url(/paper/assets/x.woff2)}</style>', 'index.html')).toBe(
    '<style>a>b{src:url(assets/x.woff2)}</style>',
  );
});

test('the relative path between two files', () => {
  expect(relativeLink('index.html', 'index.html')).toBe('index.html');
  expect(relativeLink('a/b/index.html', 'a/index.html')).toBe('../index.html');
  expect(relativeLink('a/index.html', 'a/c:d/x y.html')).toBe('c%3Ad/x%20y.html');
});
