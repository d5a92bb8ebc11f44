/** Whether a text names a language as BCP 47 has it, such as `en-IE`. `Intl` throws at anything else. */
export function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
