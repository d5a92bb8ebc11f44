import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from './handle.ts';
import { openKnownPictures } from './known-pictures.ts';

/**
 * Runs `work` with an index that is empty at first and deleted afterwards. None of it needs to survive, so SQLite
 * keeps no journal.
 *
 * @param root the newsroom's folder
 * @param cache the cache folder, absolute
 * @param engine the version of the engine, which selects the stored picture metadata
 */
export async function withTemporaryIndex<T>(
  root: string,
  cache: string,
  engine: string,
  work: (index: IndexHandle) => Promise<T>,
): Promise<T> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'temporary-'));
  const index = openIndexHandle(root, join(folder, 'index.db'));
  try {
    index.knownPictures = openKnownPictures(cache, engine);
    index.db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    return await work(index);
  } finally {
    closeIndexHandle(index);
    rmSync(folder, { recursive: true, force: true });
  }
}
