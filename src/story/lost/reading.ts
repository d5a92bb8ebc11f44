import type { LostKind } from '../problems/lost.ts';
import { kindOfSign, letter, notAWord, type Word } from './signs.ts';

/** The result of a plain reading of a source. */
export interface PlainReading {
  /** Words to be printed. */
  words: Word[];
  /** Words in attributes of raw HTML, such as `title`. */
  attributeWords: Word[];
  /** What can hide words, in the order of the text. */
  suspects: Suspect[];
  /** The kind of each character of the text. See the constants. */
  map: Uint8Array;
  /** Where a code block begins that never ends. */
  openFence: number | undefined;
}

/** Something in the source that can hide words from readers, and how far it extends. */
export interface Suspect {
  kind: Exclude<LostKind, 'cell' | 'note' | 'note-twice' | 'unknown'>;
  /** Where it begins, and the first character after it. */
  at: number;
  end: number;
  /** The name of the element, or the label. */
  name: string;
}

/** The kinds of character in a text. */
export const isWords = 0;
export const isMarkup = 1;
export const isAttribute = 2;
export const isCode = 3;

/** The words of a text, selected by the map. */
export function wordsByKind(text: string, map: Uint8Array): Pick<PlainReading, 'words' | 'attributeWords'> {
  const words: Word[] = [];
  const attributeWords: Word[] = [];
  const end = text.length;
  for (let at = 0; at < end; at++) {
    const kind = kindOfSign[text.charCodeAt(at)];
    if (kind === notAWord || map[at] === isMarkup) continue;
    const from = at;
    const of = map[from];
    if (kind === letter)
      while (at + 1 < end && kindOfSign[text.charCodeAt(at + 1)] === letter && map[at + 1] === of) at++;
    (of === isAttribute ? attributeWords : words).push({ text: text.slice(from, at + 1), at: from, end: at + 1 });
  }
  return { words, attributeWords };
}
