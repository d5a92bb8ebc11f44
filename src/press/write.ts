import {
  constants,
  copyFileSync,
  existsSync,
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

/** Ends a publish, or gives it up: what is half written goes. */
export function closeDist(dist: string): void {
  rmSync(join(dist, partFolder), { recursive: true, force: true });
}

/** Puts a file into dist. @param file relative to dist; @param isNew its folder may be, too */
export function putFile(dist: string, file: string, bytes: string | Uint8Array, isNew = false): void {
  // To try, fail and make the folder then would cost more: most new pages have a new folder.
  if (isNew) makeFolder(dirname(join(dist, file)));
  place(dist, file, (part) => writeFileSync(part, bytes));
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    // Something stands in the way: `move` clears it, or says what it is.
  }
}

/** Copies a file into dist, sharing the blocks where the disk can. */
export function copyFile(dist: string, file: string, from: string): void {
  place(dist, file, (part) => copyFileSync(from, part, constants.COPYFILE_FICLONE));
}

function place(dist: string, file: string, make: (part: string) => void): void {
  const part = join(dist, ownParts, `${partNumber++}`);
  const target = join(dist, file);
  try {
    make(part);
    move(dist, file, part, target);
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
    if (code === 'ENOENT') mkdirSync(dirname(target), { recursive: true });
    // A folder of an older build stands where a file goes now, or the other way round.
    else if (code === 'EISDIR' || code === 'ENOTEMPTY') rmSync(target, { recursive: true });
    else if (code === 'ENOTDIR') clearWay(dist, file);
    else throw error;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(part, target);
  }
}

function clearWay(dist: string, file: string): void {
  for (let slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
    const above = join(dist, file.slice(0, slash));
    if (existsSync(above) && !isFolder(above)) {
      rmSync(above);
      return;
    }
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Whether a file of dist has these bytes. */
export function isSame(dist: string, file: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(join(dist, file)).equals(bytes);
  } catch {
    return false;
  }
}

/** Removes a file and the folders that it leaves empty. */
export function removeFile(dist: string, file: string): void {
  rmSync(join(dist, file), { force: true });
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(dist, folder));
    } catch {
      return; // not empty, or already gone
    }
  }
}

/** Every file of dist, relative to it, but not our own marks. */
export function* filesOf(dist: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(join(dist, prefix), { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (path in markers || path === partFolder) continue;
    if (entry.isDirectory()) yield* filesOf(dist, `${path}/`);
    else yield path;
  }
}
