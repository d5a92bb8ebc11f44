/**
 * What stands between the names of a list, as the language joins them: "A and B", "A, B and C", "А, Б і В".
 *
 * @param language BCP 47. English differs by country: American English has a comma before "and"
 * @param names the word between two of them can depend on them: Spanish has "y", but "e" before an i
 * @returns one text less than there are names
 */
export function separatorsOf(language: string, names: readonly string[]): string[] {
  return formatOf(language)
    .formatToParts(names)
    .flatMap(({ type, value }) => (type === 'literal' ? [value] : []));
}

/** Names as a list in running text. */
export const listOf = (language: string, names: readonly string[]): string => formatOf(language).format(names);

function formatOf(language: string): Intl.ListFormat {
  let format = formats.get(language);
  if (!format) {
    format = new Intl.ListFormat(language, { type: 'conjunction' });
    formats.set(language, format);
  }
  return format;
}

// Cached, because `Intl` is slow and every story needs it.
const formats = new Map<string, Intl.ListFormat>();
