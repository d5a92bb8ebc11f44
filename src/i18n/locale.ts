/**
 * A language in the form of Open Graph, such as `en_GB`: a language and a country.
 *
 * A tag that names no country gets the most likely one according to Unicode CLDR ("likely subtags"), because a page
 * without `og:locale` counts as American English. Scripts and variants are not part of the form.
 *
 * @param language valid BCP 47
 * @returns undefined if there is no country to name, as for `eo` or `es-419`
 * @see https://ogp.me/#optional
 */
export function openGraphLocale(language: string): string | undefined {
  if (!known.has(language)) {
    const { language: spoken, region = '' } = new Intl.Locale(language).maximize();
    // CLDR reads "undetermined" as English.
    known.set(language, !/^und\b/i.test(language) && /^[A-Z]{2}$/.test(region) ? `${spoken}_${region}` : undefined);
  }
  return known.get(language);
}

// Cached, because it is slow and every page needs it.
const known = new Map<string, string | undefined>();
