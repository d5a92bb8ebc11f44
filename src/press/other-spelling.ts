import { realpathSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { statOf } from './stat-of.ts';
import { removeFile } from './write.ts';

/*
 * Disks that ignore letter case or Unicode form, as those of macOS and Windows do. When `/About/` becomes `/about/`, both
 * names lead to one file there, and removing the old one would remove the page that was just written.
 */

/** What two spellings of a path have in common. */
export const foldPath = (file: string): string => file.normalize('NFC').toLowerCase().normalize('NFC');

/** By what spellings have in common, the one that the site uses. */
export const spellingsOf = (files: Iterable<string>): Map<string, string> =>
  new Map(Array.from(files, (file) => [foldPath(file), file]));

/**
 * Removes a file of dist, unless the disk holds a file of the site there under another spelling. Then that one gets its
 * spelling on the disk, too.
 *
 * @param inUse asked only on a disk that ignores case
 * @returns whether a file was removed
 */
export function removeSpelling(dist: string, file: string, inUse: () => ReadonlyMap<string, string>): boolean {
  const other = isAnySpelling(dist, file) ? inUse().get(foldPath(file)) : undefined;
  if (other === undefined || other === file || !isSameFile(join(dist, file), join(dist, other)))
    return removeFile(dist, file);
  spell(dist, other);
  return false;
}

/** Whether the disk finds a file under a spelling that nobody gave it. */
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

/** Gives each folder of a path, and the file, the letter case that it should have. */
function spell(dist: string, file: string): void {
  const parts = file.split('/');
  for (let count = 1; count <= parts.length; count++) {
    const wanted = join(dist, ...parts.slice(0, count));
    const name = realpathSync.native(wanted).split(/[\\/]/).at(-1);
    if (name !== undefined && name !== parts[count - 1])
      renameSync(join(dist, ...parts.slice(0, count - 1), name), wanted);
  }
}
