import { join, posix } from 'node:path';
import { decodePath } from '../../old-address.ts';
import type { ArchiveFiles } from './archive-files.ts';

const byName = new WeakMap<ArchiveFiles, Map<string, string[]>>();
const isPicture = /\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)$/i;

/**
 * Files that the address of a picture can mean, as complete paths: one in the archive, or in the folder that the user
 * named, that has the same name. Names that several files of the archive have mean nothing.
 */
export function pictureIn(archive: ArchiveFiles, url: string, publicFolder: string | undefined): string[] {
  const name = nameIn(url);
  if (name === undefined) return [];
  let index = byName.get(archive);
  if (index === undefined) {
    index = new Map();
    for (const file of archive.files.filter((each) => isPicture.test(each)))
      for (const key of new Set([keyOf(posix.basename(file))])) index.set(key, [...(index.get(key) ?? []), file]);
    byName.set(archive, index);
  }
  const found = index.get(keyOf(name)) ?? [];
  const [only] = found;
  const unpacked = found.length === 1 && only !== undefined ? archive.openNow(only) : undefined;
  return [
    ...(unpacked === undefined ? [] : [unpacked]),
    ...(publicFolder === undefined ? [] : [join(publicFolder, name)]),
  ];
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();

/** The last part of an address, decoded. Blogger encodes some names twice, and writes `+` for a space. */
function nameIn(url: string): string | undefined {
  if (/^(?:data|blob|javascript):/i.test(url.trim())) return undefined;
  let name = posix.basename(url.trim().replace(/[?#].*$/s, ''));
  for (let turn = 0; turn < 2 && /%[\da-f]{2}/i.test(name); turn++) name = decodePath(name);
  name = posix.basename(name.replaceAll('\\', '/'));
  if (!isPicture.test(name) || name.includes('\0') || name === '..') return undefined;
  return name.replaceAll('+', ' ');
}
