import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type IndexHandle, transaction } from '../index/handle.ts';
import { fileOfAddress, isSearchIndex } from '../site/address.ts';
import { forgetFileInDist, isPartOfSite } from './dist-record.ts';
import { removeSpelling, spellingsOf } from './other-spelling.ts';
import { Step } from './plan.ts';
import { doneWith, todoOf } from './queue.ts';
import { forgetPage } from './record.ts';
import type { Changes } from './report.ts';
import { isFolder, isOutside, removeEmptyFolder, removeEmptyFolders } from './write.ts';

/**
 * Removes what the queue names: pages that no longer exist, and files that no page needs.
 *
 * It first records that nothing is known about these files, then deletes them, and then deletes the rows of the
 * queue. So a publish that is killed in between leaves rows that name the rest, and no record of a file that may have
 * been deleted.
 *
 * @returns the files that the site no longer has, whether or not they were in dist
 */
export async function removeStale(index: IndexHandle, dist: string, report: Changes): Promise<Set<string>> {
  const { db, sql } = index;
  const rows = todoOf(index, Step.remove);
  const files = new Set<string>();
  if (rows.length === 0) return files;
  await transaction(db, () => {
    for (const row of rows) {
      if (row.startsWith('/')) {
        forgetPage(index, row);
        files.add(fileOfAddress(row));
        if (isSearchIndex(row)) forgetAssets(index, row, files);
      } else if (row.startsWith('file:')) files.add(row.slice('file:'.length));
      else forgetAssets(index, row, files);
    }
    // Something else may have taken its place by now, or need the same file.
    for (const file of files) if (isPartOfSite(index, file)) files.delete(file);
    for (const file of files) forgetFileInDist(index, file);
    // This deletes the record of a page or picture. The records of its files stay until the files are deleted.
    doneWith(index, Step.remove, rows);
    for (const file of files) sql('INSERT OR REPLACE INTO todo VALUES (?, ?)').run(`file:${file}`, Step.remove);
  });
  const inUse = spellings(index);
  for (const file of files) if (removeSpelling(dist, file, inUse)) report.removed.push(file);
  await transaction(db, () => {
    doneWith(
      index,
      Step.remove,
      [...files].map((file) => `file:${file}`),
    );
  });
  return files;
}

/** Deletes the record that a source needs files. @param files receives them */
function forgetAssets({ sql }: IndexHandle, source: string, files: Set<string>): void {
  for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(source) as { file: string }[])
    files.add(file);
  sql('DELETE FROM asset WHERE source = ?').run(source);
}

/** The files of the site, by the key that their spellings share. Looked up once, if the disk ignores letter case. */
function spellings(index: IndexHandle): () => Map<string, string> {
  let known: Map<string, string> | undefined;
  return () => {
    known ??= spellingsOf((index.sql('SELECT file FROM distFile').all() as { file: string }[]).map(({ file }) => file));
    return known;
  };
}

/**
 * Removes entries of dist that are not part of the site.
 *
 * @param strays as named by the scan of dist. '' and '/' at the end mean a folder that is scanned completely
 */
export function removeStrays(index: IndexHandle, dist: string, strays: readonly string[], report: Changes): string[] {
  const removed: string[] = [];
  const inUse = spellings(index);
  const removeFrom = (folder: string): void => {
    for (const entry of readdirSync(join(dist, folder), { withFileTypes: true })) {
      const path = `${folder}${entry.name}`;
      if (isOutside(path)) continue;
      if (!entry.isDirectory()) remove(path);
      else {
        removeFrom(`${path}/`);
        removeEmptyFolder(dist, path);
      }
    }
  };
  const remove = (file: string) => {
    if (isPartOfSite(index, file) || !removeSpelling(dist, file, inUse)) return;
    removed.push(file);
    report.removed.push(file);
  };
  for (const stray of strays) {
    if (stray !== '' && !stray.endsWith('/')) remove(stray);
    else if (isFolder(join(dist, stray))) {
      removeFrom(stray);
      if (stray !== '') {
        removeEmptyFolder(dist, stray);
        removeEmptyFolders(dist, stray.slice(0, -1));
      }
    }
  }
  return removed;
}
