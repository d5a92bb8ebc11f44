import { rmSync } from 'node:fs';
import { closeDesk, desk, openDesk } from '../index/desk.ts';
import { openKnownPictures } from '../index/known-pictures.ts';
import { engineVersion } from './engine-version.ts';

/**
 * Opens an index to take changes in. What another engine took in is thrown away: it may have understood a file
 * otherwise, and only files that change are read again.
 *
 * @param site the newsroom's folder
 * @param file the index
 * @param cache the cache folder
 */
export function openIndex(site: string, file: string, cache: string): void {
  const engine = engineVersion();
  openDesk(site, file);
  const taker = desk().sql("SELECT value FROM meta WHERE key = 'engine'").get() as { value: string } | undefined;
  if (taker && taker.value !== engine) {
    closeDesk();
    forgetIndex(file);
    openDesk(site, file);
  }
  if (taker?.value !== engine) desk().sql("INSERT OR REPLACE INTO meta VALUES ('engine', ?)").run(engine);
  desk().knownPictures = openKnownPictures(cache, engine);
}

export function forgetIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
