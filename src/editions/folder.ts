import { readFileSync } from 'node:fs';
import { removeSpelling, spellingsOf } from '../press/other-spelling.ts';
import { closeDist, copyFile, editionMarkerFile, filesOf, isSame, openDist, putFile } from '../press/write.ts';
import type { EditionFile } from './contents.ts';

/**
 * Writes an edition into its own folder. Files that are already there are not touched, and files that are no longer
 * part of the edition are deleted.
 *
 * @returns the size of the whole edition in bytes
 */
export function writeFolder(path: string, files: Iterable<EditionFile>): number {
  openDist(path, editionMarkerFile);
  const kept = new Set<string>();
  let bytes = 0;
  for (const one of files) {
    kept.add(one.file);
    bytes += one.bytes;
    if (one.text === undefined) {
      if (!isSame(path, one.file, readFileSync(one.from))) copyFile(path, one.file, one.from);
    } else if (!isSame(path, one.file, Buffer.from(one.text))) putFile(path, one.file, one.text);
  }
  for (const file of [...filesOf(path)]) if (!kept.has(file)) removeSpelling(path, file, () => spellingsOf(kept));
  closeDist(path);
  return bytes;
}
