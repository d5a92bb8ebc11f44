/** Whether a text is a valid BCP 47 language tag, such as `en-IE`. `Intl` throws for anything else. */
export function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
