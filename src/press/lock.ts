import { lstatSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Who holds the press. */
export interface Holder {
  pid: number;
  command: string;
  since: string;
}

const waitMs = 100;

/**
 * Waits until this process alone may publish from a cache folder.
 *
 * The lock is SQLite's own: the operating system drops it with the process that held it, so a dead
 * holder needs no breaking. The note beside it only says who to name.
 *
 * @param since what the clock says, for whoever waits for us
 * @param onWait told once, when another process holds the press
 * @returns releases the lock
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
      if (!/locked|busy/i.test((error as Error).message)) throw error;
      if (!hasSaid) onWait(readHolder(noteFile));
      hasSaid = true;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

const attemptsMax = 5;

/** A file that is no lock: CORRUPT, NOTADB; CANTOPEN, when a folder stands there. */
const isGarbage = (error: unknown): boolean => [11, 14, 26].includes((error as { errcode?: number }).errcode ?? 0);

/**
 * Makes a lock of what is none. An empty file is one, and it is emptied in its place: whoever holds a lock at the same
 * time holds it on this very file, and nothing is ever written into it.
 */
function mendLock(file: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) rmSync(file, { recursive: true });
  else if (stat) truncateSync(file);
  rmSync(`${file}-journal`, { force: true, recursive: true });
}

/** @throws in words when a file stands there */
function makeCacheFolder(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new CacheFolderError(cache);
  }
}

/** There can be no cache folder. */
export class CacheFolderError extends Error {
  constructor(cache: string) {
    super(`${cache} cannot be the cache folder, because it or a folder above it is a file.`);
    this.name = 'CacheFolderError';
  }
}

/** The note only names who has the lock: without it, whoever waits is told less. */
function sayHolder(file: string, since: Date): void {
  const holder: Holder = { pid: process.pid, command: process.argv.slice(2).join(' '), since: since.toISOString() };
  try {
    rmSync(file, { force: true, recursive: true });
    writeFileSync(file, JSON.stringify(holder));
  } catch {
    // A disk that is full tells of itself soon enough.
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    const { pid, command, since } = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    if (typeof pid !== 'number' || typeof command !== 'string' || Number.isNaN(Date.parse(since))) return undefined;
    return { pid, command, since };
  } catch {
    return undefined; // it has the lock and has not yet said who it is
  }
}
