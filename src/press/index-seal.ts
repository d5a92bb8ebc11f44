import { readFileSync, statSync, writeFileSync } from 'node:fs';

/*
 * The state of an index file when it was closed. While the file is still in that state, nobody has written to it:
 * SQLite need not check it, and a thread can read it before this process holds the lock.
 */

/**
 * Records how the index was closed, so that the next build can tell that it is unchanged. Call it after closing the
 * index.
 */
export function sealIndex(file: string): void {
  const state = indexState(file);
  try {
    if (state !== undefined && readSeal(file) !== state) writeFileSync(sealOf(file), state);
  } catch {
    // Then the next build has SQLite check it.
  }
}

/** Whether an index is as it was when it was closed. */
export const isAsClosed = (file: string): boolean => readSeal(file) === indexState(file);

/** The state of an index file, or undefined if there is none, or while something is being written to it. */
export function indexState(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return stat?.isFile() && !log?.size ? `${stat.size} ${stat.mtimeMs}` : undefined;
}

function readSeal(file: string): string {
  try {
    return readFileSync(sealOf(file), 'utf8');
  } catch {
    return '';
  }
}

const sealOf = (file: string): string => `${file}.closed`;
