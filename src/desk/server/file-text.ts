import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { digestOf } from '../../index/digest.ts';
import { ApiError, textBytesMax } from './api.ts';
import type { ContentFile } from './content-path.ts';

/** A file as it is on the disk. */
export interface FileText {
  text: string;
  digest: string;
}

/** The digest of a file that does not exist. */
export const noFile = '';

/**
 * Reads a file.
 *
 * @returns undefined if it does not exist
 * @throws ApiError if it is not text in UTF-8 or is too long, because saving it would damage it
 */
export function readText({ file, path }: Pick<ContentFile, 'file' | 'path'>): FileText | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw diskError(error, path, 'read');
  }
  if (bytes.length > textBytesMax)
    throw new ApiError(
      422,
      `${path} is ${Math.round(bytes.length / 1_000_000)} MB long. The desk opens texts of up to ${textBytesMax / 1_000_000} MB.`,
    );
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), digest: digestOf(bytes) };
  } catch {
    throw new ApiError(422, `${path} is not text in UTF-8, so the desk could damage it.`, {
      todo: 'Save it as UTF-8 in the program that made it, and open it again.',
    });
  }
}

/**
 * Writes a file whole or not at all: a crash leaves the old text or the new one. The permissions of the file stay.
 *
 * @throws ApiError if the disk refuses. The file is then as it was
 */
export function writeText({ file, path }: Pick<ContentFile, 'file' | 'path'>, text: string): FileText {
  const bytes = Buffer.from(text);
  writeBytes(file, path, bytes);
  return { text, digest: digestOf(bytes) };
}

/** The same for the bytes of a picture. */
export function writeBytes(file: string, path: string, bytes: Uint8Array): void {
  // Hidden, so that no scan takes it for a file of the newsroom.
  const part = join(dirname(file), `.${basename(file).slice(0, 80)}.${process.pid}.tmp`);
  try {
    mkdirSync(dirname(file), { recursive: true });
    const mode = lstatSync(file, { throwIfNoEntry: false })?.mode;
    rmSync(part, { force: true });
    const open = openSync(part, 'wx', mode === undefined ? 0o666 : mode & 0o777);
    try {
      writeFileSync(open, bytes);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw diskError(error, path, 'write');
  }
}

/** What the disk refused, in words. */
export function diskError(error: unknown, path: string, what: 'read' | 'write'): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ApiError(507, `The disk is full, so ${path} was not saved. The file is as it was before.`, {
      todo: 'Free some space, and save again.',
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new ApiError(
      403,
      what === 'read'
        ? `The desk may not read ${path}.`
        : `The desk may not write ${path}, so it was not saved. The file is as it was before.`,
      { todo: 'Ask the person who manages this computer for permission to write to the folder.' },
    );
  if (code === 'ENAMETOOLONG') return new ApiError(422, `The name of ${path} is too long for this disk.`);
  return error;
}
