import { en } from './languages/en.ts';
import type { Words } from './vocabulary.ts';

/*
 * A paper in a language that we do not speak borrows the English words. Each stands between two marks, which no text of a
 * newsroom can hold (site/printable.ts) and no page keeps: mark-borrowed.ts makes `lang` and `dir` of them once a page is
 * rendered, so that no template needs to know where a word came from.
 */

export const opening = '\uE010';
export const closing = '\uE011';

const marks = new RegExp(`[${opening}${closing}]`, 'g');

/** A text without the marks: for what can name no language, such as the title of a feed. */
export const unmarked = (text: string): string => text.replace(marks, '');

/** Whether anything in a text is borrowed. */
export const isMarked = (text: string): boolean => text.includes(opening);

const nothing = new RegExp(`${opening}(\\s*)${closing}`, 'g');

/** Without a letter there is nothing to say in a language: `, ` and `: ` stay as they are. */
function marked(text: string): string {
  if (!/\p{L}/u.test(text)) return text;
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return `${before}${opening}${words}${closing}${after}`.replace(nothing, '$1');
}

/** What fills a gap is not ours, unless it is a number. */
const filled = (value: unknown): unknown =>
  typeof value === 'string' && /\p{L}/u.test(value) ? `${closing}${value}${opening}` : value;

/** Every word of a vocabulary between marks; what a function is given stays outside of them. */
function markedAll<T>(words: T): T {
  if (typeof words === 'string') return marked(words) as T;
  if (typeof words === 'function')
    return ((...gaps: unknown[]) => marked((words as (...gaps: unknown[]) => string)(...gaps.map(filled)))) as T;
  return Object.fromEntries(Object.entries(words as object).map(([key, value]) => [key, markedAll(value)])) as T;
}

/** English words for a paper in another language. */
export const borrowed: Words = markedAll(en);
