import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { readPictureFacts } from '../pictures/metadata.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import { PictureError } from '../pictures/problems.ts';
import { cleanSlug } from '../site/slug.ts';
import type { PictureAnswer } from './body/context.ts';
import type { LinkPlace } from './links.ts';
import { decodePath } from './old-address.ts';
import type { SourceFiles } from './source-files.ts';
import { real } from './source-folder.ts';

const pictureBytesMax = 200_000_000;

/** Finds the pictures of an archive on disk and reads each one once. */
export class PictureShelf {
  readonly #files: SourceFiles;
  /** By complete path: the facts of the file, or why it cannot be used. */
  readonly #facts = new Map<string, PictureFacts | string>();
  readonly #pending = new Set<string>();

  constructor(files: SourceFiles) {
    this.#files = files;
  }

  /** Whether a story has used a file. @param path complete */
  isUsed(path: string): boolean {
    return this.#facts.has(real(path));
  }

  /** Pictures that a story probably needs are read with the next `load`. They are not downloaded for this. */
  expect(urls: readonly string[], place: LinkPlace): void {
    for (const url of urls) {
      const path = this.#files.find(url, place)?.path ?? this.#files.download(url, place, 'picture', true);
      if (path !== undefined && !this.#facts.has(path)) this.#pending.add(path);
    }
  }

  /**
   * Starts a story: its pictures get unique names.
   *
   * @param prefix of the names, for texts that share a folder
   */
  story(place: LinkPlace, prefix = ''): StoryPictures {
    const names = new Map<string, string>();
    const problems = new Set<string>();
    /** Address → the name under which the words of a missing picture are kept. */
    const wanted = new Map<string, string>();
    const nameOf = (given: Map<string, string>, key: string, from: string | undefined): string | undefined => {
      const known = given.get(key);
      if (known !== undefined || from === undefined) return known;
      const taken = [...names.values(), ...wanted.values()].map((name) => name.toLowerCase());
      const name = freeName(from, new Set(taken), prefix);
      given.set(key, name);
      return name;
    };
    return {
      names,
      problems,
      answer: (url) => {
        let path = this.#files.find(url, place)?.path;
        // A file that cannot be used can be the mere pointer to a picture (Git LFS).
        if (path === undefined || typeof this.#facts.get(path) === 'string')
          path = this.#files.download(url, place, 'picture') ?? path;
        const facts = path === undefined ? undefined : this.#facts.get(path);
        if (path !== undefined && facts === undefined) this.#pending.add(path);
        if (typeof facts === 'string') problems.add(`the picture ${url.slice(0, 200)} was left out: ${facts}`);
        if (path === undefined || facts === undefined || typeof facts === 'string')
          return { kind: 'away', url: this.#files.elsewhere(url, place), name: nameOf(wanted, url, nameInUrl(url)) };
        const name = nameOf(names, path, path) ?? '';
        return { kind: 'local', name, facts };
      },
    };
  }

  /**
   * Reads the requested pictures that are not yet known. @returns whether there were any, so that the request should be
   * repeated
   */
  async load(): Promise<boolean> {
    const paths = [...this.#pending];
    this.#pending.clear();
    for (const path of paths) {
      try {
        if (statSync(path).size > pictureBytesMax) this.#facts.set(path, 'larger than 200 MB');
        else this.#facts.set(path, await readPictureFacts(readFileSync(path)));
      } catch (error) {
        if (!(error instanceof PictureError) && !(error instanceof Error && 'code' in error)) throw error;
        this.#facts.set(path, error instanceof PictureError ? error.reason : error.message);
      }
    }
    return paths.length > 0;
  }
}

export interface StoryPictures {
  /** Complete path → name beside the story. */
  names: Map<string, string>;
  /** Files that exist but are not pictures. */
  problems: Set<string>;
  answer(url: string): PictureAnswer;
}

/** The file that an address names, with the ending of a picture, or undefined if it names none. */
function nameInUrl(url: string): string | undefined {
  if (/^(?:data|blob|javascript):/i.test(url.trim())) return undefined;
  const last = basename(decodePath(url.trim().replace(/[?#].*$/s, '')));
  if (last === '') return undefined;
  return /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?)$/i.test(last) ? last : `${last}.jpg`;
}

function freeName(path: string, taken: ReadonlySet<string>, prefix: string): string {
  const ending = extname(path).toLowerCase();
  const stem = cleanSlug(basename(path, extname(path))).slice(0, 80) || 'picture';
  for (let number = 1; ; number++) {
    const name = `${prefix}${stem}${number === 1 ? '' : `-${number}`}${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
