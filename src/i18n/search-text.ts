/*
 * How texts and queries of the search are written, so that the same word is found in whichever way somebody typed it.
 * The press applies it to what it indexes, and the search page to what a reader types. Pagefind itself ignores case and
 * all marks that Unicode can separate from a letter, such as accents, Arabic vowel signs, and the hamza of أ and إ.
 */

/** The longest query that is sent to the index. Nobody types more words than fit. */
export const queryCharsMax = 200;

/**
 * A text without characters that readers do not see or do not type: soft hyphens, invisible marks, and the Arabic tatweel,
 * which only stretches a word. Apostrophes have one form, because Ukrainian words contain one, and keyboards have three.
 */
export const searchable = (text: string): string =>
  text
    .replace(/[\u00ad\u0640\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/(?<=\p{L})[\u02bc'\u02b9`](?=\p{L})/gu, '’')
    // Old files have Arabic letters in the form that they have in a word.
    .replace(/[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+/g, (letters) => letters.normalize('NFKC'))
    .replace(/\u0671/g, '\u0627');

/**
 * Other spellings of a query, best first, for languages whose words the index does not reduce to a stem. They are tried
 * if the query itself finds little.
 *
 * @param query as `searchable` returns it
 * @param language a primary subtag: `ar`
 */
export function otherSpellings(query: string, language: string): string[] {
  const change = changes[language];
  if (!change) return [];
  const words = query.split(/\s+/).filter((word) => word !== '');
  return [...new Set(change.map((one) => words.map(one).join(' ')))].filter((other) => other !== words.join(' '));
}

const arabicEnds: Record<string, string> = { ة: 'ه', ه: 'ة', ي: 'ى', ى: 'ي' };

/** The endings of nouns and adjectives, longest first. What is left must still be a word of three letters. */
const ukrainianEnd =
  /(?<=\p{L}{3})(?:ами|ями|ього|ьому|ого|ому|ими|іми|ові|еві|єві|ій|ої|єї|ою|ею|єю|ам|ям|ах|ях|ів|їв|ом|ем|єм|их|іх|им|ім|а|я|о|е|є|у|ю|и|і|ї|ь|й)$/u;

const changes: Record<string, ((word: string) => string)[]> = {
  ar: [
    (word) => word.replace(/[ةهيى]$/u, (letter) => arabicEnds[letter] ?? letter),
    (word) => word.replace(/^ال(?=\p{L}{3})/u, ''),
    (word) => (/^ال/u.test(word) || word.length < 3 ? word : `ال${word}`),
  ],
  fa: [(word) => word.replace(/ي/gu, 'ی').replace(/ك/gu, 'ک'), (word) => word.replace(/ی/gu, 'ي').replace(/ک/gu, 'ك')],
  // The index finds every word that begins with what is left.
  uk: [(word) => word.toLocaleLowerCase('uk').replace(ukrainianEnd, '')],
};

/** The language of an index: the first part of a tag, because that is how Pagefind chooses its rules. */
export function searchLanguage(tag: string): string {
  const [primary = ''] = tag.toLowerCase().split('-');
  return /^[a-z]{2,8}$/.test(primary) ? primary : 'und';
}
