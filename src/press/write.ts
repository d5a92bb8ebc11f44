import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { type FileStat, fileStatOf, statOf } from './stat-of.ts';

/*
 * The only file that writes to dist. A reader of dist sees the old file or the new one, never a part. Bytes are first
 * written under another name in one folder, which the next publish cleans up.
 */

/** A file, always the same, that marks the folder as Broadsheet's. */
export const markerFile = '.broadsheet';
/** The same for an edition, so that a site and an edition never overwrite each other. */
export const editionMarkerFile = '.broadsheet-edition';
const markers = {
  [markerFile]:
    'This folder is written by Broadsheet. What lies here and is not part of the site may be removed by the next build.\n',
  [editionMarkerFile]:
    'This folder is written by Broadsheet. What lies here and is not part of the edition may be removed by the next one.\n',
};
const partFolder = '.broadsheet-part';
/** For this thread, because two threads that create files in one folder wait for each other. */
const ownParts = `${partFolder}/${threadId}`;
let partNumber = 0;

/** Whether a build may write to a folder: it is empty, does not exist, or is marked. */
export function isOurs(dist: string, marker: keyof typeof markers = markerFile): boolean {
  return !existsSync(dist) || existsSync(join(dist, marker)) || readdirSync(dist).length === 0;
}

/** Shows whether dist is still the folder that the record describes. Another folder has another marker. */
export function markOf(dist: string): string | undefined {
  const stat = lstatSync(join(dist, markerFile), { throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino} ${stat.mtimeMs}`;
}

/** Prepares dist: marks it, and deletes the incomplete files of a killed publish. @returns whether it was empty */
export function openDist(dist: string, marker: keyof typeof markers = markerFile): boolean {
  mkdirSync(dist, { recursive: true });
  const isNew = readdirSync(dist).every((name) => name === marker || name === partFolder);
  rmSync(join(dist, partFolder), { recursive: true, force: true });
  if (!existsSync(join(dist, marker))) writeFileSync(join(dist, marker), markers[marker]);
  // Separately, because with several folders at once the system does not say why it refuses them.
  mkdirSync(join(dist, partFolder));
  openParts(dist);
  return isNew;
}

/** Creates the folder in which this thread creates its files, in an open dist. */
export function openParts(dist: string): void {
  mkdirSync(join(dist, ownParts), { recursive: true });
}

/** Deletes the incomplete files of a killed publish, if it left no other work. */
export function sweepParts(dist: string): void {
  if (existsSync(join(dist, partFolder))) closeDist(dist);
}

/** Ends or abandons a publish, and deletes incomplete files. */
export function closeDist(dist: string): void {
  rmSync(join(dist, partFolder), { recursive: true, force: true });
}

/**
 * Writes a file to dist.
 *
 * @param file relative to dist
 * @param isNew its folder may be new too
 * @returns what the file system reports for it
 */
export function putFile(dist: string, file: string, bytes: string | Uint8Array, isNew = false): FileStat {
  // Trying, failing, and then creating the folder would cost more, because most new pages have a new folder.
  if (isNew) makeFolder(dirname(join(dist, file)));
  return place(dist, file, (part) => writeFileSync(part, bytes));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Something is in the way. `move` removes it or says what it is.
  }
}

/** Copies a file to dist, sharing its blocks if the file system can. @returns what the file system reports for it */
export function copyFile(dist: string, file: string, from: string): FileStat {
  return place(dist, file, (part) => copyFileSync(from, part, constants.COPYFILE_FICLONE));
}

function place(dist: string, file: string, make: (part: string) => void): FileStat {
  const part = join(dist, ownParts, `${partNumber++}`);
  const target = join(dist, file);
  try {
    make(part);
    move(dist, file, part, target);
    return fileStatOf(lstatSync(target));
  } catch (error) {
    // The system names only a number or a part, but anyone who frees space wants to know which file of the site it was.
    throw Object.assign(error as Error, { dest: target });
  }
}

function move(dist: string, file: string, part: string, target: string): void {
  try {
    renameSync(part, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file becomes a folder, or a folder a file. What readers lose for a moment is removed in the same build anyway.
    if (code === 'EISDIR' || code === 'ENOTEMPTY') rmSync(target, { recursive: true });
    else if (code === 'ENOTDIR') clearWay(dist, file);
    else if (code !== 'ENOENT') throw error;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(part, target);
  }
}

/** Deletes a file or a link that is in place of a folder above `file`. */
function clearWay(dist: string, file: string): void {
  for (let slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
    const above = join(dist, file.slice(0, slash));
    const stat = statOf(above);
    if (!stat) return;
    if (!stat.isDirectory()) {
      rmSync(above);
      return;
    }
  }
}

/** Whether there is a folder at a path. A link to one does not count. */
export const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;

/** Why a file system refuses one file and accepts others. Another try gives the same result. */
const neverPlaced = ['ENAMETOOLONG', 'EINVAL', 'EILSEQ', 'ELOOP', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'];

/** Whether a file can never be written, however often it is tried, while others can. */
export const isNeverPlaced = (error: unknown): boolean =>
  neverPlaced.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');

/** Whether dist has a file with these bytes. A link to one does not count. */
export function isSame(dist: string, file: string, bytes: Uint8Array): boolean {
  try {
    const path = join(dist, file);
    return lstatSync(path).isFile() && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/**
 * Deletes a file and the folders that become empty. A folder that has taken its place stays.
 *
 * @returns whether there was a file
 */
export function removeFile(dist: string, file: string): boolean {
  const path = join(dist, file);
  const stat = statOf(path);
  const isFile = stat !== undefined && !stat.isDirectory();
  if (isFile) rmSync(path, { force: true });
  removeEmptyFolders(dist, file);
  return isFile;
}

/** Deletes the empty folders above a file. */
export function removeEmptyFolders(dist: string, file: string): void {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(dist, folder));
    } catch {
      return; // not empty, or already deleted
    }
  }
}

/** Deletes a folder in dist if it is empty. @returns whether it was deleted */
export function removeEmptyFolder(dist: string, folder: string): boolean {
  try {
    rmdirSync(join(dist, folder));
    return true;
  } catch {
    return false;
  }
}

/**
 * Folders in dist that belong to other programs, which Broadsheet neither removes nor publishes: the folder of a
 * version control system, which can contain years of work, and the files with which a certificate authority checks the
 * host, which exist only for seconds.
 */
const leftAlone = ['.git', '.hg', '.svn', '.well-known/acme-challenge'];

/**
 * Whether an entry in dist is not part of the site: our marker, or what others keep there. @param path relative to dist
 */
export const isOutside = (path: string): boolean => path in markers || path === partFolder || leftAlone.includes(path);

/** Every file in dist, relative to it, except what is not part of the site. @param prefix a folder with its slash */
export function* filesOf(dist: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(join(dist, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (isOutside(path)) continue;
    if (entry.isDirectory()) yield* filesOf(dist, `${path}/`);
    else yield path;
  }
}
