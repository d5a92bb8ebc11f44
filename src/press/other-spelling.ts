import { realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from './stat-of.ts';
import { removeFile } from './write.ts';

/*
 * File systems that ignore letter case or Unicode form, like those of macOS and Windows. If `/About/` becomes
 * `/about/`, both names refer to one file there, and removing the old one would remove the page that was just written.
 */

/** The key that two spellings of a path share. */
export const foldPath = (file: string): string => file.normalize('NFC').toLowerCase().normalize('NFC');

/** For each key, the spelling that the site uses. */
export const spellingsOf = (files: Iterable<string>): Map<string, string> =>
  new Map(Array.from(files, (file) => [foldPath(file), file]));

/**
 * Removes a file from dist, unless the file system has a file of the site there under another spelling. In that case,
 * the file gets its correct spelling on disk.
 *
 * @param inUse called only on a case-insensitive file system
 * @returns whether a file was removed
 */
export function removeSpelling(dist: string, file: string, inUse: () => ReadonlyMap<string, string>): boolean {
  const other = isAnySpelling(dist, file) ? inUse().get(foldPath(file)) : undefined;
  if (other === undefined || other === file || !isSameFile(join(dist, file), join(dist, other)))
    return removeFile(dist, file);
  spell(dist, other);
  return false;
}

/** Whether the file system finds a file under a spelling that nobody gave it. */
function isAnySpelling(dist: string, file: string): boolean {
  const swapped = file.replace(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  const form = file.normalize(file === file.normalize('NFC') ? 'NFD' : 'NFC');
  return [swapped, form].some((other) => other !== file && isSameFile(join(dist, file), join(dist, other)));
}

function isSameFile(one: string, other: string): boolean {
  const [a, b] = [statOf(one), statOf(other)];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Gives each folder in a path, and the file, its correct letter case. */
function spell(dist: string, file: string): void {
  const parts = file.split('/');
  for (let count = 1; count <= parts.length; count++) {
    const wanted = join(dist, ...parts.slice(0, count));
    const name = realpathSync.native(wanted).split(/[\\/]/).at(-1);
    if (name !== undefined && name !== parts[count - 1])
      renameSync(join(dist, ...parts.slice(0, count - 1), name), wanted);
  }
}
