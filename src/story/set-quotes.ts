import type { Marks } from './quotation-marks.ts';

/** Stands for something within the text that is not text itself, such as code or a footnote marker. */
export const thing = '\uFFFC';

export interface Edit {
  at: number;
  /** The number of characters that it replaces, never past the end of a run. */
  length: number;
  text: string;
}

/** A paragraph that is being set. */
export interface Setting {
  whole: string;
  edits: Edit[];
  /** The start and the end, in order. */
  addresses: [from: number, to: number][];
  marks: Marks;
  language: string;
}

/**
 * Whether a position is inside an address. It must be called in ascending order, so that a long text is scanned only
 * once.
 */
export function addressCursor({ addresses }: Setting): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while (next < addresses.length && addresses[next]![1] <= at) next++;
    return next < addresses.length && at >= addresses[next]![0];
  };
}

const letter = /[\p{L}\p{M}\p{N}]/u;
const hebrew = /[\p{Script=Hebrew}]/u;
const opener = /[\s([{\-–—/|«‹„“‘‚¿¡"']/u;

/** The whole character before or at a position. A letter outside the basic plane has two halves. */
const before = (whole: string, at: number): string => {
  const code = whole.charCodeAt(at - 1);
  return code >= 0xdc00 && code <= 0xdfff ? whole.slice(at - 2, at) : whole.charAt(at - 1);
};
const after = (whole: string, at: number): string => String.fromCodePoint(whole.codePointAt(at + 1) ?? 0x20);

/** Processes the straight marks in order. A stack records which quotations are open. */
export function setQuotes(setting: Setting): void {
  const { whole, edits, marks } = setting;
  /** Whether each open quotation began with a single mark, and how many of each kind are open. */
  const stack: boolean[] = [];
  const openCount = { single: 0, double: 0 };
  let lastCloser: number | undefined;
  /** Whether a single mark that could end a quotation comes later. Only single marks need one to begin a quotation. */
  const hasCloser = (at: number) => {
    lastCloser ??= lastSingleCloser(whole);
    return lastCloser > at;
  };
  const isInAddress = addressCursor(setting);
  const isTypedOpen = typedCursor(whole);
  const put = (at: number, text: string) => edits.push({ at, length: 1, text });
  const open = (at: number, isSingle: boolean) => {
    stack.push(isSingle);
    openCount[isSingle ? 'single' : 'double']++;
    put(at, marksAt(marks, isSingle, stack.length)[0]);
    if (marks.spaced && whole[at + 1] === ' ') edits.push({ at: at + 1, length: 1, text: '' });
  };
  const close = (at: number, isSingle: boolean) => {
    // Discards quotations that were opened inside and never closed.
    if (openCount[isSingle ? 'single' : 'double'] > 0)
      for (let last: boolean | undefined; last !== isSingle; ) {
        last = stack.pop()!;
        openCount[last ? 'single' : 'double']--;
      }
    put(at, marksAt(marks, isSingle, stack.length + 1)[1]);
    if (marks.spaced && whole[at - 1] === ' ') edits.push({ at: at - 1, length: 1, text: '' });
  };
  const nextMark = markCursor(whole);
  for (let at = nextMark(0); at >= 0; at = nextMark(at + 1)) {
    if (isInAddress(at)) continue;
    const isSingle = whole[at] === "'";
    // Fast path: most marks are an apostrophe between two letters, which needs no further checks.
    if (isSingle && isLatin(whole.charCodeAt(at - 1)) && isLatin(whole.charCodeAt(at + 1))) {
      put(at, '’');
      continue;
    }
    const isOpen = openCount[isSingle ? 'single' : 'double'] > 0;
    const other = otherSign(setting, { at, isSingle, isOpen, hasCloser, isTypedOpen });
    if (other !== undefined) {
      put(at, other);
      continue;
    }
    const [previous, next] = [before(whole, at), after(whole, at)];
    const isAfterSpace = previous === '' || opener.test(previous);
    const isBeforeSpace = at + 1 >= whole.length || /\s/.test(next);
    if (isSingle) {
      if (isAfterSpace && !isBeforeSpace && !(isOpen && isClosing(whole, at)) && hasCloser(at)) open(at, true);
      else if (isOpen && !(letter.test(previous) && letter.test(next))) close(at, true);
      else put(at, '’');
    } else if (isAfterSpace && isBeforeSpace) {
      if (isOpen && previous !== '') close(at, false);
      else open(at, false);
    } else if (isAfterSpace && !(isOpen && isClosing(whole, at))) open(at, false);
    else if (isBeforeSpace || isOpen || !letter.test(next)) close(at, false);
    else open(at, false);
  }
}

const marksAt = (marks: Marks, isSingle: boolean, depth: number): [string, string] =>
  marks.isLiteral ? (isSingle ? marks.inner : marks.outer) : depth > 1 ? marks.inner : marks.outer;

/** The next straight mark from a position on, or -1 after the last. It must be called in ascending order. */
function markCursor(whole: string): (from: number) => number {
  let double = whole.indexOf('"');
  let single = whole.indexOf("'");
  return (from) => {
    if (double >= 0 && double < from) double = whole.indexOf('"', from);
    if (single >= 0 && single < from) single = whole.indexOf("'", from);
    return double < 0 ? single : single < 0 ? double : Math.min(double, single);
  };
}

/** After a dash or a mark, with no letter following: such a mark ends what is open. */
const isClosing = (whole: string, at: number): boolean =>
  /[-–—"'”’]/.test(before(whole, at)) && !letter.test(after(whole, at)) && after(whole, at) !== thing;

interface Mark {
  at: number;
  isSingle: boolean;
  /** Whether an open quotation began with such a mark. */
  isOpen: boolean;
  hasCloser: (at: number) => boolean;
  isTypedOpen: (at: number) => boolean;
}

/** The last position of a single mark that could end a quotation, or -1 if there is none. */
function lastSingleCloser(whole: string): number {
  for (let at = whole.lastIndexOf("'"); at > 0; at = whole.lastIndexOf("'", at - 1))
    if (!/\s/.test(whole[at - 1]!) && !letter.test(after(whole, at))) return at;
  return -1;
}

const isLatin = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

/** What a straight mark is if it is not a quotation mark: an apostrophe, a prime, or a geresh. */
function otherSign(
  { whole, language }: Setting,
  { at, isSingle, isOpen, hasCloser, isTypedOpen }: Mark,
): string | undefined {
  const previous = before(whole, at);
  if (hebrew.test(previous)) return hebrewSign(whole, at, isSingle, isOpen);
  const rest = whole.slice(at + 1, at + 16);
  if (/\d|[½¼¾⅓⅔⅛⅜⅝⅞]/.test(previous)) {
    // 5'10", 53°16'N, 45'+2, 12": feet, minutes, and inches, unless the mark ends a quotation.
    const isLetter = letter.test(after(whole, at));
    if (isSingle) {
      if (/^\s?\d{1,2}(?:[.,]\d+|\s?[½¼¾⅓⅔⅛⅜⅝⅞])?"/.test(rest)) return '′';
      if (/°\s?\d{1,2}(?:[.,]\d+)?$/.test(whole.slice(Math.max(0, at - 8), at))) return '′';
      if (!isOpen && (!isLetter || /^\d{1,2}(?!\d)/.test(rest))) return '′';
      return undefined;
    }
    const isAfterFeet = /(?:['′]|°\d+['′])\s?\d{1,2}(?:[.,]\d+|\s?[½¼¾⅓⅔⅛⅜⅝⅞])?$/.test(
      whole.slice(Math.max(0, at - 12), at),
    );
    if (isAfterFeet || (!isOpen && !isLetter && !isTypedOpen(at))) return '″';
    return undefined;
  }
  if (!isSingle || letter.test(previous)) return undefined;
  if (always.test(rest) || (/^\d{2}(?:s\b|(?![\d'\p{L}]))/u.test(rest) && !/^\d{2}s?'/.test(rest))) return '’';
  if (clipped[language.split('-', 1)[0]!.toLowerCase()]?.test(rest)) return '’';
  return sometimes.test(rest) && !hasCloser(at) ? '’' : undefined;
}

/** Words that always begin with an apostrophe, and words before which it could also be a quotation mark. */
const always = /^(?:(?:tis|twas|twere|twill|twould|tisn|twasn|tain|em)\b(?!')|n'(?=[\s.,]|$)|n(?=\s))/i;
const sometimes = /^(?:til|till|cause|cos|coz|cuz|bout|round|neath|nuff|fraid|gainst|ere|er|im|un)\b/i;
const clipped: Record<string, RegExp> = {
  nl: /^(?:s|t|n|k|m|r)(?=[\s-])/i,
  af: /^(?:n|k|t)(?=\s)/i,
  de: /^(?:s|ne|nen|nem|ner)(?=\s)/i,
};

/** Whether an open quotation began with a typographic mark that a straight one can end. */
function typedCursor(whole: string): (at: number) => boolean {
  if (!/[“„]/.test(whole)) return () => false;
  let from = 0;
  let open = '';
  return (at) => {
    for (; from < at; from++) {
      const sign = whole[from]!;
      if (sign === '„' || (sign === '“' && open !== '„')) open = sign;
      else if (sign === '”' || sign === '“') open = '';
    }
    return open !== '';
  };
}

/**
 * After a Hebrew letter: gershayim before the last letters of an acronym, a geresh, or a quotation after a prefix, as
 * in ב"הארץ", which ends in its own mark.
 */
function hebrewSign(whole: string, at: number, isSingle: boolean, isOpen: boolean): string | undefined {
  const next = after(whole, at);
  const isInWord = hebrew.test(next) && at + 1 < whole.length;
  if (isSingle) return isInWord || !isOpen ? '׳' : undefined;
  if (!isInWord) return undefined;
  const rest = whole.slice(at + 1);
  if (isOpen || /^\p{Script=Hebrew}(?![\p{Script=Hebrew}"])/u.test(rest)) return '״';
  const word = /[\p{Script=Hebrew}]+$/u.exec(whole.slice(Math.max(0, at - 20), at))?.[0] ?? '';
  const end = rest.indexOf('"');
  const isQuoted =
    /^[ושהמלכב]{1,3}$/u.test(word) && end > 0 && !/\s/.test(rest[end - 1]!) && !letter.test(rest[end + 1] ?? ' ');
  return isQuoted ? undefined : '״';
}
