import { lstatSync, type Stats } from 'node:fs';

/** What the disk says of a file: size in bytes, mtime and ctime in ms. */
export type FileStat = readonly [size: number, mtimeMs: number, ctimeMs: number];

export const fileStatOf = ({ size, mtimeMs, ctimeMs }: Stats): FileStat => [size, mtimeMs, ctimeMs];

/** What the system says of a path at which nothing can lie: a name that is too long, or a path below a file. */
const neverThere = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL', 'EILSEQ', 'ELOOP'];

const noThrow = { throwIfNoEntry: false } as const;

/** What lies at a path, without following links; undefined when nothing does. */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, noThrow);
  } catch (error) {
    if (neverThere.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
