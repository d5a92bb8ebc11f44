/**
 * The direction in which a language is written.
 *
 * @param language a valid BCP 47 tag
 */
export function directionOf(language: string): 'ltr' | 'rtl' {
  let direction = directions.get(language);
  if (!direction) {
    // Node 24 supports this, but TypeScript's library does not declare it yet.
    const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo(): { direction?: 'ltr' | 'rtl' } };
    direction = locale.getTextInfo().direction ?? 'ltr';
    directions.set(language, direction);
  }
  return direction;
}

// Cached, because `Intl` is slow.
const directions = new Map<string, 'ltr' | 'rtl'>();
