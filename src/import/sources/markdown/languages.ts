import type { OldSite } from './generator.ts';

/** In which language a file is, and which files are the same story. */
export interface FileLanguage {
  /** Lower case, such as `pt-br`. Undefined for the language of the site. */
  code?: string;
  /** The file without its language: two files with the same stem are one story. */
  stem: string;
  /** It is the version that the others translate. */
  isOriginal: boolean;
}

const code = '[a-z]{2}(?:[-_][a-z]{2,4})?';
const suffix = new RegExp(`^(.+?)\\.(${code})(\\.[a-z]+)$`, 'i');
const docusaurus = new RegExp(
  `^(?:.*/)?i18n/(${code})/docusaurus-plugin-content-(blog[^/]*|docs|pages)/(?:current/)?(.+)$`,
  'i',
);
const known = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

const isLanguage = (text: string): boolean => {
  try {
    return known.of(text.replace('_', '-').split('-')[0] ?? '') !== undefined;
  } catch {
    return false;
  }
};

/**
 * Finds the language of every file: `index.es.md`, `content/fr/x.md`, `fr/_posts/x.md`, and Docusaurus's `i18n/fr/`. If
 * the configuration names no languages, a name counts as a language only if the same file exists without it or in another
 * language.
 *
 * @param files relative to the archive
 */
export function readLanguages(files: readonly string[], site: OldSite): Map<string, FileLanguage> {
  const all = new Set(files.map((file) => file.toLowerCase()));
  const configured = new Set(site.languages.map((each) => each.replace('_', '-')));
  const folders = [...site.languageFolders].map(([language, folder]): [string, string] => [language, `${folder}/`]);
  const result = new Map<string, FileLanguage>();
  for (const file of files) result.set(file, languageOfFile(file));
  return result;

  function languageOfFile(file: string): FileLanguage {
    const inFolder = folders.find(([, folder]) => file.startsWith(folder));
    if (inFolder) return of(inFolder[0], file.slice(inFolder[1].length));
    const translated = docusaurus.exec(file);
    if (translated)
      return of(translated[1] ?? '', `${translated[2]?.replace('docusaurus-plugin-content-', '')}/${translated[3]}`);
    const ended = suffix.exec(file);
    if (ended && isMeant(ended[2] ?? '', () => [`${ended[1]}${ended[3]}`, ...siblings(ended[1] ?? '', ended[3] ?? '')]))
      return of(ended[2] ?? '', `${ended[1]}${ended[3]}`);
    const parts = file.split('/');
    for (const [place, part] of parts.slice(0, -1).entries()) {
      if (place > 3 || !new RegExp(`^${code}$`, 'i').test(part)) continue;
      const without = [...parts.slice(0, place), ...parts.slice(place + 1)].join('/');
      const others = () => [without, ...inOtherFolders(parts, place)];
      if (isMeant(part, others)) return of(part, without);
    }
    return { stem: file, isOriginal: true };
  }

  function of(language: string, stem: string): FileLanguage {
    const folded = language.toLowerCase().replace('_', '-');
    const isDefault = site.language !== undefined && folded === site.language.replace('_', '-');
    return { code: folded, stem, isOriginal: isDefault };
  }

  /** Whether a part of a name is a language. */
  function isMeant(part: string, others: () => string[]): boolean {
    const folded = part.toLowerCase().replace('_', '-');
    if (configured.size > 0) return configured.has(folded);
    return isLanguage(part) && others().some((other) => all.has(other.toLowerCase()));
  }

  function siblings(stem: string, ending: string): string[] {
    return common.map((language) => `${stem}.${language}${ending}`).filter((name) => all.has(name.toLowerCase()));
  }

  function inOtherFolders(parts: readonly string[], place: number): string[] {
    return common
      .filter((language) => language !== parts[place]?.toLowerCase())
      .map((language) => [...parts.slice(0, place), language, ...parts.slice(place + 1)].join('/'));
  }
}

/** Languages in which a counterpart is looked for if the configuration names none. */
const common = 'en es fr de it pt nl ru ja zh ko ar tr pl uk sv ga'.split(' ');
