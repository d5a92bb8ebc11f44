import { copyFileSync, lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readDate } from '../../../site/read-date.ts';
import { faultOf } from '../../fault.ts';
import { readFields } from '../../fields.ts';
import { readFileName } from '../../old-address.ts';
import { isOwnHost } from '../../own-hosts.ts';
import {
  type BrokenItem,
  ImportError,
  type ItemBody,
  type Source,
  type SourceFile,
  type SourceItem,
  type SourceKind,
  type SourceOptions,
} from '../../source.ts';
import type { Arranged } from '../arrange/block.ts';
import { ZipError } from '../zip/zip-reader.ts';
import { Unpacked } from './unpacked.ts';
import { startOf, type WalkedFiles, walkFiles } from './walk.ts';

/** A file after it has been read. */
export interface ReadFile extends Arranged {
  /** Pictures that are inside of the file, by the name that the HTML uses. */
  pictures?: ReadonlyMap<string, () => Uint8Array>;
  /** The address of the page on its old site. */
  canonical?: string;
  /** The name of the file is no name for a story. */
  isNamedByHeadline?: boolean;
}

/** How the files of one kind are recognised and read. */
export interface FileKind {
  kind: SourceKind;
  /** Whether a file is of this kind, by its first bytes, then its name. */
  claims(file: string, start: Buffer): boolean;
  /** Why a file that seems to be of this kind can never be read, as the rest of a sentence about it. */
  refuses?(file: string, start: Buffer): string | undefined;
  /** @throws {ZipError} it cannot be read, with the reason */
  read(path: string, options: SourceOptions): Promise<ReadFile | { reason: string }>;
}

/** Texts that were converted in the first pass are kept for the second one up to this size. */
const keptCharsMax = 20_000_000;

const pictureName = /\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|heic|bmp)$/i;
const documentName = /\.(?:pdf|csv|xlsx?|pptx?|mp3|mp4|m4a|mov|webm|zip)$/i;

/** An archive in which each file is a story, such as a folder of Word documents. One file is an archive too. */
export function fileSource(kind: FileKind, options: SourceOptions): Source {
  const { context } = options;
  const unpacked = new Unpacked();
  const kept = new Map<string, ReadFile>();
  const order = new Map<string, number>();
  const others: SourceFile[] = [];
  const origins = new Map<string, number>();
  let walked: WalkedFiles | undefined;
  let keptChars = 0;
  /** The item whose pictures are unpacked. */
  let current: number | undefined;
  const folder = lstatSync(options.source).isDirectory() ? options.source : dirname(options.source);

  return {
    kind: kind.kind,
    folder,
    get unpackedFolder() {
      return unpacked.folder;
    },
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      walked = walkFiles(options.source, options.except);
      const isAlone = walked.files.length === 1 && walked.folder !== options.source;
      for (const [index, file] of walked.files.entries()) {
        order.set(file, index);
        try {
          const start = startOf(join(folder, file));
          const refused = kind.refuses?.(file, start);
          if (refused !== undefined) yield { key: file, where: file, reason: refused };
          else if (kind.claims(file, start)) yield await itemOf(file);
          else if (isAlone) yield { key: file, where: file, reason: `not a file of the kind ${kind.kind}` };
          else
            others.push({ file, kind: pictureName.test(file) || documentName.test(file) ? 'asset' : 'not-understood' });
        } catch (error) {
          yield { key: file, where: file, reason: reasonOf(error) };
        }
      }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      for (const file of wanted) {
        let body: ItemBody;
        const index = order.get(file) ?? 0;
        try {
          const read = kept.get(file) ?? (await kind.read(join(folder, file), options));
          if ('reason' in read) body = { key: file, kind: 'broken', reason: read.reason };
          else {
            current = index;
            for (const [name, bytes] of read.pictures ?? []) unpacked.write(index, name, bytes);
            body = { key: file, kind: 'html', text: read.html };
          }
          kept.delete(file);
        } catch (error) {
          body = { key: file, kind: 'broken', reason: reasonOf(error) };
        }
        yield body;
        unpacked.free(index);
      }
    },
    pictureFiles: (url) =>
      current === undefined || !/^[^/?#\\]+$/.test(url)
        ? []
        : [join(unpacked.of(current), safeDecode(url)), join(unpacked.of(current), url)],
    async keep(file, to) {
      const path = join(folder, file);
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false;
      copyFileSync(path, to);
      return true;
    },
    facts: () => {
      const [most] = [...origins].sort((a, b) => b[1] - a[1]);
      return {
        notes: walked?.notes ?? [],
        files: others,
        left: walked?.left.lines() ?? [],
        ...(most === undefined ? {} : { origin: most[0] }),
      };
    },
    async close() {
      unpacked.close();
    },
  };

  async function itemOf(file: string): Promise<SourceItem | BrokenItem> {
    const read = await kind.read(join(folder, file), options);
    if ('reason' in read) return { key: file, where: file, reason: read.reason };
    if (keptChars + read.html.length <= keptCharsMax && (read.pictures?.size ?? 0) < 50) {
      keptChars += read.html.length;
      kept.set(file, read);
    }
    const data = new Map(read.fields);
    const embargo = data.get('embargo');
    data.delete('embargo');
    if (isLanguageOfSite(data.get('language'))) data.delete('language');
    addAddress(data, read.canonical);
    const fields = readFields(data, context);
    if (embargo !== undefined) {
      fields.embargo = readDate(embargo, context.site.timeZone);
      if (fields.embargo === undefined) fields.draft ??= 'it has an embargo whose date is not certain';
      else if (fields.published === undefined) fields.published = fields.embargo;
    }
    if (read.draft !== undefined) fields.draft ??= read.draft;
    const name = readFileName(basename(file) === file ? file : file);
    return {
      key: file,
      where: file,
      fields,
      name: read.isNamedByHeadline && fields.headline !== undefined ? { ...name, slug: fields.headline } : name,
      notes: read.notes,
    };
  }

  /** The canonical address of a page is its old address, if its site is the old site. */
  function addAddress(data: Map<string, unknown>, canonical: string | undefined): void {
    if (canonical === undefined || !URL.canParse(canonical)) return;
    const { protocol, host, origin, pathname } = new URL(canonical);
    if (!/^https?:$/.test(protocol) || pathname === '/') return;
    if (context.originHosts !== undefined && !isOwnHost(host, context.originHosts)) {
      data.set('canonical', canonical);
      return;
    }
    origins.set(origin, (origins.get(origin) ?? 0) + 1);
    data.set('permalink', pathname);
  }

  /** A site in English does not have to say so of each of its stories. */
  function isLanguageOfSite(language: unknown): boolean {
    const primary = (tag: string): string | undefined => /^[a-z]+/.exec(tag.toLowerCase())?.[0];
    return typeof language === 'string' && primary(language) === primary(context.site.language);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ImportError) throw error;
  return error instanceof ZipError ? error.message : faultOf(error);
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
