import type { YearOfSearch } from '../../components/search/year-of-search.ts';
import { searchFolder } from '../../site/address.ts';
import { entryFile, type PagefindIndex } from './pagefind.ts';

/** A file of the search in dist. */
export interface SearchFile {
  /** Relative to dist. */
  file: string;
  bytes: Uint8Array;
}

/**
 * Where the files of an index are in dist. Each language of a year has a folder, because Pagefind opens one language for
 * each folder. What is the same for all years is once in the folder above, so that readers load it once.
 *
 * @returns in the order in which they are written: the entry of a language after the files that it names
 */
export function placeFiles(
  year: string,
  { version, languages, included, files, licence }: PagefindIndex,
): { files: SearchFile[]; about: YearOfSearch } {
  const placed: SearchFile[] = [];
  const entries: SearchFile[] = [];
  const about: YearOfSearch = { version, languages: [] };
  const folder = `${searchFolder}/${year}`;
  for (const [language, { hash, wasm, page_count }] of Object.entries(languages).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rules = wasm ?? 'unknown';
    about.languages.push({ language, stories: page_count, rules, tag: hash });
    // Pagefind loads `wasm.NAME.pagefind` from the folder of the entry. This leads to the file that all years share.
    const entry = { version, languages: { [language]: { hash, wasm: `/../../../wasm.${rules}`, page_count } } };
    const text = JSON.stringify({ ...entry, include_characters: included });
    entries.push({ file: `${folder}/${language}/${entryFile}`, bytes: Buffer.from(text) });
  }
  const used = new Set(about.languages.map(({ rules }) => `wasm.${rules}.pagefind`));
  for (const { path, content } of files) {
    const language = /^(?:pagefind\.|(?:index|filter|fragment)\/)([a-z]+)[_.][^/]+\.pf_\w+$/.exec(path)?.[1];
    if (language !== undefined) placed.push({ file: `${folder}/${language}/${path}`, bytes: content });
    else if (path === programFile || used.has(path)) placed.push({ file: `${searchFolder}/${path}`, bytes: content });
  }
  placed.push({ file: `${searchFolder}/LICENSE.txt`, bytes: Buffer.from(licence) });
  const byName = (a: SearchFile, b: SearchFile) => (a.file < b.file ? -1 : 1);
  return { files: [...placed.sort(byName), ...entries], about };
}

/** What runs in the browser. Pagefind's own interface is left out. */
const programFile = 'pagefind.js';
