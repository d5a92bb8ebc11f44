/**
 * Smart punctuation by language. The parser makes English quotation marks of straight ones, and it
 * knows best which open and which close; here they become those of the story's language.
 *
 * What an author typed as “ ” ‘ ’ is theirs and stays: the German „Hallo“ closes with the sign that
 * English opens with. So before parsing, typed ones become rare signs of the same character class
 * (the parser's rules look at the class), and are given back after it.
 */
export interface Punctuation {
  /** The text to parse. */
  shield: (text: string) => string;
  /** Whether text that comes out of the parser needs `inText` and `back` at all. */
  isNeeded: boolean;
  /** Running text, piece by piece; quotations may span pieces until `newBlock`. */
  inText: (piece: string) => string;
  newBlock: () => void;
  /** Text that is not to be changed but for giving back what was typed: code, addresses, captions. */
  back: (text: string) => string;
}

/** @param language BCP 47; one without an entry of its own is written as English is */
export function punctuationOf(language: string, text: string): Punctuation {
  const marks = marksOf(language);
  if (!marks) return english;
  const isTyped = /[“”‘’]/.test(text);
  // Somebody who writes the rare signs themselves: then nothing can be told apart, and nothing is changed.
  if (isTyped && /[⸨⸩⸢⸣]/.test(text)) return english;
  const back = isTyped ? giveBack : (piece: string) => piece;
  const stack: boolean[] = [];
  return {
    shield: isTyped ? (whole) => whole.replace(/[“”‘’]/g, (sign) => shields[sign]!) : (whole) => whole,
    isNeeded: true,
    inText: (piece) => {
      let changed = /[“”‘’]/.test(piece) ? convert(piece, marks, stack) : piece;
      changed = back(changed);
      return marks.spaced ? french(changed) : changed;
    },
    newBlock: () => {
      stack.length = 0;
    },
    back,
  };
}

const english: Punctuation = {
  shield: (text) => text,
  isNeeded: false,
  inText: (piece) => piece,
  newBlock: () => undefined,
  back: (text) => text,
};

/** Outer and inner marks, opening and closing. */
interface Marks {
  outer: [string, string];
  inner: [string, string];
  /** French puts a narrow no-break space inside « » and before ; ! ? and :, where a space was typed. */
  spaced?: boolean;
}

const angled: [string, string] = ['«', '»'];
const german: Marks = { outer: ['„', '“'], inner: ['‚', '‘'] };
const angledFirst: Marks = { outer: angled, inner: ['“', '”'] };
const polish: Marks = { outer: ['„', '”'], inner: angled };
const swedish: Marks = { outer: ['”', '”'], inner: ['’', '’'] };
const slavic: Marks = { outer: angled, inner: ['„', '“'] };

/** @see Unicode CLDR, delimiters of each language; it and es after the usage of the press there */
const byLanguage: Record<string, Marks> = {
  de: german,
  'de-ch': { outer: angled, inner: ['‹', '›'] },
  'de-li': { outer: angled, inner: ['‹', '›'] },
  lb: german,
  fr: { outer: ['«\u202F', '\u202F»'], inner: ['“', '”'], spaced: true },
  es: angledFirst,
  ca: angledFirst,
  gl: angledFirst,
  eu: angledFirst,
  it: angledFirst,
  'pt-pt': angledFirst,
  el: angledFirst,
  hy: angledFirst,
  pl: polish,
  ro: polish,
  hu: { outer: ['„', '”'], inner: ['»', '«'] },
  da: { outer: ['»', '«'], inner: ['›', '‹'] },
  sv: swedish,
  fi: swedish,
  nb: { outer: angled, inner: ['‘', '’'] },
  nn: { outer: angled, inner: ['‘', '’'] },
  no: { outer: angled, inner: ['‘', '’'] },
  is: german,
  cs: german,
  sk: german,
  sl: german,
  hr: german,
  bg: german,
  et: { outer: ['„', '“'], inner: angled },
  lt: german,
  ru: slavic,
  uk: slavic,
  be: slavic,
};

function marksOf(language: string): Marks | undefined {
  const tag = language.toLowerCase();
  return byLanguage[tag] ?? byLanguage[tag.split('-', 1)[0]!];
}

function convert(piece: string, marks: Marks, stack: boolean[]): string {
  return piece.replace(/[“”‘’]/g, (sign, at: number) => {
    // An apostrophe is inside a word, or closes nothing that was opened.
    if (sign === '’' && (!stack.includes(true) || isInWord(piece, at))) return '’';
    if (sign === '“' || sign === '‘') {
      stack.push(sign === '‘');
      const inside = stack.length > 1;
      return (inside ? marks.inner : marks.outer)[0];
    }
    const isSingle = sign === '’';
    const opened = stack.lastIndexOf(isSingle);
    if (opened >= 0) stack.length = opened;
    return (stack.length > 0 ? marks.inner : marks.outer)[1];
  });
}

const isInWord = (piece: string, at: number): boolean =>
  /[\p{L}\p{N}]$/u.test(piece.slice(Math.max(0, at - 2), at)) && /^[\p{L}\p{N}]/u.test(piece.slice(at + 1, at + 3));

/** Only spaces that were typed change; where none is, none is put. */
const french = (piece: string): string =>
  /[«»;!?:]/.test(piece)
    ? piece
        .replace(/« +/g, '«\u202F')
        .replace(/ +»/g, '\u202F»')
        .replace(/(\S) ([;!?])/g, '$1\u202F$2')
        .replace(/(\S) :(?=\s|$)/g, '$1\u00A0:')
    : piece;

const shields: Record<string, string> = { '“': '⸨', '”': '⸩', '‘': '⸢', '’': '⸣' };
const typed: Record<string, string> = { '⸨': '“', '⸩': '”', '⸢': '‘', '⸣': '’' };
const giveBack = (text: string): string =>
  text
    .replace(/[⸨⸩⸢⸣]/g, (sign) => typed[sign]!)
    .replace(/%E2%B8%(A8|A9|A2|A3)/gi, (_, last: string) =>
      encodeURIComponent(typed[decodeURIComponent(`%E2%B8%${last}`)]!),
    );
