import { basename, extname, posix } from 'node:path';
import { isHidden } from '../../ingest/folder.ts';
import { cleanSlug } from '../../site/slug.ts';
import { isDocument } from '../../story/documents.ts';
import type { LinkPlace } from '../links.ts';
import { decodePath } from '../old-address.ts';
import type { FoundFile, SourceFiles } from '../source-files.ts';
import type { DocumentLine } from './document-lines.ts';
import { endingOf, expectedBytes, isPageEnding, isPictureEnding } from './types.ts';

/** The story whose links are followed. */
export interface DocumentStory {
  place: LinkPlace;
  /** Shown to people. */
  file: string;
  /** Its address on the new site. */
  address?: string;
  /** Readers cannot see it, or not yet. */
  isHidden: boolean;
  /** Of the names of files beside it, for texts that share a folder. */
  prefix: string;
}

interface Tools {
  files: SourceFiles;
  /** Claims an address in `public/`. @returns why the file cannot have it */
  claim(source: string, address: string): string | undefined;
  /** The address in `public/` that a file already has. */
  publishedAt(source: string): string | undefined;
  /** Why a file does not come along, '' if it does, or undefined if it has not been checked. */
  faultOf(path: string, ending: string): string | undefined;
}

type Line = Omit<DocumentLine, 'to'>;

const base = 'http://old.invalid';
const notPublic = (ending: string): string => `files of the kind .${ending} are not made public by an import`;
const onlyHidden = 'only stories that are not public link to it, so it is published with its story';
const hiddenAlone =
  'only stories that are not public link to it, and files of this kind are not published beside a story';

/** The documents that the links of one story lead to. */
export class StoryDocuments {
  /** Complete path → its address in `public/`. */
  readonly public = new Map<string, { address: string; line: Line }>();
  /** Complete path → its name beside the story. */
  readonly beside = new Map<string, { name: string; line: Line }>();
  /** By address, what did not come along. */
  readonly lines = new Map<string, DocumentLine>();
  readonly #story: DocumentStory;
  readonly #tools: Tools;

  constructor(story: DocumentStory, tools: Tools) {
    this.#story = story;
    this.#tools = tools;
  }

  /** Whether a hidden story would have its own copy of a file that a public story may publish later. */
  get isWaiting(): boolean {
    return (
      this.#story.isHidden &&
      (this.beside.size > 0 || [...this.lines.values()].some(({ reason }) => reason === hiddenAlone))
    );
  }

  /**
   * The link to a document, from the page of the story.
   *
   * @param url on the old site, as written
   * @returns undefined if it is no document, or does not come along
   */
  link = (url: string): string | undefined => {
    const { path, fragment } = partsOf(url);
    const ending = endingOf(path);
    const { place } = this.#story;
    if (isPageEnding(ending)) return this.#notePage(url, path);
    const { files } = this.#tools;
    let found =
      files.find(url, place, 'file') ?? (isPictureEnding(ending) ? files.find(url, place, 'sizes') : undefined);
    if (found && isHiddenName(path))
      return this.#refuse(url, found, 'its name, or that of its folder, begins with a dot or is temporary');
    if (expectedBytes(ending) === undefined) {
      if (found) this.#refuse(url, found, notPublic(ending));
      return undefined;
    }
    let fault = found && this.#tools.faultOf(found.path, ending);
    if (!found || fault) {
      // A file that cannot be used can be the mere pointer to a document (Git LFS).
      const path = files.download(url, place, 'document');
      if (path !== undefined) {
        found = { path, isBeside: false };
        fault = this.#tools.faultOf(path, ending);
      }
    }
    if (!found) {
      const address = this.#addressOf(url, undefined) ?? path;
      const reason = files.whyNotDownloaded(url, place);
      this.#line(address, {
        address,
        state: 'missing',
        file: this.#story.file,
        ...(reason === undefined ? {} : { reason }),
      });
      return undefined;
    }
    // The answer is asked for again once the file has been checked.
    if (fault === undefined) return undefined;
    if (fault !== '') {
      this.#refuse(url, found, fault);
      return undefined;
    }
    const to = this.#placeOf(url, found, ending);
    return to === undefined ? undefined : to + fragment;
  };

  /** Decides where a file goes. @returns the link to it */
  #placeOf(url: string, found: FoundFile, ending: string): string | undefined {
    const { file, isHidden } = this.#story;
    const address = this.#addressOf(url, found);
    const line: Line = { address: address ?? partsOf(url).path, state: 'public', file };
    if (isHidden) {
      const published = this.#tools.publishedAt(found.path);
      if (published !== undefined) return printed(published);
      if (!isDocument(`x.${ending}`)) return this.#refuse(url, found, hiddenAlone);
      return this.#putBeside(found, ending, { ...line, state: 'beside', reason: onlyHidden });
    }
    if (address !== undefined && this.#isOwn(address, found)) {
      const reason = 'its address is below that of its story';
      if (isDocument(`x.${ending}`)) return this.#putBeside(found, ending, { ...line, state: 'beside', reason });
    }
    const known = this.public.get(found.path);
    if (known) return printed(known.address);
    const fault = address === undefined ? 'its old address is not known' : this.#tools.claim(found.path, address);
    if (address !== undefined && fault === undefined) {
      this.public.set(found.path, { address, line });
      return printed(address);
    }
    const reason = fault ?? 'its old address is not known';
    if (!isDocument(`x.${ending}`)) return this.#refuse(url, found, reason);
    return this.#putBeside(found, ending, { ...line, state: 'beside', reason });
  }

  /** Whether a document beside the story would have the same address. */
  #isOwn(address: string, found: FoundFile): boolean {
    const { address: own } = this.#story;
    return own?.endsWith('/') === true && address === own + this.#nameFor(found, endingOf(address));
  }

  #putBeside(found: FoundFile, ending: string, line: Line): string {
    const known = this.beside.get(found.path);
    if (known) return known.name;
    const name = this.#nameFor(found, ending);
    this.beside.set(found.path, { name, line });
    return name;
  }

  #nameFor({ path }: FoundFile, ending: string): string {
    const taken = new Set(
      [...this.beside].filter(([other]) => other !== path).map(([, { name }]) => name.toLowerCase()),
    );
    const stem = cleanSlug(basename(path, extname(path))).slice(0, 80) || 'document';
    for (let number = 1; ; number++) {
      const name = `${this.#story.prefix}${stem}${number === 1 ? '' : `-${number}`}.${ending}`;
      // Each turn tries another name, and every file has one, so one of the next is free.
      if (!taken.has(name.toLowerCase()) || number > taken.size + 1) return name;
    }
  }

  /** The old address of a file, from the root, or undefined if nothing says it. */
  #addressOf(url: string, found: FoundFile | undefined): string | undefined {
    const { path } = partsOf(url);
    if (path.startsWith('/')) return posix.normalize(path);
    if (found && !found.isBeside) return found.address;
    const { address } = this.#story.place;
    if (address === undefined || !URL.canParse(encodeURI(path), base + encodeURI(address))) return undefined;
    return decodePath(new URL(encodeURI(path), base + encodeURI(address)).pathname);
  }

  /** A page of its own that the old site had as a file can run code, so it is not made public unseen. */
  #notePage(url: string, path: string): undefined {
    const { files } = this.#tools;
    const { place } = this.#story;
    const isFolder = endingOf(path) === '';
    const found = isFolder
      ? files.find(`${path.replace(/\/$/, '')}/index.html`, place, 'file')
      : files.find(url, place, 'file');
    const ending = endingOf(found?.path ?? '');
    if (!found || path === '' || path === '/') return undefined;
    if (/^html?$/.test(ending)) this.#refuse(url, found, 'it is a page of its own, which can run code');
    else if (!/^(?:md|mdx|markdown|mdown)$/.test(ending)) this.#refuse(url, found, notPublic(ending));
    return undefined;
  }

  #refuse(url: string, found: FoundFile, reason: string): undefined {
    const address = this.#addressOf(url, found) ?? partsOf(url).path;
    this.#line(address, { address, state: 'refused', file: this.#story.file, reason });
    return undefined;
  }

  #line(key: string, line: DocumentLine): void {
    if (!this.lines.has(key)) this.lines.set(key, line);
  }
}

/** The decoded path of an address, without its host, and its fragment. */
function partsOf(url: string): { path: string; fragment: string } {
  const bare = url.trim();
  const fragment = bare.includes('#') ? bare.slice(bare.indexOf('#')) : '';
  const complete = bare.startsWith('//') ? `https:${bare}` : bare;
  const path = /^https?:\/\//i.test(complete) && URL.canParse(complete) ? new URL(complete).pathname : bare;
  return { path: decodePath(path.replace(/[?#].*$/s, '')), fragment };
}

/** Whether a part of a path, other than `..`, is hidden or temporary. */
const isHiddenName = (path: string): boolean =>
  path.split('/').some((part) => !/^\.{0,2}$/.test(part) && isHidden(part));

/** An address as a link. */
const printed = (address: string): string =>
  address.replace(/[\p{Zs}"<>\\^`{|}()']/gu, (sign) =>
    [...Buffer.from(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
