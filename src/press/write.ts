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
 * The only file that writes to dist. A reader of dist sees the old file or the new one, never a part:
 * bytes go to a name in one folder first, and that folder is swept by the next publish.
 */

/** A constant file that says: this folder is ours. */
export const markerFile = '.broadsheet';
/** The same for an edition, so that neither is written over the other. */
export const editionMarkerFile = '.broadsheet-edition';
const markers = {
  [markerFile]:
    'This folder is written by Broadsheet. What lies here and is not part of the site may be removed by the next build.\n',
  [editionMarkerFile]:
    'This folder is written by Broadsheet. What lies here and is not part of the edition may be removed by the next one.\n',
};
const partFolder = '.broadsheet-part';
/** Of this thread: two that make files in one folder wait for each other. */
const ownParts = `${partFolder}/${threadId}`;
let partNumber = 0;

/** Whether a build may write into a folder: it is empty, not there, or marked. */
export function isOurs(dist: string, marker: keyof typeof markers = markerFile): boolean {
  return !existsSync(dist) || existsSync(join(dist, marker)) || readdirSync(dist).length === 0;
}

/** Tells whether dist is still the folder that the record speaks of: another one has another marker. */
export function markOf(dist: string): string | undefined {
  const stat = lstatSync(join(dist, markerFile), { throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino} ${stat.mtimeMs}`;
}

/** Makes dist ready: marked, and swept of what a killed publish left half written. @returns whether nothing lay in it */
export function openDist(dist: string, marker: keyof typeof markers = markerFile): boolean {
  mkdirSync(dist, { recursive: true });
  const isNew = readdirSync(dist).every((name) => name === marker || name === partFolder);
  rmSync(join(dist, partFolder), { recursive: true, force: true });
  if (!existsSync(join(dist, marker))) writeFileSync(join(dist, marker), markers[marker]);
  // By itself, because of several folders at once the system does not say why it refuses them.
  mkdirSync(join(dist, partFolder));
  openParts(dist);
  return isNew;
}

/** Makes the folder in which this thread makes its files, in an open dist. */
export function openParts(dist: string): void {
  mkdirSync(join(dist, ownParts), { recursive: true });
}

/** Removes what a killed publish left half written, when it left nothing else to do. */
export function sweepParts(dist: string): void {
  if (existsSync(join(dist, partFolder))) closeDist(dist);
}

/** Ends a publish, or gives it up: what is half written goes. */
export function closeDist(dist: string): void {
  rmSync(join(dist, partFolder), { recursive: true, force: true });
}

/**
 * Puts a file into dist.
 *
 * @param file relative to dist
 * @param isNew its folder may be new, too
 * @returns what the disk says of it now
 */
export function putFile(dist: string, file: string, bytes: string | Uint8Array, isNew = false): FileStat {
  // To try, fail and make the folder then would cost more: most new pages have a new folder.
  if (isNew) makeFolder(dirname(join(dist, file)));
  return place(dist, file, (part) => writeFileSync(part, bytes));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Something stands in the way: `move` clears it, or says what it is.
  }
}

/** Copies a file into dist, sharing the blocks where the disk can. @returns what the disk says of it now */
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
    // The system names a number or the part; whoever makes room wants to know which file of the site it was.
    throw Object.assign(error as Error, { dest: target });
  }
}

function move(dist: string, file: string, part: string, target: string): void {
  try {
    renameSync(part, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A file becomes a folder, or a folder a file. What readers lose for a moment goes in the same build anyway.
    if (code === 'EISDIR' || code === 'ENOTEMPTY') rmSync(target, { recursive: true });
    else if (code === 'ENOTDIR') clearWay(dist, file);
    else if (code !== 'ENOENT') throw error;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(part, target);
  }
}

/** Removes a file or a link that stands where a folder above `file` must be. */
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

/** Whether a folder lies at a path; a link to one is none. */
export const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;

/** Why a disk refuses one file and takes others: whoever tries again meets the same. */
const neverPlaced = ['ENAMETOOLONG', 'EINVAL', 'EILSEQ', 'ELOOP', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'];

/** Whether a file can never be written, however often it is tried, while others can. */
export const isNeverPlaced = (error: unknown): boolean =>
  neverPlaced.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');

/** Whether dist has a file with these bytes; a link to one is none. */
export function isSame(dist: string, file: string, bytes: Uint8Array): boolean {
  try {
    const path = join(dist, file);
    return lstatSync(path).isFile() && readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

/**
 * Removes a file and the folders that it leaves empty. A folder that took its place stays.
 *
 * @returns whether a file was there
 */
export function removeFile(dist: string, file: string): boolean {
  const path = join(dist, file);
  const stat = statOf(path);
  const isFile = stat !== undefined && !stat.isDirectory();
  if (isFile) rmSync(path, { force: true });
  removeEmptyFolders(dist, file);
  return isFile;
}

/** Removes the folders above a file that hold nothing. */
export function removeEmptyFolders(dist: string, file: string): void {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(dist, folder));
    } catch {
      return; // not empty, or already gone
    }
  }
}

/** Removes a folder of dist when there is nothing in it. @returns whether it is gone */
export function removeEmptyFolder(dist: string, folder: string): boolean {
  try {
    rmdirSync(join(dist, folder));
    return true;
  } catch {
    return false;
  }
}

/**
 * What others keep in dist for good reasons, and Broadsheet neither removes nor publishes: a version control system's
 * own folder, which may hold years of work, and the files by which a certificate authority checks the host, which
 * come and go within seconds.
 */
const leftAlone = ['.git', '.hg', '.svn', '.well-known/acme-challenge'];

/** Whether an entry of dist is none of the site's: a mark of ours, or what others keep there. @param path relative to dist */
export const isOutside = (path: string): boolean => path in markers || path === partFolder || leftAlone.includes(path);

/** Every file of dist, relative to it, except what is outside of the site. @param prefix a folder with its slash */
export function* filesOf(dist: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(join(dist, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (isOutside(path)) continue;
    if (entry.isDirectory()) yield* filesOf(dist, `${path}/`);
    else yield path;
  }
}
