import { lstatSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { noCache } from './problems.ts';

/** The process that holds the lock. */
export interface Holder {
  pid: number;
  command: string;
  since: string;
}

const waitMs = 100;

/**
 * Waits until only this process may publish from a cache folder.
 *
 * The lock is SQLite's own: the operating system releases it with the process that held it, so a dead process cannot
 * keep it. The note beside it only says which process to name.
 *
 * @param since the time of the clock, for processes that wait for this one
 * @param onWait called once if another process holds the lock
 * @returns a function that releases the lock
 */
export async function lockPress(
  cache: string,
  since: Date,
  onWait: (holder: Holder | undefined) => void,
): Promise<() => void> {
  makeCacheFolder(cache);
  const lockFile = join(cache, 'lock.db');
  const noteFile = join(cache, 'lock.json');
  let hasSaid = false;
  let attempts = 0;
  for (;;) {
    let lock: DatabaseSync | undefined;
    try {
      lock = new DatabaseSync(lockFile);
      lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      sayHolder(noteFile, since);
      const open = lock;
      return () => {
        rmSync(noteFile, { force: true, recursive: true });
        open.close();
      };
    } catch (error) {
      lock?.close();
      if (isGarbage(error) && attempts++ < attemptsMax) {
        mendLock(lockFile);
        continue;
      }
      if (!isHeld(error)) throw error;
      if (!hasSaid) onWait(readHolder(noteFile));
      hasSaid = true;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

const attemptsMax = 5;

/** Another process holds the lock: BUSY or LOCKED. */
const isHeld = (error: unknown): boolean => [5, 6].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);

/** The file is not a lock: CORRUPT or NOTADB, or CANTOPEN if a folder is in its place. */
const isGarbage = (error: unknown): boolean => [11, 14, 26].includes((error as { errcode?: number }).errcode ?? 0);

/**
 * Turns a damaged file into a lock. An empty file is valid, and the file is truncated in place: any process that holds
 * the lock holds it on this same file, and nothing is ever written to it.
 */
function mendLock(file: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) rmSync(file, { recursive: true });
  else if (stat) truncateSync(file);
  rmSync(`${file}-journal`, { force: true, recursive: true });
}

/** @throws an error with a message if a file is in its place */
function makeCacheFolder(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw noCache(cache);
  }
}

/** The note only names the holder of the lock. Without it, waiting processes are told less. */
function sayHolder(file: string, since: Date): void {
  const holder: Holder = { pid: process.pid, command: process.argv.slice(2).join(' '), since: since.toISOString() };
  try {
    rmSync(file, { force: true, recursive: true });
    writeFileSync(file, JSON.stringify(holder));
  } catch {
    // If the disk is full, the next write reports it.
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, command, since } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    if (typeof pid !== 'number' || typeof command !== 'string' || Number.isNaN(Date.parse(since))) return undefined;
    return { pid, command, since };
  } catch {
    return undefined; // it has the lock but has not written its note yet
  }
}
