import { en } from './languages/en.ts';
import type { Words } from './vocabulary.ts';

/*
 * A paper in a language without a translation borrows the English words. Each of them is enclosed in two marker
 * characters, which no text of a newsroom can contain (site/printable.ts) and no finished page contains:
 * mark-borrowed.ts turns them into `lang` and `dir` after a page is rendered, so that templates do not need to know
 * where a word came from.
 */

export const opening = '\uE010';
export const closing = '\uE011';

const marks = new RegExp(`[${opening}${closing}]`, 'g');

/** A text without the markers, for places that cannot name a language, such as the title of a feed. */
export const unmarked = (text: string): string => text.replace(marks, '');

/** Whether anything in a text is borrowed. */
export const isMarked = (text: string): boolean => text.includes(opening);

const nothing = new RegExp(`${opening}(\\s*)${closing}`, 'g');

/** Text without a letter has no language: `, ` and `: ` stay as they are. */
function marked(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return `${before}${opening}${words}${closing}${after}`.replace(nothing, '$1');
}

/** The value that fills a gap is not a built-in word, unless it has no letters. */
const filled = (value: unknown): unknown =>
  typeof value === 'string' && /\p{L}/u.test(value) ? `${closing}${value}${opening}` : value;

/** Encloses every word of a vocabulary in markers. Arguments of a function stay outside them. */
function markedAll<T>(words: T): T {
  if (typeof words === 'string') return marked(words) as T;
  if (typeof words === 'function')
    return ((...gaps: unknown[]) => marked((words as (...gaps: unknown[]) => string)(...gaps.map(filled)))) as T;
  return Object.fromEntries(Object.entries(words as object).map(([key, value]) => [key, markedAll(value)])) as T;
}

/** English words for a paper in another language. */
export const borrowed: Words = markedAll(en);
