/** Which quotation marks a language has, and whether it puts spaces inside them. */
export interface Marks {
  /** Opening and closing. */
  outer: [string, string];
  inner: [string, string];
  /** French puts a no-break space inside « » and before ; ! ? and :, where a space was typed. */
  spaced?: boolean;
  /** Each kind keeps its own marks, however deep it stands: English has no outer and inner ones to choose from. */
  isLiteral?: boolean;
}

/**
 * @param language BCP 47; one without an entry of its own is written as English is
 */
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
