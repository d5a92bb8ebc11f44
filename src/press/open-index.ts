import { mkdirSync, rmSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { openKnownPictures } from '../index/known-pictures.ts';
import { engineVersion } from './engine-version.ts';
import { isAsClosed } from './index-seal.ts';

/**
 * Opens an index for ingesting changes. A damaged index is deleted, and so is the content that another engine ingested,
 * because that engine may have read a file differently, and only files that change are read again.
 *
 * @param site the newsroom's folder
 * @param file the index
 * @param cache the cache folder
 * @param onDamage called if an index could not be used
 * @throws a disk error if none can be created
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

/** @throws if the index is damaged */
function openChecked(site: string, file: string): IndexHandle {
  // Nobody else has changed it since it was closed. SQLite's own check would read the whole file.
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
/**
 * SQLite reports these if a database is damaged or is not one: ERROR (a table is missing), READONLY, IOERR, CORRUPT,
 * CANTOPEN, NOTADB.
 */
const damage = [1, 8, 10, corrupt, 14, 26];

/**
 * Whether an error can come from a damaged index, which can be created again, rather than from the disk or a newsroom.
 */
export function mayBeDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && damage.includes(errcode & 0xff);
}

const statOf = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/** Creates a folder in the cache. Anything else with its name in the cache is of no use. */
function makeFolder(folder: string): void {
  if (statOf(folder)?.isDirectory() === false) rmSync(folder);
  mkdirSync(folder, { recursive: true });
}

export function forgetIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.closed'])
    rmSync(file + suffix, { force: true, recursive: true });
}
