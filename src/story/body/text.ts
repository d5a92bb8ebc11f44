import { unescapeHtml } from '../../site/markup.ts';
import { codeUnitsOf } from '../code-units.ts';
import type { Body } from './body.ts';

/** The words of a body without markup. Line endings separate blocks. Captions are not included. */
export function plainText(body: Body): string {
  const withoutTags = markup(body)
    .replace(
      /<\/?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|div|table|tr|br|hr|section|figure|figcaption|details|summary)\b[^>]*>/g,
      '\n',
    )
    .replace(/<(?:"[^"]*"|[^">])*>/g, '');
  return unescapeHtml(withoutTags)
    .replace(/[ \t]*\n\s*/g, '\n')
    .trim();
}

const markup = (body: Body): string =>
  body
    .map((part) => {
      if (part.kind === 'html') return part.html;
      if (part.kind === 'link') return markup(part.children);
      return part.kind === 'element' ? `\n${markup(part.children)}\n` : '\n';
    })
    .join('');

/** The number of words in a body, for the reading time. In scripts without spaces, two characters count as one word. */
export function countWords(body: Body): number {
  let words = 0;
  for (const part of body) {
    if (part.kind === 'html') words += wordsOfHtml(part.html);
    else if (part.kind !== 'picture') words += countWords(part.children);
  }
  return words;
}

/**
 * Counts words character by character, because this is done for every story, and without a branch for most characters,
 * because processors cannot predict where words end. Tags and escaped characters are skipped. A word begins with a letter
 * or digit and ends with a space. An apostrophe does not end it.
 */
function wordsOfHtml(html: string): number {
  const units = codeUnitsOf(html);
  const end = html.length;
  let words = 0;
  let signs = 0;
  let isInWord = 0;
  for (let at = 0; at < end; at++) {
    const kind = kindOfUnit[units[at]!]!;
    if (kind <= parting) {
      words += kind & beginning & ~isInWord;
      isInWord = (isInWord | kind) & beginning & ~(kind >> 1);
    } else if (kind === tag) {
      while (at < end && units[at] !== 0x3e) at++;
    } else if (kind === escaped) {
      while (at < end && units[at] !== 0x3b) at++;
    } else {
      signs++;
      isInWord = 0;
    }
  }
  return words + Math.ceil(signs / 2);
}

/** What a code unit is to the count of words; 0 for one that neither begins a word nor ends one. */
const kindOfUnit = new Uint8Array(0x10000);
const [beginning, parting, tag, escaped, halfWord] = [1, 2, 3, 4, 5];
kindOfUnit.fill(beginning, 0xc0);
for (const sign of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  kindOfUnit[sign.charCodeAt(0)] = beginning;
kindOfUnit.fill(parting, 0x00, 0x21);
kindOfUnit[0xa0] = parting;
kindOfUnit.fill(parting, 0x2000, 0x2070);
kindOfUnit[0x2019] = 0; // an apostrophe
kindOfUnit.fill(halfWord, 0x3040, 0xa000);
kindOfUnit[0x3c] = tag;
kindOfUnit[0x26] = escaped;
