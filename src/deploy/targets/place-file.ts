import { hash } from 'node:crypto';
import {
  createWriteStream,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isGone } from '../is-gone.ts';
import { FileChangedError, type RemoteFile, type Upload } from '../target.ts';

/** A file of this machine to put into a folder of this machine. Paths are absolute. */
export interface Placing {
  /** The path in the site, for messages. */
  path: string;
  from: string;
  to: string;
  sha256: string;
  size: number;
}

/** Puts small files into place, one after the other: in a thread, or here. @param parts a folder for incomplete ones */
export function placer(parts: string): (file: Placing) => RemoteFile {
  const folders = new Set<string>();
  let count = 0;
  return ({ path, from, to, sha256, size }) => {
    const part = `${parts}/${count++}`;
    if (count === 1) mkdirSync(parts, { recursive: true, mode: 0o700 });
    return placeWith(part, to, () => {
      let bytes: Buffer;
      try {
        bytes = readFileSync(from);
      } catch (error) {
        throw isGone(error) ? new FileChangedError(path) : error;
      }
      if (bytes.length !== size || hash('sha256', bytes, 'hex') !== sha256) throw new FileChangedError(path);
      const folder = dirname(to);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      writeFileSync(part, bytes);
    });
  };
}

/** Puts a large file, or one that is no file of this machine, into place. @param part absolute, for the incomplete file */
export async function placeUpload(file: Upload, part: string, to: string): Promise<RemoteFile> {
  mkdirSync(dirname(part), { recursive: true, mode: 0o700 });
  try {
    if (file.isLarge) await pipeline(file.stream(), createWriteStream(part));
    else writeFileSync(part, await file.bytes());
  } catch (error) {
    throw failed(error, part, to);
  }
  return placeWith(part, to, () => {});
}

function placeWith(part: string, to: string, write: () => void): RemoteFile {
  try {
    write();
    try {
      renameSync(part, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // An empty folder is not in any listing. One that is not empty is not ours to delete.
      if (code === 'EISDIR' || code === 'ENOTEMPTY') rmdirSync(to);
      else if (code === 'ENOENT') mkdirSync(dirname(to), { recursive: true });
      else throw error;
      renameSync(part, to);
    }
    return remoteOf(lstatSync(to));
  } catch (error) {
    throw failed(error, part, to);
  }
}

/** The system names only a number, but anyone who frees space or changes permissions wants to know the file. */
function failed(error: unknown, part: string, to: string): Error {
  rmSync(part, { force: true });
  return Object.assign(error as Error, { dest: to });
}

export const remoteOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): RemoteFile => ({
  size,
  stamp: `${mtimeMs} ${ctimeMs} ${ino}`,
});
