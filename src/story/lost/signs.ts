/**
 * The characters that count as part of a word. Punctuation does not: it changes between source and page (smart quotes),
 * and losing it does no harm.
 *
 * In scripts without spaces, each character counts. This is enough, because characters are counted and not looked up: a
 * lost sentence leaves too few of each of its characters, whatever else the story contains.
 */
export const notAWord = 0;
export const letter = 1;
/** A character that counts as a word: Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan, and emoji. */
export const wholeWord = 2;

/** By UTF-16 code unit. It is a table, because every character of every story is looked up. */
export const kindOfSign = new Uint8Array(0x10000).fill(letter);

const set = (kind: number, ...ranges: [from: number, to: number][]) => {
  for (const [from, to] of ranges) kindOfSign.fill(kind, from, to + 1);
};
set(
  notAWord,
  [0x00, 0x2f],
  [0x3a, 0x40],
  [0x5b, 0x60],
  [0x7b, 0xa9],
  [0xab, 0xb4],
  [0xb6, 0xb9],
  [0xbb, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2b9, 0x2df],
  [0x589, 0x58a],
  [0x5be, 0x5be],
  [0x5c0, 0x5c0],
  [0x5c3, 0x5c3],
  [0x5f3, 0x5f4],
  [0x60c, 0x60d],
  [0x61b, 0x61f],
  [0x640, 0x640],
  [0x66a, 0x66d],
  [0x6d4, 0x6d4],
  [0x964, 0x965],
  [0x2000, 0x2bff],
  [0x2e00, 0x2e7f],
  [0x3000, 0x3004],
  [0x3008, 0x303f],
  [0x30fb, 0x30fb],
  // Private use: the compiler uses these as markers.
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe6f],
  [0xfeff, 0xff0f],
  [0xff1a, 0xff20],
  [0xff3b, 0xff40],
  [0xff5b, 0xff65],
  [0xffe0, 0xffff],
);
set(
  wholeWord,
  [0xe00, 0xeff],
  [0xf00, 0xfff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3005, 0x3007],
  [0x3041, 0x30fa],
  [0x30fc, 0x30ff],
  [0x31f0, 0x31ff],
  [0x3400, 0x9fff],
  [0xd800, 0xdfff],
  [0xf900, 0xfaff],
);

/** A word in a text, and where it begins. */
export interface Word {
  text: string;
  at: number;
  end: number;
}

/** The words of a text, in order. */
export function wordsIn(text: string, offset = 0): Word[] {
  const words: Word[] = [];
  const end = text.length;
  for (let at = 0; at < end; at++) {
    const kind = kindOfSign[text.charCodeAt(at)];
    if (kind === notAWord) continue;
    const from = at;
    if (kind === letter) while (at + 1 < end && kindOfSign[text.charCodeAt(at + 1)] === letter) at++;
    words.push({ text: text.slice(from, at + 1), at: offset + from, end: offset + at + 1 });
  }
  return words;
}
