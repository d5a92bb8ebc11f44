import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import type { FetchKind } from './fetch/check-download.ts';
import type { Downloads } from './fetch/downloads.ts';
import { type LinkPlace, oldUrl, withoutFirst } from './links.ts';
import { decodePath } from './old-address.ts';
import { isOwnHost } from './own-hosts.ts';
import { isWithin, real } from './source-folder.ts';

/** Folders whose content the old generator copied to the root of its site. */
const rootFolders = ['', 'static', 'public', 'assets', 'src', 'src/assets', 'source', 'content', 'website/static'];

/**
 * `file` is the file that the address names. `sizes` can be the same picture in another size. `guess` can also be a file
 * that has the address only if the old site was below a folder that nothing names.
 */
type Match = 'file' | 'sizes' | 'guess';

/** A file that an address in an archive means. */
export interface FoundFile {
  /** Complete, without symbolic links. */
  path: string;
  /** The file is beside the text that names it, and not below a root of the old site. */
  isBeside: boolean;
  /** Of a file that is below a root of the old site: its address there. */
  address?: string;
}

export interface SourceFilesOptions {
  /** The folder of the archive. */
  folder: string;
  /** The folder of files whose addresses begin at the root, if it is not in the archive. */
  publicFolder?: string | undefined;
  /** The addresses of the old site, the main one first. */
  origins: readonly URL[];
  /** Folders of the archive whose files had addresses from the root, besides the usual ones. Relative. */
  roots?: readonly string[] | undefined;
  /** Paths below which the old site was, such as `/blog`. Its files are there under their addresses without them. */
  bases?: readonly string[] | undefined;
  /** Files that an address can mean, by the rules of the old system, as complete paths. */
  ofSource?(url: string): string[];
  /** A folder of files that were inside of the archive. It can appear during the import. */
  unpacked?(): string | undefined;
  /** Whether a file of the archive is private, so that no story can have it. @param path complete */
  isPrivate?(path: string): boolean;
  /** Files that were downloaded. They are used if the archive does not contain them. */
  downloads?: Downloads | undefined;
}

/** Finds the files that addresses in an archive mean: pictures, and documents that links lead to. It reads none. */
export class SourceFiles {
  readonly #options: SourceFilesOptions;
  /** Whether a folder of the archive exists, because each file could be in ten, and most of those are not there. */
  readonly #folders = new Map<string, boolean>();
  /** What was found for the story that is being converted, because each address is asked several times. */
  #foundFor: LinkPlace & { byUrl: Map<string, FoundFile | undefined> } = { file: '', byUrl: new Map() };

  constructor(options: SourceFilesOptions) {
    this.#options = options;
  }

  /**
   * The file of the archive that an address means.
   *
   * @param match how certain it must be that the address means the file
   */
  find(url: string, place: LinkPlace, match: Match = 'guess'): FoundFile | undefined {
    const { file, address } = place;
    if (this.#foundFor.file !== file || this.#foundFor.address !== address)
      this.#foundFor = { file, address, byUrl: new Map() };
    const { byUrl } = this.#foundFor;
    const key = `${match} ${url}`;
    if (!byUrl.has(key)) byUrl.set(key, this.#lookUp(url, place, match));
    return byUrl.get(key);
  }

  #lookUp(url: string, place: LinkPlace, match: Match): FoundFile | undefined {
    const path = this.#pathOf(url);
    for (const named of this.#options.ofSource?.(url) ?? []) {
      if (match === 'file' && path !== undefined && basename(named) !== basename(path)) continue;
      const found = this.#usable(named);
      if (found === undefined) continue;
      const isBeside = path !== undefined && this.#besideOf(path, place).some((file) => real(file) === found);
      return { path: found, isBeside, address: this.#addressOf(found) };
    }
    if (path === undefined) return undefined;
    const { folder, publicFolder } = this.#options;
    const { roots = [], bases = [] } = this.#options;
    const below = bases.filter((base) => path.startsWith(`${base}/`)).map((base) => path.slice(base.length));
    const fromRoot = [path, ...below].flatMap((each) => [
      ...(publicFolder === undefined ? [] : [join(publicFolder, each)]),
      ...[...rootFolders, ...roots].map((root) => join(folder, root, each)),
    ]);
    if (/^[@~]\//.test(path)) fromRoot.push(join(folder, 'src', path.slice(2)), join(folder, path.slice(2)));
    // The old site was below a folder that nothing names, such as /blog/, and the archive begins there.
    const inside = match === 'guess' ? withoutFirst(path) : undefined;
    if (inside !== undefined) fromRoot.push(...rootFolders.map((root) => join(folder, root, inside)));
    const beside = this.#besideOf(path, place);
    // Texts have one Unicode form, but the name on disk can have another.
    for (const candidate of [...beside, ...fromRoot])
      for (const spelling of new Set([candidate, candidate.normalize('NFD')])) {
        const found = this.#usable(spelling);
        if (found !== undefined) {
          const isBeside = beside.includes(candidate);
          return { path: found, isBeside, ...(isBeside ? {} : { address: posix.normalize(`/${path}`) }) };
        }
      }
    return undefined;
  }

  /**
   * The downloaded file of an address. If it is not there, it becomes one of those that are downloaded.
   *
   * @param kind what it is needed for
   * @param isGuess only look whether it is there
   */
  download(url: string, place: LinkPlace, kind: FetchKind, isGuess = false): string | undefined {
    const { downloads } = this.#options;
    const address = downloads && this.elsewhere(url, place);
    const path = address === undefined ? undefined : downloads?.fileOf(address, kind, isGuess);
    return path === undefined ? undefined : this.#usable(path);
  }

  /** Why the file of an address was not downloaded, if that was tried or refused. */
  whyNotDownloaded(url: string, place: LinkPlace): string | undefined {
    const { downloads } = this.#options;
    const address = downloads && this.elsewhere(url, place);
    return address === undefined ? undefined : downloads?.reasonOf(address);
  }

  /** The complete address of something on the old site, or on another one. */
  elsewhere(url: string, place: LinkPlace): string | undefined {
    const bare = url.replace(/[\p{Cc}\s]+/gu, '');
    if (/^https?:\/\//i.test(bare)) return URL.canParse(bare) ? bare : undefined;
    if (bare.startsWith('//')) return URL.canParse(`https:${bare}`) ? `https:${bare}` : undefined;
    const [origin] = this.#options.origins;
    if (/^[a-z][a-z0-9+.-]*:/i.test(bare) || !origin) return undefined;
    return oldUrl(url.trim(), place, origin);
  }

  /** What an address says after the host, decoded, or undefined if it is on another site or no address of a file. */
  #pathOf(url: string): string | undefined {
    let path = url.trim();
    if (/^(?:https?:)?\/\//i.test(path)) {
      const complete = path.startsWith('//') ? `https:${path}` : path;
      if (!URL.canParse(complete) || !isOwnHost(new URL(complete).host, this.#options.origins)) return undefined;
      path = new URL(complete).pathname;
    }
    path = decodePath(path.replace(/[?#].*$/s, ''));
    return path === '' || path.includes('\0') || /^[a-z][a-z0-9+.-]*:/i.test(path) ? undefined : path;
  }

  /** Where a file can be that a path names from the text that contains it: beside the text, or in a folder with its name. */
  #besideOf(path: string, place: LinkPlace): string[] {
    if (path.startsWith('/')) return [];
    const text = join(this.#options.folder, dirname(place.file));
    return [join(text, path), join(text, basename(place.file).replace(/\.[^.]+$/, ''), path)];
  }

  /** The address of a file of the archive on the old site, if it is below the folder of its root. */
  #addressOf(path: string): string {
    const inside = relative(real(this.#options.folder), path).replaceAll('\\', '/');
    return `/${inside.replace(/^(?:static|public|content|source)\//, '')}`;
  }

  /** `..` and symbolic links must not lead outside the given folders. */
  #usable(path: string): string | undefined {
    if (!this.#canBeThere(path)) return undefined;
    try {
      if (!statSync(path).isFile()) return undefined;
    } catch {
      return undefined;
    }
    const { folder, publicFolder, unpacked, downloads, isPrivate } = this.#options;
    if (isPrivate?.(path)) return undefined;
    const isInside = [folder, publicFolder, unpacked?.(), downloads?.folder].some(
      (allowed) => allowed !== undefined && isWithin(path, allowed),
    );
    return isInside ? real(path) : undefined;
  }

  /** It is remembered only of the archive itself, because files that are unpacked can appear during the import. */
  #canBeThere(path: string): boolean {
    const { folder: root, publicFolder } = this.#options;
    const folder = dirname(path);
    if (![root, publicFolder].some((each) => each !== undefined && folder.startsWith(`${each}/`))) return true;
    let exists = this.#folders.get(folder);
    if (exists === undefined) {
      exists = existsSync(folder);
      this.#folders.set(folder, exists);
    }
    return exists;
  }
}
