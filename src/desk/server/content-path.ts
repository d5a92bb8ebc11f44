import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isHidden } from '../../ingest/folder.ts';
import { canWindowsHold, partBytesMax } from '../../site/address-limits.ts';
import { type FileKind, kindOfPath } from '../stories/kinds.ts';
import { ApiError } from './api.ts';

/* Which files the desk reads and writes, by their paths relative to `content/`. Everything else is out of its reach. */

/** A file that the desk may edit. */
export interface ContentFile {
  /** Relative to `content/`, with forward slashes. */
  path: string;
  kind: FileKind;
  /** Whether the whole file is YAML. */
  isYaml: boolean;
  /** Absolute. */
  file: string;
  exists: boolean;
}

/**
 * The file that a path names.
 *
 * @param site the newsroom's folder, with every link resolved
 * @throws ApiError unless it is a file that the desk edits, by its own name
 */
export function contentFile(site: string, path: string): ContentFile {
  const kind = kindOfPath(path);
  if (!kind || !isPlainPath(path)) throw notEdited(path);
  const { file, exists } = placeIn(site, path);
  return { path, kind, isYaml: /\.ya?ml$/.test(path), file, exists };
}

/**
 * Where a path below `content/` is on the disk.
 *
 * @throws ApiError if it leads elsewhere, or has another spelling on the disk
 */
export function placeIn(site: string, path: string): { file: string; exists: boolean } {
  if (!isPlainPath(path)) throw notEdited(path);
  const content = join(site, 'content');
  const file = join(content, path);
  const stat = statOf(file);
  if (stat) {
    if (!stat.isFile()) throw notEdited(path);
    // A link leads elsewhere, and some file systems find `A.md` by the name `a.md`, which has another autosave.
    if (!isItself(file, content, path)) throw notEdited(path);
    return { file, exists: true };
  }
  if (!path.split('/').every(canWindowsHold)) throw notEdited(path);
  let above = dirname(file);
  while (!statOf(above)) above = dirname(above);
  const outer = relative(content, above).split(sep).join('/');
  if (outer.startsWith('..') || !lstatSync(above).isDirectory() || !isItself(above, content, outer))
    throw notEdited(path);
  // Some file systems would take the two for one file.
  const next = fold(relative(above, file).split(sep)[0]!);
  if (readdirSync(above).some((name) => fold(name) === next)) throw notEdited(path);
  return { file, exists: false };
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    // Part of the path may be a file.
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const fold = (name: string): string => name.normalize('NFC').toLowerCase();

/** Whether a path is written as the desk writes it: no way up, no hidden part, nothing that a system reads in another way. */
export const isPlainPath = (path: string): boolean =>
  path.length > 0 &&
  path.length <= 1000 &&
  !/[\\\p{Cc}\p{Cs}]/u.test(path) &&
  !(process.platform === 'win32' && !path.split('/').every(canWindowsHold)) &&
  path
    .split('/')
    .every(
      (part) =>
        part !== '' && part !== '.' && part !== '..' && !isHidden(part) && Buffer.byteLength(part) <= partBytesMax,
    );

function isItself(file: string, content: string, path: string): boolean {
  try {
    const real = relative(realpathSync.native(content), realpathSync.native(file)).split(sep).join('/');
    return real.normalize('NFC') === path.normalize('NFC');
  } catch {
    return false;
  }
}

const notEdited = (path: string): ApiError =>
  new ApiError(404, `The desk cannot open "${shorten(path)}".`, {
    todo: 'It opens stories, standing pages, authors, topics, series, fronts, the settings of the site, and the texts of pictures, all inside content/.',
  });

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
