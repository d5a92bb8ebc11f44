import type { IndexHandle } from '../index/handle.ts';
import { pageFileAddresses } from '../site/address.ts';
import { type FileStat, statOf } from './stat-of.ts';

/*
 * The record of each file and folder in dist, in the tables `distFile` and `distFolder` of the index. The scan of dist
 * (`scan-dist.ts`) compares it with the disk.
 */

/** The SHA-256 of a file in dist as the press left it, or undefined if it is not known. */
export const digestInDist = (index: IndexHandle, file: string): string | undefined =>
  (index.sql('SELECT digest FROM distFile WHERE file = ?').get(file) as { digest: string } | undefined)?.digest;

/** Records a file as the press left it. */
export function recordFile(index: IndexHandle, file: string, digest: string, [size, mtime, ctime]: FileStat): void {
  index.sql('INSERT OR REPLACE INTO distFile VALUES (?, ?, ?, ?, ?)').run(file, digest, size, mtime, ctime);
}

/** From now on nothing is known about a file, so anyone who writes it has to check the disk. */
export function forgetFileInDist(index: IndexHandle, file: string): void {
  index.sql('DELETE FROM distFile WHERE file = ?').run(file);
}

/** Whether the site has a file, as a page or as an asset. */
export function isPartOfSite(index: IndexHandle, file: string): boolean {
  const { sql } = index;
  return (
    sql('SELECT 1 FROM asset WHERE file = ? LIMIT 1').get(file) !== undefined ||
    pageFileAddresses(file).some((address) => sql('SELECT 1 FROM page WHERE address = ?').get(address))
  );
}

/**
 * Records the current state of folders. Call it inside a transaction. @param folders relative to dist. '' is dist
 * itself
 */
export function recordFolders(index: IndexHandle, dist: string, folders: Iterable<string>): void {
  const { sql } = index;
  const put = sql('INSERT OR REPLACE INTO distFolder VALUES (?, ?, ?)');
  const forget = sql('DELETE FROM distFolder WHERE path = ?');
  for (const path of folders) {
    const stat = statOf(path === '' ? dist : `${dist}/${path}`);
    if (stat?.isDirectory()) put.run(path, stat.mtimeMs, stat.ctimeMs);
    else forget.run(path);
  }
}

/** The folders that contain a file, from the innermost up to dist itself, which is ''. */
export function* foldersOf(file: string): Generator<string> {
  for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1))
    yield file.slice(0, slash);
  yield '';
}

/** Deletes the whole record of dist. Call it inside a transaction. */
export function forgetDist(index: IndexHandle): void {
  index.db.exec(`
    DELETE FROM page; DELETE FROM read; DELETE FROM query; DELETE FROM asset; DELETE FROM distFile; DELETE FROM distFolder;
    DELETE FROM todo; DELETE FROM meta WHERE key IN ('dist', 'assets', 'manifest')`);
}
