import { mkdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { openKnownPictures } from '../index/known-pictures.ts';
import { engineVersion } from './engine-version.ts';
import { isAsClosed } from './index-seal.ts';

/**
 * Opens an index to take changes in. One that is damaged is thrown away, and so is what another engine took in: it may
 * have understood a file otherwise, and only files that change are read again.
 *
 * @param site the newsroom's folder
 * @param file the index
 * @param cache the cache folder
 * @param onDamage told when an index could not be used
 * @throws what the disk says when none can be made
 */
export function openIndex(site: string, file: string, cache: string, onDamage: () => void = () => {}): IndexHandle {
  const engine = engineVersion(cache);
  makeFolder(dirname(file));
  let index: IndexHandle;
  try {
    index = openChecked(site, file);
  } catch (error) {
    if (!mayBeDamage(error)) throw error;
    onDamage();
    forgetIndex(file);
    index = openIndexHandle(site, file);
  }
  const filledBy = engineThatFilled(index);
  if (filledBy !== undefined && filledBy !== engine) {
    closeIndexHandle(index);
    forgetIndex(file);
    index = openIndexHandle(site, file);
  }
  if (filledBy !== engine) index.sql("INSERT OR REPLACE INTO meta VALUES ('engine', ?)").run(engine);
  index.knownPictures = openKnownPictures(cache, engine);
  return index;
}

/** @throws when the index is damaged */
function openChecked(site: string, file: string): IndexHandle {
  // Nobody but us touched it since it was closed: SQLite's own check reads the whole file.
  const isTouched = statOf(file) !== undefined && !isAsClosed(file);
  const index = openIndexHandle(site, file);
  try {
    if (isTouched) {
      const { integrity_check: found } = index.db.prepare('PRAGMA integrity_check(1)').get() as {
        integrity_check: string;
      };
      if (found !== 'ok') throw Object.assign(new Error(`The index is damaged: ${found}`), { errcode: corrupt });
    }
    engineThatFilled(index); // a table may be missing
    return index;
  } catch (error) {
    closeIndexHandle(index);
    throw error;
  }
}

const engineThatFilled = ({ sql }: IndexHandle): string | undefined =>
  (sql("SELECT value FROM meta WHERE key = 'engine'").get() as { value: string } | undefined)?.value;

const corrupt = 11;
/** SQLite says so when a database is damaged, or is none: ERROR (a table is missing), READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB. */
const damage = [1, 8, 10, corrupt, 14, 26];

/** Whether an error may come from a damaged index, which can be made anew, rather than from the disk or a newsroom. */
export function mayBeDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && damage.includes(errcode & 0xff);
}

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/** Makes a folder of the cache; something else of its name in the cache is no use to anybody. */
function makeFolder(folder: string): void {
  if (statOf(folder)?.isDirectory() === false) rmSync(folder);
  mkdirSync(folder, { recursive: true });
}

export function forgetIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.closed'])
    rmSync(file + suffix, { force: true, recursive: true });
}
