/** The quotation marks of each language, and whether there are spaces inside them. */
export interface Marks {
  /** Opening and closing. */
  outer: [string, string];
  inner: [string, string];
  /** In French, a space that was typed inside « » or before ; ! ? and : becomes a no-break space. */
  spaced?: boolean;
  /** Single and double marks stay as typed at any depth: English has no fixed outer and inner marks. */
  isLiteral?: boolean;
}

/** @param language BCP 47. A language without an entry uses the English marks */
export function marksOf(language: string): Marks {
  let marks = known.get(language);
  if (!marks) {
    const tag = language.toLowerCase();
    marks = byLanguage[tag] ?? byLanguage[tag.split('-', 1)[0]!] ?? english;
    known.set(language, marks);
  }
  return marks;
}

const known = new Map<string, Marks>();

const english: Marks = { outer: ['“', '”'], inner: ['‘', '’'], isLiteral: true };
const angled: [string, string] = ['«', '»'];
const german: Marks = { outer: ['„', '“'], inner: ['‚', '‘'] };
const angledFirst: Marks = { outer: angled, inner: ['“', '”'] };
const polish: Marks = { outer: ['„', '”'], inner: angled };
const swedish: Marks = { outer: ['”', '”'], inner: ['’', '’'] };
const slavic: Marks = { outer: angled, inner: ['„', '“'] };

/** @see Unicode CLDR, delimiters of each language. it and es follow the usage of the press there */
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
  ar: { outer: ['”', '“'], inner: ['’', '‘'] },
  fa: { outer: angled, inner: ['‹', '›'] },
  he: swedish,
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
