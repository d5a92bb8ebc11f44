import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { readPictureFacts } from '../pictures/metadata.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import { PictureError } from '../pictures/problems.ts';
import { cleanSlug } from '../site/slug.ts';
import type { PictureAnswer } from './body/context.ts';
import type { Downloads } from './fetch/downloads.ts';
import { type LinkPlace, oldUrl } from './links.ts';
import { decodePath, isSameHost } from './old-address.ts';
import { isWithin, real } from './source-folder.ts';

/** Folders whose content the old generator copied to the root of its site. */
const rootFolders = ['', 'static', 'public', 'assets', 'src', 'src/assets'];
const pictureBytesMax = 200_000_000;

/** Finds the pictures of an archive on disk and reads each one once. */
export class PictureShelf {
  readonly #folder: string;
  readonly #publicFolder: string | undefined;
  readonly #origin: URL | undefined;
  /** By complete path: the facts of the file, or why it cannot be used. */
  readonly #facts = new Map<string, PictureFacts | string>();
  readonly #pending = new Set<string>();

  readonly #ofSource: (url: string) => string[];
  readonly #unpacked: () => string | undefined;
  readonly #downloads: Downloads | undefined;
  /** Whether a folder of the archive exists, because each picture could be in ten, and most of those are not there. */
  readonly #folders = new Map<string, boolean>();
  /** What was found for the story that is being converted, because each address is asked several times. */
  #foundFor: { place: LinkPlace; byUrl: Map<string, string | undefined> } | undefined;

  /**
   * @param publicFolder the folder of pictures whose addresses begin at the root, if it is not in the source folder
   * @param ofSource files that an address can mean, by the rules of the old system, as complete paths
   * @param unpacked a folder of files that were inside of the archive. It can appear during the import
   * @param downloads files that were downloaded. They are used if the archive does not contain them
   */
  constructor(
    folder: string,
    publicFolder: string | undefined,
    origin: URL | undefined,
    ofSource: (url: string) => string[] = () => [],
    unpacked: () => string | undefined = () => undefined,
    downloads?: Downloads,
  ) {
    this.#folder = folder;
    this.#publicFolder = publicFolder;
    this.#origin = origin;
    this.#ofSource = ofSource;
    this.#unpacked = unpacked;
    this.#downloads = downloads;
  }

  /** Whether a story has used a file. @param path complete */
  isUsed(path: string): boolean {
    return this.#facts.has(real(path));
  }

  /** Pictures that a story probably needs are read with the next `load`. They are not downloaded for this. */
  expect(urls: readonly string[], place: LinkPlace): void {
    for (const url of urls) {
      const path = this.#find(url, place) ?? this.#download(url, place, true);
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
        let path = this.#find(url, place);
        // A file that cannot be used can be the mere pointer to a picture (Git LFS).
        if (path === undefined || typeof this.#facts.get(path) === 'string') path = this.#download(url, place) ?? path;
        const facts = path === undefined ? undefined : this.#facts.get(path);
        if (path !== undefined && facts === undefined) this.#pending.add(path);
        if (typeof facts === 'string') problems.add(`the picture ${url.slice(0, 200)} was left out: ${facts}`);
        if (path === undefined || facts === undefined || typeof facts === 'string')
          return { kind: 'away', url: this.#elsewhere(url, place), name: nameOf(wanted, url, nameInUrl(url)) };
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

  #find(url: string, place: LinkPlace): string | undefined {
    if (this.#foundFor?.place !== place) this.#foundFor = { place, byUrl: new Map() };
    const { byUrl } = this.#foundFor;
    if (!byUrl.has(url)) byUrl.set(url, this.#lookUp(url, place));
    return byUrl.get(url);
  }

  #lookUp(url: string, place: LinkPlace): string | undefined {
    for (const path of this.#ofSource(url)) {
      const found = this.#usable(path);
      if (found !== undefined) return found;
    }
    let path = url.trim();
    if (/^(?:https?:)?\/\//i.test(path)) {
      const complete = path.startsWith('//') ? `https:${path}` : path;
      if (!this.#origin || !URL.canParse(complete) || !isSameHost(new URL(complete).host, this.#origin.host))
        return undefined;
      path = new URL(complete).pathname;
    }
    path = decodePath(path.replace(/[?#].*$/s, ''));
    if (path === '' || path.includes('\0') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
    const fromRoot = rootFolders.map((folder) => join(this.#folder, folder, path));
    if (this.#publicFolder !== undefined) fromRoot.unshift(join(this.#publicFolder, path));
    if (/^[@~]\//.test(path))
      fromRoot.push(join(this.#folder, 'src', path.slice(2)), join(this.#folder, path.slice(2)));
    const beside = join(this.#folder, dirname(place.file));
    const bundle = join(beside, basename(place.file).replace(/\.[^.]+$/, ''));
    const candidates = path.startsWith('/') ? fromRoot : [join(beside, path), join(bundle, path), ...fromRoot];
    // Texts have one Unicode form, but the name on disk can have another.
    return candidates
      .flatMap((candidate) => [candidate, candidate.normalize('NFD')])
      .map((candidate) => this.#usable(candidate))
      .find((found) => found !== undefined);
  }

  #download(url: string, place: LinkPlace, isGuess = false): string | undefined {
    const address = this.#downloads && this.#elsewhere(url, place);
    const path = address === undefined ? undefined : this.#downloads?.fileOf(address, isGuess);
    return path === undefined ? undefined : this.#usable(path);
  }

  /** `..` and symbolic links must not lead outside the given folders. */
  #usable(path: string): string | undefined {
    if (!this.#canBeThere(path)) return undefined;
    try {
      if (!statSync(path).isFile()) return undefined;
    } catch {
      return undefined;
    }
    const isInside = [this.#folder, this.#publicFolder, this.#unpacked(), this.#downloads?.folder].some(
      (folder) => folder !== undefined && isWithin(path, folder),
    );
    return isInside ? real(path) : undefined;
  }

  /** It is remembered only of the archive itself, because files that are unpacked can appear during the import. */
  #canBeThere(path: string): boolean {
    const folder = dirname(path);
    if (![this.#folder, this.#publicFolder].some((root) => root !== undefined && folder.startsWith(`${root}/`)))
      return true;
    let exists = this.#folders.get(folder);
    if (exists === undefined) {
      exists = existsSync(folder);
      this.#folders.set(folder, exists);
    }
    return exists;
  }

  #elsewhere(url: string, place: LinkPlace): string | undefined {
    const bare = url.replace(/[\p{Cc}\s]+/gu, '');
    if (/^https?:\/\//i.test(bare)) return URL.canParse(bare) ? bare : undefined;
    if (bare.startsWith('//')) return URL.canParse(`https:${bare}`) ? `https:${bare}` : undefined;
    if (/^[a-z][a-z0-9+.-]*:/i.test(bare) || !this.#origin) return undefined;
    return oldUrl(url.trim(), place, this.#origin);
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
