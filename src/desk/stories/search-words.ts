/** Scripts that write without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** A text as the search reads it. In scripts without spaces, each character is a word. */
export const searchable = (text: string): string => text.replace(unspaced, ' $& ');

/** The longest query that is searched for, in words. */
const wordsMax = 20;

/**
 * A query of FTS5 for what somebody typed: every word must occur, and the last one may be unfinished. Text in quotation
 * marks must occur as it is.
 *
 * @returns undefined if there is no word in it
 */
export function searchQuery(typed: string): string | undefined {
  const parts = [...typed.toWellFormed().matchAll(/["“”„]([^"“”„]+)["“”„]?|[^\s"“”„]+/g)].slice(0, wordsMax);
  const terms = parts.flatMap(([whole, phrase]) => {
    const words = searchable(phrase ?? whole)
      .split(/[^\p{L}\p{N}\p{M}]+/u)
      .filter(Boolean);
    // Everything is in quotation marks, so that no word is an operator.
    return words.length > 0 ? [{ text: `"${words.join(' ')}"`, isPhrase: phrase !== undefined }] : [];
  });
  if (terms.length === 0) return undefined;
  return terms.map(({ text, isPhrase }) => (isPhrase ? text : `${text}*`)).join(' AND ');
}
