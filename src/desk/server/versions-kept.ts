import type { VersionReason } from '../store/store.ts';
import { ApiError } from './api.ts';
import type { DeskContext } from './context.ts';
import type { FileText } from './file-text.ts';

/** Keeps the text of a file as a version. */
export function keepVersion(context: DeskContext, path: string, { text, digest }: FileText, why: VersionReason): void {
  context.store.addVersion({ path, digest, at: context.now(), why, words: countWords(text) }, text);
}

/** Keeps a text that the desk did not write, before it is changed. */
export const keepFound = (context: DeskContext, path: string, found: FileText): void =>
  keepVersion(context, path, found, 'found');

/** The number of words of a text, as a person would count them. */
const countWords = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/**
 * Runs work that writes to the store.
 *
 * @throws ApiError if the disk refuses
 */
export function storing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isDiskTrouble(error) ? diskFull() : error;
  }
}

/** Runs work that writes to the store and may fail. @returns whether it did not */
export function tryStoring(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (isDiskTrouble(error)) return false;
    throw error;
  }
}

/** SQLite reports FULL, IOERR, READONLY, and CANTOPEN if the disk refuses to write, and Node a name. */
const isDiskTrouble = (error: unknown): boolean => {
  const { errcode = 0, code = '' } = error as { errcode?: number; code?: string };
  return [8, 10, 13, 14].includes(errcode & 0xff) || /^(?:ENOSPC|EDQUOT|EROFS|EACCES|EPERM|EIO)$/.test(code);
};

const diskFull = (): ApiError =>
  new ApiError(507, 'The disk is full or cannot be written, so the text is not kept on it.', {
    todo: 'Your text is still in this window. Free some space, and do not close the window until it is saved.',
  });
