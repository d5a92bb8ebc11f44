import { neverTwice } from './common-words.ts';
import { type Finder, languageOf, type Slip } from './finding.ts';

/**
 * The same word twice in a row: "the the". Only words that no sentence has twice in a row.
 *
 * Every word of every story is compared with the one before it, so this is a loop and not a regular expression, which
 * takes ten times as long.
 */
export const doubledWords: Finder = (text, language) => {
  const words = neverTwice[languageOf(language)];
  const found: Slip[] = [];
  if (!words) return found;
  const length = text.length;
  /** The word before, and where it ends. */
  let [last, lastEnd] = [0, 0];
  let start = -1;
  for (let at = 0; at <= length; at++) {
    const code = at < length ? text.charCodeAt(at) : space;
    if (code > space) {
      if (start < 0) start = at;
      continue;
    }
    if (code !== space && code !== lineEnd && code !== tab) continue;
    if (start < 0) continue;
    const size = lastEnd - last;
    if (size > 0 && size < 10 && start + size <= at + 2) {
      // A quotation mark or a bracket can be before the first of the two.
      const first = isMark(text.charCodeAt(last)) ? last + 1 : last;
      if ((text.charCodeAt(first) | caseBit) === (text.charCodeAt(start) | caseBit)) {
        const slip = doubledAt(text, first, lastEnd, start, words);
        if (slip) found.push(slip);
      }
    }
    [last, lastEnd, start] = [start, at, -1];
  }
  return found;
};

const [space, lineEnd, tab] = [0x20, 0x0a, 0x09];
/** The bit by which Latin and Cyrillic letters differ in case. */
const caseBit = 0x20;

const isMark = (code: number): boolean =>
  code < 0x30 || code === 0xab || code === 0x5b || (code >= 0x2018 && code <= 0x201e);

function doubledAt(text: string, at: number, end: number, next: number, words: ReadonlySet<string>): Slip | undefined {
  const first = text.slice(at, end);
  const second = text.slice(next, next + first.length);
  // "The The" is a band, "de De Gaulle" is a name, and "from A a Z" is Spanish.
  if (!words.has(second) || first.toLowerCase() !== second || (first.length === 1 && first !== second))
    return undefined;
  const [before, after] = [text[at - 1] ?? ' ', text[next + second.length] ?? ' '];
  if (inWord.test(before) || inWord.test(after)) return undefined;
  // A text about a slip: the typo "the the".
  if (/["“”‘’«»'`*]/.test(before) && /["“”‘’«»'`*]/.test(after)) return undefined;
  const gap = text.slice(end, next);
  if (!/^(?:[ \t]+|[ \t]*\n)$/.test(gap)) return undefined;
  return {
    kind: 'doubled-word',
    at,
    end: next + second.length,
    // The end of a line stays where it was.
    write: gap.includes('\n') ? `${first}\n` : first,
    isCertain: !gap.includes('\n'),
  };
}

const inWord = /[\p{L}\p{N}'’\-/&]/u;
