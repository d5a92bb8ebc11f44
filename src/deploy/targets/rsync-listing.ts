import type { RemoteFile } from '../target.ts';

/** A line of `rsync --list-only --no-human-readable`. */
const entryPattern = /^([-dlbcsp])\S{9}\s+(\d+)\s+(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) (.*)$/;

/** @returns undefined for a line that is not about a file, and for the folder itself */
export function listedEntry(line: string): { path: string; isFolder: boolean; file: RemoteFile } | undefined {
  const [, type, size, time = '', name = ''] = entryPattern.exec(line) ?? [];
  if (type === undefined || name === '.') return undefined;
  // Links are not followed, because they can lead out of the folder. They count as files of somebody else.
  const file = type === '-' ? { size: Number(size), stamp: time } : { size: -1, stamp: '' };
  return { path: unescaped(name), isFolder: type === 'd', file };
}

/** rsync prints a byte that is not printable as `\#` and three octal digits. */
function unescaped(name: string): string {
  if (!name.includes('\\#')) return name;
  const bytes: number[] = [];
  for (const part of name.split(/(\\#[0-7]{3})/))
    if (/^\\#[0-7]{3}$/.test(part)) bytes.push(Number.parseInt(part.slice(2), 8));
    else bytes.push(...Buffer.from(part));
  return Buffer.from(bytes).toString();
}
