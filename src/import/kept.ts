import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cleanSlug } from '../site/slug.ts';
import type { Source } from './source.ts';

/** The folder in the cache with copies of what could not be imported, as it was. */
export class Kept {
  readonly #folder: string;
  readonly #source: Source;
  readonly #names = new Set<string>();

  /** @param cache the cache folder of the newsroom. Copies of an earlier import are deleted */
  constructor(cache: string, source: Source) {
    this.#folder = join(cache, 'import/kept');
    this.#source = source;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Keeps a copy of an item. @returns its complete path, or undefined if there is nothing to copy */
  async keep(key: string | undefined, where: string): Promise<string | undefined> {
    if (key === undefined || !this.#source.keep) return undefined;
    mkdirSync(this.#folder, { recursive: true });
    const path = join(this.#folder, this.#freeName(where));
    try {
      return (await this.#source.keep(key, path)) ? path : undefined;
    } catch {
      // The receipt then names the item without a copy. The archive itself still has it.
      return undefined;
    }
  }

  #freeName(where: string): string {
    const ending = /\.\w{1,8}$/.exec(where)?.[0] ?? '';
    const stem = cleanSlug(where.slice(0, where.length - ending.length)).slice(0, nameCharsMax) || 'item';
    for (let number = 1; ; number++) {
      const name = `${stem}${number === 1 ? '' : `-${number}`}${ending}`;
      if (this.#names.has(name.toLowerCase())) continue;
      this.#names.add(name.toLowerCase());
      return name;
    }
  }
}

const nameCharsMax = 80;
