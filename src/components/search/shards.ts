import { otherSpellings } from '../../i18n/search-text.ts';
import type { YearOfSearch } from './year-of-search.ts';

/*
 * The indexes of the search in the browser. A shard is one language of one year. The newest year is searched first, and
 * another one is loaded only if that found little or the reader asks for it.
 */

/** A result before its text is loaded. */
export interface Hit {
  id: string;
  score: number;
  data(): Promise<HitData>;
}

export interface HitData {
  /** The address without the site's base, and after `#` a `FoundCard`. */
  raw_url: string;
  meta: { title?: string };
  /** A part of the text, in which `<`, `>`, and nothing else are escaped, with `<mark>` around what was found. */
  excerpt: string;
}

export type Filters = Record<string, string>;
/** How many stories have each value, by the name of the filter. */
export type Counts = Record<string, Record<string, number>>;

/** The part of Pagefind that is used. */
interface Instance {
  search(query: string | null, options: { filters: Filters; sort?: { date: 'desc' } }): Promise<{ results: Hit[] }>;
  filters(): Promise<Counts>;
}
interface Program {
  createInstance(options: object): Instance;
}

export interface Shard {
  year: string;
  language: string;
  /** Loads the index when it is called for the first time. */
  open(): Promise<Instance>;
  isOpen(): boolean;
}

export interface Query {
  /** As `searchable` returns it. Empty if the reader only filters. */
  words: string;
  filters: Filters;
  isByDate: boolean;
}

/** If there are fewer results, other spellings and older years are searched too. */
export const enough = 10;

/** Opens and keeps the shards of a site. @param base of the site, with a slash at its end */
export class Shards {
  readonly #base: string;
  readonly #own: string;
  /** Of the present query. */
  #years = new Map<string, Promise<Shard[]>>();
  /** By year, language, rules, and tag. */
  #shards = new Map<string, Shard>();
  #programs = new Map<string, Promise<Program>>();
  #failures = 0;

  constructor(base: string, language: string) {
    this.#base = base;
    this.#own = language;
  }

  /** The shards of a year: the language of the site first, and then those with the most stories. */
  open(year: string): Promise<Shard[]> {
    const known = this.#years.get(year) ?? this.#load(year);
    this.#years.set(year, known);
    return known;
  }

  /**
   * Before each query: the site may have been published again since the last one. Pagefind says nothing if a file of a
   * shard is gone, so each year says again which shards it has, and one with the same tag is kept.
   */
  renew(): void {
    this.#years.clear();
  }

  /** After an error. */
  forget(): void {
    this.#years.clear();
    this.#shards.clear();
  }

  async #load(year: string): Promise<Shard[]> {
    const folder = `${this.#base}pagefind/${year}/`;
    const response = await fetch(`${folder}index.json`, { cache: 'no-cache' });
    // The year has just begun, or its only story was removed.
    if (response.status === 404) return [];
    if (!response.ok) throw new Error(`${response.status}`);
    const { languages } = (await response.json()) as YearOfSearch;
    const rank = (language: string) => (language === this.#own ? 0 : 1);
    const sorted = languages.sort((a, b) => rank(a.language) - rank(b.language) || b.stories - a.stories);
    return sorted.map(({ language, rules, tag }) => {
      const key = [year, language, rules, tag].join(' ');
      const shard = this.#shards.get(key) ?? this.#shard(year, `${folder}${language}/`, { language, rules, tag });
      this.#shards.set(key, shard);
      return shard;
    });
  }

  #shard(
    year: string,
    folder: string,
    { language, rules, tag }: { language: string; rules: string; tag: string },
  ): Shard {
    let instance: Promise<Instance> | undefined;
    const load = async () => {
      const { createInstance } = await this.#program(rules);
      return this.#instance(createInstance, folder, language, tag);
    };
    return {
      year,
      language,
      isOpen: () => instance !== undefined,
      open: () => {
        instance ??= load().catch((error) => {
          instance = undefined;
          throw error;
        });
        return instance;
      },
    };
  }

  /** A copy of the program has the rules for words of one language, so languages with other rules get another copy. */
  #program(rules: string): Promise<Program> {
    const known = this.#programs.get(rules) ?? this.#import(rules);
    this.#programs.set(rules, known);
    return known;
  }

  /** Browsers remember a module that could not be loaded by its address, so after a failure it gets another one. */
  async #import(rules: string): Promise<Program> {
    const apart = this.#programs.size > 0 ? [rules] : [];
    const again = this.#failures > 0 ? [`again=${this.#failures}`] : [];
    const more = [...apart, ...again].join('&');
    try {
      return await import(/* @vite-ignore */ `${this.#base}pagefind/pagefind.js${more === '' ? '' : `?${more}`}`);
    } catch (error) {
      this.#failures += 1;
      this.#programs.delete(rules);
      throw error;
    }
  }

  /** Pagefind reads the language from the page while it is created, and from nowhere else. */
  #instance(create: Program['createInstance'], basePath: string, language: string, tag: string): Instance {
    const page = document.documentElement;
    const spoken = page.lang;
    const isOther = language !== this.#own;
    if (isOther) page.lang = language;
    try {
      return create({ basePath, noWorker: true, metaCacheTag: tag, excerptLength: 28 });
    } finally {
      if (isOther) page.lang = spoken;
    }
  }
}

/** Most newsrooms have fewer languages. In others, the rest is loaded only if these have little. */
const languagesAtFirst = 3;

/** The results in the shards of a year, by shard. */
export async function search(shards: readonly Shard[], query: Query): Promise<Hit[][]> {
  const searched = (some: readonly Shard[]) => Promise.all(some.map((shard) => searchShard(shard, query)));
  const found = await searched(shards.slice(0, languagesAtFirst));
  if (found.flat().length < enough) found.push(...(await searched(shards.slice(languagesAtFirst))));
  return found;
}

/** The results in a shard, best or newest first. */
async function searchShard({ open, language }: Shard, { words, filters, isByDate }: Query): Promise<Hit[]> {
  const instance = await open();
  const options = { filters, ...(isByDate ? { sort: { date: 'desc' as const } } : {}) };
  const hits = (await instance.search(words === '' ? null : words, options)).results;
  for (const other of otherSpellings(words, language)) {
    if (hits.length >= enough) break;
    const known = new Set(hits.map(({ id }) => id));
    hits.push(...(await instance.search(other, options)).results.filter(({ id }) => !known.has(id)));
  }
  return hits;
}
