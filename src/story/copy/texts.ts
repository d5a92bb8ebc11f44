import { readPlainly } from '../lost/plain-reading.ts';
import { isCode, isMarkup, isWords } from '../lost/reading.ts';

/*
 * What a story says to readers, apart from everything else in its file: code, tags, attributes, shortcodes, addresses,
 * and names of files.
 */

/** Which characters of a body are running text. It costs a reading, so ask only if there is something to look at. */
export function proseMap(text: string, format: 'md' | 'mdx'): Uint8Array {
  const { map } = readPlainly(text, format);
  // The reading counts the texts in attributes as words, and knows no shortcodes.
  if (text.includes('<'))
    for (const { 0: tag, index } of text.matchAll(tags))
      if (map[index] === isMarkup) map.fill(isMarkup, index, index + tag.length);
  for (const form of [shortcodes, pictures])
    for (const { 0: found, index } of text.matchAll(form)) map.fill(isMarkup, index, index + found.length);
  markIndentedCode(text, map);
  return map;
}

/** Indented code, which the reading counts as words. Below an item of a list, an indentation belongs to the item. */
function markIndentedCode(text: string, map: Uint8Array): void {
  if (!/^(?: {4}|\t)/m.test(text)) return;
  let at = 0;
  let isInList = false;
  for (const line of text.split('\n')) {
    const isDeep = /^(?: {8}|\t\t)/.test(line);
    const isIndented = isDeep || /^(?: {4}|\t)/.test(line);
    if (isIndented && (!isInList || isDeep)) map.fill(isCode, at, at + line.length);
    else if (!isIndented && line.trim() !== '') isInList = /^\s*(?:[*+-]|\d{1,9}[.)])\s/.test(line);
    at += line.length + 1;
  }
}

const tags = /<\/?[A-Za-z](?:"[^"]*"|'[^']*'|[^"'<>])*>/g;
const shortcodes = /\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}/g;
/** The alt text. */
const pictures = /!\[[^\]\n]{0,500}\]/g;

/** Whether a place in a text is running text, with the words that it belongs to. */
export function isProse(text: string, at: number, end: number, map?: Uint8Array): boolean {
  if (map) for (let place = at; place < end; place++) if (map[place] !== isWords && text[place] !== '\n') return false;
  let [from, to] = [at, end];
  while (from > 0 && at - from < 200 && /\S/.test(text[from - 1]!)) from--;
  while (to < text.length && to - end < 200 && /\S/.test(text[to]!)) to++;
  return !addresses.test(text.slice(from, to));
}

/** Addresses of pages and people, paths, names of files, and names in code. */
const addresses = /:\/\/|www\.|\w@\w|[\w.]\/\/?[\w-]+[/.]|\\\w|\w_\w|\w\(\)|::|\$\{?\w/;

/** The texts in attributes of components and in pictures of Markdown, which readers get as captions and titles. */
export function attributesIn(text: string): { at: number; value: string }[] {
  const found: { at: number; value: string }[] = [];
  if (/<[A-Z]/.test(text))
    for (const { 0: whole, 1: value = '', index } of text.matchAll(
      /\s(?:alt|caption|credit|title|text|by|role|source|name)=("[^"]*"|'[^']*')/g,
    ))
      found.push({ at: index + whole.length - value.length + 1, value: value.slice(1, -1) });
  if (text.includes('!['))
    for (const { 1: alt = '', 2: title = '', index } of text.matchAll(
      /!\[([^\]\n]{0,500})\]\([^\s()"]*(?:\s+"([^"]*)")?\)/g,
    )) {
      found.push({ at: index + 2, value: alt });
      if (title) found.push({ at: text.indexOf(title, index + alt.length), value: title });
    }
  return found;
}
