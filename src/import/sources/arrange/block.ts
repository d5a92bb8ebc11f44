/*
 * The blocks of a text, as a reader sees them: what every source that has no fields of its own is cut into first (Word,
 * OpenDocument, Google Docs, pasted copies). `arrange.ts` then finds the headline, the byline, and the captions in them.
 */

/** What the source itself says that a block is, by its style. */
export type Role = 'title' | 'standfirst' | 'kicker' | 'byline' | 'dateline' | 'caption' | 'credit' | 'pull';

export interface Block {
  kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'table' | 'picture' | 'rule' | 'other';
  /** Its words, on one line. */
  text: string;
  /** The complete element. */
  html: string;
  role?: Role;
  /** Of a heading. */
  level?: number;
  picture?: BlockPicture;
  /** The words of each item of a list. */
  items?: string[];
  /** The whole paragraph is bold. */
  isStrong?: boolean;
  /** The next line of a plain text follows without an empty line between. */
  isTight?: boolean;
}

export interface BlockPicture {
  /** As in the source, or undefined if the source has only its caption. */
  src?: string;
  alt?: string;
  caption?: string;
  /** The caption with its emphasis and links. */
  captionHtml?: string;
  credit?: string;
  /** Where the picture leads. */
  href?: string;
}

/** What was moved from the running text, and what it became. Every word of the source is either here or in the body. */
export interface Reading {
  text: string;
  /** Such as `the byline`. Undefined if it was dropped. */
  became?: string;
  /** Why it was dropped. */
  reason?: string;
}

/** A text after it has been arranged: the fields of a story, and its body as HTML. */
export interface Arranged {
  /** Keys and values as in front matter, for `readFields`. */
  fields: Map<string, unknown>;
  html: string;
  readings: Reading[];
  notes: string[];
  /** Why it must not be public yet. */
  draft?: string;
}

export const wordCount = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*/gu)?.length ?? 0;

const proseCharsMin = 100;

/** Whether a block is running text: long, with the end of a sentence. */
export function isProse(block: Block): boolean {
  if (block.kind !== 'paragraph' || block.role !== undefined) return false;
  // The beginning tells, and a text without a single paragraph can have a million characters.
  const text = block.text.slice(0, 1000);
  return (
    (text.length >= proseCharsMin && /[.!?…。！？؟।][”"'’»)\]]*(?:\s|$)/u.test(text)) ||
    /[.!?…。！？][”"'’»)]*\s+\p{Lu}.*[.!?…。！？][”"'’»)]*$/u.test(text) ||
    (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) && text.length >= 50)
  );
}

/** Two texts with the same words, whatever their punctuation, case and spaces. */
export const isSameText = (a: string, b: string): boolean => comparable(a) !== '' && comparable(a) === comparable(b);

export const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
