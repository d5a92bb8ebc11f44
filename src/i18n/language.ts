import { directionOf } from '../site/direction.ts';

/** The properties of a language, apart from its words. Results are cached, because `Intl` is slow. */

export { directionOf };

/** The script in which a language is usually written, such as `Latn`, or the script in its tag, if it names one. */
export function scriptOf(language: string): string {
  let script = scripts.get(language);
  if (!script) {
    script = new Intl.Locale(language).maximize().script ?? 'Latn';
    scripts.set(language, script);
  }
  return script;
}

/** The name of a language in that language, with a capital initial: `de-AT` is "Deutsch". */
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
 * @returns nothing if the languages are the same or `language` is not given. `dir` is set only if it differs
 */
export function attributesOf(language: string | undefined, outer: string): { lang?: string; dir?: 'ltr' | 'rtl' } {
  if (language === undefined || language === outer) return {};
  const dir = directionOf(language);
  return dir === directionOf(outer) ? { lang: language } : { lang: language, dir };
}
