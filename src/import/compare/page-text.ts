import { Parser } from 'htmlparser2';

/** What a page says, as far as it can be compared with another page. */
export interface PageText {
  /** Paragraphs, headings, captions, and other blocks, each as one line of words. */
  blocks: string[];
  /** The address to which the page sends its readers. */
  redirect?: string;
}

const blockNames = new Set(
  'address article aside blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table td th tr ul'.split(
    ' ',
  ),
);
const silentNames = new Set(
  'audio button canvas datalist head iframe math noscript object script select style svg template textarea video'.split(
    ' ',
  ),
);
/** What surrounds the text of a page on every page of a site. */
const furnitureNames = new Set(['nav', 'footer', 'aside', 'form']);

/**
 * The text of a page, block by block. If it has an `article` or a `main`, only the text in it counts, because the rest
 * is the same on every page. The page is read once, without a tree, so that its depth does not matter.
 *
 * @param isWhole read everything, also menus and what is outside of the main part
 */
export function pageText(html: string, isWhole = false): PageText {
  const inMain: string[] = [];
  const everywhere: string[] = [];
  let redirect: string | undefined;
  let line = '';
  let [silent, furniture, main] = [0, 0, 0];
  const end = (): void => {
    const words = line.replace(/\s+/g, ' ').trim();
    line = '';
    if (words === '' || (furniture > 0 && !isWhole)) return;
    everywhere.push(words);
    if (main > 0) inMain.push(words);
  };
  const step = (name: string, attributes: Record<string, string> | undefined, by: 1 | -1): void => {
    if (blockNames.has(name)) end();
    if (silentNames.has(name)) silent = Math.max(0, silent + by);
    if (furnitureNames.has(name)) furniture = Math.max(0, furniture + by);
    if (name === 'article' || name === 'main') main = Math.max(0, main + by);
    if (name === 'meta' && attributes?.['http-equiv']?.toLowerCase() === 'refresh')
      redirect ??= /url\s*=\s*['"]?([^'"]+)/i.exec(attributes.content ?? '')?.[1]?.trim();
    // A line break separates words, and so does an image.
    if (name === 'br' || name === 'img') line += ' ';
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => step(name, attributes, 1),
      onclosetag: (name) => step(name, undefined, -1),
      ontext: (text) => {
        if (silent === 0) line += text;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  end();
  return {
    blocks: isWhole || inMain.length === 0 ? everywhere : inMain,
    ...(redirect === undefined ? {} : { redirect }),
  };
}

/**
 * The words of a text in one spelling: without case, marks of punctuation, and the differences between straight and
 * typographic signs. A character of a script without spaces is a word.
 */
export const wordsOf = (text: string): string[] =>
  (isCommon.test(text)
    ? text.toLowerCase().replace(apostrophes, '').match(commonWord)
    : text.normalize('NFKC').toLowerCase().replace(apostrophes, '').match(anyWord)) ?? [];

const apostrophes = /['’ʼ`´\u00ad\u200b-\u200f\u2060\ufeff]/g;
const anyWord = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|[\p{L}\p{M}\p{N}]+/gu;
/**
 * Signs and Latin letters that NFKC leaves as they are, or changes into a space. Most texts consist of nothing else, and
 * their words are found in a fifth of the time.
 */
const isCommon =
  /^[\s!-~\xa7\xa9\xab\xbb\xc0-\u012f\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u2013\u2014\u2018-\u201e\u2022\u2026]*$/;
const commonWord = /[a-z0-9\xdf-\xf6\xf8-\u017e]+/g;
