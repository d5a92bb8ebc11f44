/**
 * The direction in which a language is written.
 *
 * @param language BCP 47, valid
 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  let direction = directions.get(language);
  if (!direction) {
    // Node 24 has it; TypeScript's library does not know it yet.
    const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo(): { direction?: 'ltr' | 'rtl' } };
    direction = locale.getTextInfo().direction ?? 'ltr';
    directions.set(language, direction);
  }
  return direction;
}

// `Intl` is slow to ask.
const directions = new Map<string, 'ltr' | 'rtl'>();
