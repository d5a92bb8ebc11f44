import { directionOf } from '../site/direction.ts';

/** What a language is like, apart from its words. Answers are kept: `Intl` is slow to ask. */

export { directionOf };

/** The script that a language is usually written in, such as `Latn`; that of its tag, if it names one. */
export function scriptOf(language: string): string {
  let script = scripts.get(language);
  if (!script) {
    script = new Intl.Locale(language).maximize().script ?? 'Latn';
    scripts.set(language, script);
  }
  return script;
}

/** The name of a language in itself, with a capital initial: `de-AT` is "Deutsch". */
export function languageName(language: string): string {
  let name = names.get(language);
  if (!name) {
    const own =
      new Intl.DisplayNames([language], { type: 'language' }).of(new Intl.Locale(language).language) ?? language;
    name = own.charAt(0).toLocaleUpperCase(language) + own.slice(1);
    names.set(language, name);
  }
  return name;
}

const names = new Map<string, string>();
const scripts = new Map<string, string>();

/**
 * The attributes of an element whose text is in `language`, inside a page or element in `outer`.
 *
 * @returns nothing when the languages are the same or `language` is not given; `dir` only where it differs
 */
export function attributesOf(language: string | undefined, outer: string): { lang?: string; dir?: 'ltr' | 'rtl' } {
  if (language === undefined || language === outer) return {};
  const dir = directionOf(language);
  return dir === directionOf(outer) ? { lang: language } : { lang: language, dir };
}
