/**
 * A language as Open Graph writes it, such as `en_GB`: a language and a country.
 *
 * A tag that names no country gets the one that Unicode CLDR calls likeliest ("likely subtags"), because a page
 * without `og:locale` counts as American English. Scripts and variants have no place in the form.
 *
 * @param language BCP 47, valid
 * @returns undefined when there is no country to name, as for `eo` or `es-419`
 * @see https://ogp.me/#optional
 */
export function openGraphLocale(language: string): string | undefined {
  if (!known.has(language)) {
    const { language: spoken, region = '' } = new Intl.Locale(language).maximize();
    // CLDR takes "undetermined" for English.
    known.set(language, !/^und\b/i.test(language) && /^[A-Z]{2}$/.test(region) ? `${spoken}_${region}` : undefined);
  }
  return known.get(language);
}

// Asked for every page, and slow to answer.
const known = new Map<string, string | undefined>();
