import { readFileSync, statSync, writeFileSync } from 'node:fs';

/*
 * How an index lay on the disk when it was closed. While it still lies there like that, nobody has written to it: SQLite
 * need not check it, and a thread may read it before this process holds the press.
 */

/** Notes how the index was closed, so that the next build knows it unchanged. Call it when it is closed. */
export function sealIndex(file: string): void {
  const state = indexState(file);
  try {
    if (state !== undefined && readSeal(file) !== state) writeFileSync(sealOf(file), state);
  } catch {
    // Then the next build has SQLite check it.
  }
}

/** Whether an index lies there as it was closed. */
export const isAsClosed = (file: string): boolean => readSeal(file) === indexState(file);

/** How an index lies on the disk; undefined when there is none, or while something is written to it. */
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
