import { copyFileSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decode } from '../../decode.ts';
import { faultOf } from '../../fault.ts';
import { slugFor } from '../../old-address.ts';
import type {
  BrokenItem,
  ItemBody,
  Source,
  SourceAuthor,
  SourceFile,
  SourceItem,
  SourceKind,
  SourceOptions,
} from '../../source.ts';
import { walkFiles } from '../files/walk.ts';
import { bodyOf, fieldsOf, notAStory, type WireItem } from './wire-item.ts';

/** A format in which agencies send news. */
export interface WireFormat {
  kind: SourceKind;
  /** Whether a file with this name can contain items. */
  isFile(name: string): boolean;
  /** The items in the text of a file. A broken one is the sentence that says why. */
  read(text: string): Promise<(WireItem | string)[]>;
}

/** A file of an agency holds one item or a list of them, so this is large. */
const fileBytesMax = 50_000_000;

/**
 * One file from an agency, or a folder of them. If an item is there in several versions, only the newest becomes a
 * story, as on a wire.
 */
export function wireSource(format: WireFormat, { source, except, context }: SourceOptions): Source {
  const isFolder = statSync(source).isDirectory();
  const folder = isFolder ? source : dirname(source);
  const others: SourceFile[] = [];
  /** Those whom our own exports name by the id of their file. */
  const authors = new Map<string, SourceAuthor>();
  /** By name. */
  const assets = new Map<string, string[]>();

  const open = async (file: string): Promise<(WireItem | string)[] | string> => {
    const path = join(folder, file);
    if (statSync(path).size > fileBytesMax) return `more than ${fileBytesMax / 1e6} MB, which is the limit for a file`;
    const decoded = decode(readFileSync(path));
    if (decoded === undefined) return 'not text, although its name says so';
    if (decoded.text.trim() === '') return 'empty';
    try {
      return await format.read(decoded.text);
    } catch (error) {
      return error instanceof SyntaxError ? error.message : faultOf(error);
    }
  };

  return {
    kind: format.kind,
    folder,
    async *items(): AsyncGenerator<SourceItem | BrokenItem> {
      const newest = new Map<string, { version: number; changed: string; key: string }>();
      const files = walkFiles(source, except).files;
      const wire = files.filter((file) => !isFolder || format.isFile(file));
      if (isFolder)
        for (const file of files.filter((name) => !format.isFile(name))) {
          others.push({ file, kind: isAsset(file) ? 'asset' : 'not-understood' });
          assets.set(basename(file), [...(assets.get(basename(file)) ?? []), file]);
        }
      // The newest version is known only when every file has been read.
      for (const file of wire)
        for (const [key, item] of entriesOf(file, await open(file))) {
          if (typeof item === 'string') continue;
          const known = newest.get(item.uri);
          const changed = item.changed ?? '';
          if (!known || item.version > known.version || (item.version === known.version && changed > known.changed))
            newest.set(item.uri, { version: item.version, changed, key });
        }
      for (const file of wire)
        for (const [key, item] of entriesOf(file, await open(file))) {
          if (typeof item === 'string') {
            yield { key: file, where: key, reason: item };
            continue;
          }
          const last = newest.get(item.uri)?.key;
          const reason = last === key ? notAStory(item) : `${last} has a newer version of it`;
          if (reason !== undefined) yield { key: file, where: key, reason };
          else {
            const { fields, notes } = fieldsOf(item, context);
            for (const { id, name } of fields.byline) if (id !== undefined) authors.set(id, { id, name });
            const slug = slugFor(item.headline ?? basename(file).replace(/\.[^.]+$/, ''));
            yield { key, where: key, fields, notes, name: { path: slug, name: slug, slug, folders: [] } };
          }
        }
    },
    async *bodies(wanted): AsyncGenerator<ItemBody> {
      const files = new Set([...wanted].map(fileOf));
      for (const file of files)
        for (const [key, item] of entriesOf(file, await open(file)))
          if (wanted.has(key))
            yield typeof item === 'string' ? { key, kind: 'broken', reason: item } : { key, ...bodyOf(item) };
    },
    async keep(key, to) {
      const path = join(folder, fileOf(key));
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return false;
      copyFileSync(path, to);
      return true;
    },
    facts: () => ({ files: others, authors: [...authors.values()] }),
    // Agencies send pictures beside the item or in a folder of their own, whatever address the item gives.
    pictureFiles: (url) => {
      const name = nameOf(url);
      return name === undefined
        ? []
        : [join(folder, name), ...(assets.get(name) ?? []).map((file) => join(folder, file))];
    },
  };
}

/** The items of a file with their keys: the file itself, or with a number if there are several. */
function entriesOf(file: string, items: (WireItem | string)[] | string): [key: string, item: WireItem | string][] {
  if (typeof items === 'string') return [[file, items]];
  if (items.length === 0) return [[file, 'it contains no items']];
  return items.map((item, index) => [items.length === 1 ? file : `${file}#${index + 1}`, item]);
}

const fileOf = (key: string): string => key.replace(/#\d+$/, '');

const isAsset = (file: string): boolean =>
  /\.(?:jpe?g|png|gif|webp|avif|tiff?|svg|pdf|mp3|mp4|mov|m4a|wav|docx?|xlsx?)$/i.test(file);

/** The name of the file that an address ends with, if it can be one. */
function nameOf(url: string): string | undefined {
  try {
    const name =
      decodeURIComponent(url.replace(/[?#].*$/s, ''))
        .split('/')
        .at(-1) ?? '';
    return name === '' || name === '..' || /[\\\0]/.test(name) ? undefined : name;
  } catch {
    return undefined;
  }
}
