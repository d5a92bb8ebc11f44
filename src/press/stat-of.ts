import { lstatSync, type Stats } from 'node:fs';

/** What the file system reports for a file: the size in bytes, and mtime and ctime in ms. */
export type FileStat = readonly [size: number, mtimeMs: number, ctimeMs: number];

export const fileStatOf = ({ size, mtimeMs, ctimeMs }: Stats): FileStat => [size, mtimeMs, ctimeMs];

/** What the file system reports for a path that cannot exist: a name that is too long, or a path below a file. */
const neverThere = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'EILSEQ', 'ELOOP'];

const noThrow = { throwIfNoEntry: false } as const;

/** The entry at a path, without following links, or undefined if there is none. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, noThrow);
  } catch (error) {
    if (neverThere.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
