import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { attribute, type Element, elementsOf, isRedirect, metaOf, textOf } from './dom.ts';
import type { BuiltSite, Finding, Gate } from './gate.ts';

const kB = 1024;

/**
 * The maximum size of a page: HTML and styles compressed with brotli at its best, and fonts and scripts as they are.
 */
const most = {
  /** The HTML and styles of a story of a thousand words and three pictures, including structured data and srcset. */
  storyBytes: 14 * kB,
  /** The same for any page, however long. */
  pageBytes: 20 * kB,
  styleBytes: 8 * kB,
  fontBytes: 45 * kB,
  fonts: 2,
  scriptBytes: 3 * kB,
  /** Of the page that searches. Its program and the index come when a reader searches. */
  searchScriptBytes: 11 * kB,
  /** What a reader waits for: the page, styles, fonts, scripts, the icon, and pictures that load at once. */
  requests: 8,
};
/** A thousand words of the story, and the words around it in `<main>`. */
const storyWords = 1100;
const storyPictures = 3;

/** A page is light, for readers who pay for each megabyte and for those who want to see it within a second. */
export const weight: Gate = {
  name: 'weight',
  needs: [],
  async check(site, pages) {
    const found = await Promise.all(
      pages.map(async (page) => (await findingsOf(site, page)).map((one) => ({ page, ...one }))),
    );
    return found.flat();
  },
};

async function findingsOf({ folder, siteUrl }: BuiltSite, page: string): Promise<Omit<Finding, 'page'>[]> {
  const elements = await elementsOf(folder, page);
  if (isRedirect(elements)) return [];
  const base = new URL(siteUrl).pathname.replace(/\/$/, '');
  const fileOf = (href: string, from = page) => {
    const { pathname } = new URL(href, `https://x.example${base}/${from}`);
    return decodeURIComponent(pathname.slice(base.length + 1));
  };
  const read = (file: string) => readFile(join(folder, file));

  const sheets = linked(elements, 'stylesheet').map((href) => fileOf(href));
  const styles = await Promise.all(sheets.map(read));
  const fonts = new Set(
    styles.flatMap((style, place) =>
      [...style.toString().matchAll(/url\(["']?([^"')]+\.woff2?)/g)].map(([, url = '']) =>
        url.startsWith('/') ? fileOf(url) : posix.join(posix.dirname(sheets[place]!), url),
      ),
    ),
  );
  const scripts = elements.filter((one) => one.tagName === 'script' && !/json/.test(attribute(one, 'type') ?? ''));
  const sources = scripts.flatMap((one) => attribute(one, 'src') ?? []);
  const eager = elements.filter((one) => one.tagName === 'img' && attribute(one, 'loading') !== 'lazy');

  const styleBytes = sum(styles.map(packed));
  const pageBytes = packed(await read(page)) + styleBytes;
  const fontBytes = sum(await Promise.all([...fonts].map(async (file) => (await stat(join(folder, file))).size)));
  const inline = scripts.map((one) => Buffer.byteLength(textOf(one)));
  const scriptBytes = sum([
    ...inline,
    ...(await Promise.all(sources.map(async (src) => (await read(fileOf(src))).length))),
  ]);
  const requests = 1 + sheets.length + fonts.size + sources.length + eager.length + linked(elements, 'icon').length;

  const scriptMax = elements.some(({ attrs }) => attrs.some(({ name }) => name === 'data-years'))
    ? most.searchScriptBytes
    : most.scriptBytes;

  const over = (rule: string, what: string, found: number, limit: number) =>
    found > limit
      ? [{ rule, message: `${what}: ${found.toLocaleString('en')}, at most ${limit.toLocaleString('en')}.` }]
      : [];
  return [
    ...over(
      'page-too-heavy',
      'Bytes of HTML and styles',
      pageBytes,
      isOrdinaryStory(elements) ? most.storyBytes : most.pageBytes,
    ),
    ...over('styles-too-heavy', 'Bytes of styles', styleBytes, most.styleBytes),
    ...over('fonts-too-heavy', 'Bytes of fonts', fontBytes, most.fontBytes),
    ...over('fonts-too-many', 'Files of fonts', fonts.size, most.fonts),
    ...over('scripts-too-heavy', 'Bytes of scripts', scriptBytes, scriptMax),
    ...over('requests-too-many', 'Requests above the fold', requests, most.requests),
  ];
}

function isOrdinaryStory(elements: Element[]): boolean {
  const main = elements.find(({ tagName }) => tagName === 'main');
  const figures = elements.filter(({ tagName }) => tagName === 'figure').length;
  const words = main ? textOf(main).split(' ').length : 0;
  return metaOf(elements, 'og:type') === 'article' && words <= storyWords && figures <= storyPictures;
}

const linked = (elements: Element[], rel: string): string[] =>
  elements
    .filter((one) => one.tagName === 'link' && attribute(one, 'rel')?.split(' ').includes(rel))
    .flatMap((one) => attribute(one, 'href') ?? []);

const packed = (bytes: Buffer): number => brotliCompressSync(bytes).length;
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
