import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  mkdirSync(cache, { recursive: true });
  const noteFile = join(cache, 'lock.json');
  let hasSaid = false;
  for (;;) {
    const lock = new DatabaseSync(join(cache, 'lock.db'));
    try {
      lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      const holder: Holder = { pid: process.pid, command: process.argv.slice(2).join(' '), since: since.toISOString() };
      writeFileSync(noteFile, JSON.stringify(holder));
      return () => {
        rmSync(noteFile, { force: true });
        lock.close();
      };
    } catch (error) {
      lock.close();
      if (!/locked|busy/i.test((error as Error).message)) throw error;
      if (!hasSaid) onWait(readHolder(noteFile));
      hasSaid = true;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined; // it has the lock and has not yet said who it is
  }
}
