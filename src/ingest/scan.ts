import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { filesUnder, isHiddenPath, listFolder, problemOfLink } from './folder.ts';
import { digestToNote, hasIngestedBytes } from './same-content.ts';

/**
 * Scans the files of the newsroom and finds which of them changed. It writes nothing.
 *
 * Signatures (size and times) determine which files are read again. A file with another signature and the bytes that
 * were ingested is unchanged.
 * Size and mtime alone would miss an edit within the same clock tick, so the ctime is included, and a signature younger
 * than a second is not stored.
 */
export interface Scan {
  /** New files, and files whose bytes may differ. */
  changed: Set<string>;
  /** Files that existed before and were deleted. */
  gone: string[];
  /** Rows of `file` and `folder` to store. */
  files: { path: string; signature: Signature; digest: string | null }[];
  folders: { path: string; signature: Signature; entries: string }[];
  foldersGone: string[];
  problems: Problem[];
}

/** The size in bytes, mtime and ctime in ms, and the inode. */
type Signature = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number];
type KnownRow = [...Signature, path: string];
type FolderRow = [...Signature, entries: string];

const trustMs = 1000;
/** For a file that was written just now and may be written again within the same tick. */
const untrusted: Signature = [-1, 0, 0, 0];

const signatureOf = ({ size, mtimeMs, ctimeMs, ino }: Stats, now: number): Signature =>
  now - ctimeMs < trustMs ? untrusted : [size, mtimeMs, ctimeMs, ino];

const isSame = (one: readonly unknown[], other: Signature): boolean =>
  one[0] === other[0] && one[1] === other[1] && one[2] === other[2] && one[3] === other[3];

const noThrow = { throwIfNoEntry: false } as const;
/** The files of a newsroom. Everything else in its folder is ignored. */
const roots = ['content', 'public'];

/**
 * The paths before a position in the sort order, or from it on. A position is the path of a folder with a slash after
 * it.
 */
export type Part = { before: string } | { from: string };

const emptyScan = (): Scan => ({
  changed: new Set(),
  gone: [],
  files: [],
  folders: [],
  foldersGone: [],
  problems: [],
});

/**
 * @param now the clock, in ms, only to distrust signatures that are too recent
 * @param named newsroom-relative paths. Only these files are scanned
 */
export const scan = (index: IndexHandle, now: number, named?: string[]): Scan =>
  named ? scanNamed(index, now, named) : scanPart(index, now);

// This runs twice for each story of the archive in every publish, and `join` would take as long as the system call.
const statOf = (root: string, path: string): Stats | undefined => statSync(`${root}/${path}`, noThrow);

/** @returns whether it is a file */
function visitFile(
  index: IndexHandle,
  path: string,
  known: readonly unknown[] | undefined,
  now: number,
  result: Scan,
): boolean {
  const stat = statOf(index.root, path);
  if (!stat?.isFile()) return false;
  const signature = signatureOf(stat, now);
  if (known && signature !== untrusted && isSame(known, signature)) return true;
  // If the size differs, the content differs too. A size that is not trusted proves nothing.
  const maybeSame = known && (known[0] === stat.size || known[0] === untrusted[0]);
  if (!(maybeSame && hasIngestedBytes(index, path))) result.changed.add(path);
  result.files.push({ path, signature, digest: digestToNote(index, path) });
  return true;
}

function scanNamed(index: IndexHandle, now: number, named: string[]): Scan {
  const { root, sql } = index;
  const result = emptyScan();
  const oneFile = sql('SELECT size, mtime, ctime, inode FROM file WHERE path = ?');
  oneFile.setReturnArrays(true);
  const rowOf = (path: string) => oneFile.get(path) as unknown as Signature | undefined;
  for (const path of new Set(named)) {
    const known = rowOf(path);
    const isInside = visitNamed(index, path, result.problems);
    if (isInside && visitFile(index, path, known, now, result)) continue;
    if (known !== undefined) result.gone.push(path);
    // A folder was named: this covers everything known below it, and everything that is there now.
    const below = sql('SELECT path FROM file WHERE path >= ? AND path < ?').all(`${path}/`, `${path}0`) as {
      path: string;
    }[];
    const found = new Set<string>();
    if (isInside && statSync(join(root, path), noThrow)?.isDirectory())
      for (const file of filesUnder(root, path, result.problems)) {
        found.add(file);
        visitFile(index, file, rowOf(file), now, result);
      }
    for (const { path: file } of below) if (!found.has(file)) result.gone.push(file);
  }
  return result;
}

/**
 * Scans the whole newsroom if the times of all folders are the same as before. The files are then those that are known,
 * and no folder has to be listed. This is the case in most publishes.
 *
 * @param asked filled with the system's results for folders, as far as they were needed
 * @returns undefined if a file may have been added or deleted
 */
function scanKnown(index: IndexHandle, now: number, asked: Map<string, Stats | undefined>): Scan | undefined {
  const { root } = index;
  const result = emptyScan();
  const known = rowsOf<KnownRow>(index, 'SELECT size, mtime, ctime, inode, path FROM folder');
  const isThere = new Set<string>();
  const stats: (Stats | undefined)[] = [];
  for (const row of known) {
    const path = row[4];
    const stat = statOf(root, path);
    stats.push(stat);
    if (roots.includes(path)) isThere.add(path);
    const signature = stat?.isDirectory() ? signatureOf(stat, now) : untrusted;
    if (signature !== untrusted && isSame(row, signature)) continue;
    for (const [at, one] of stats.entries()) asked.set(known[at]![4], one);
    return undefined;
  }
  for (const folder of roots) {
    const stat = lstatSync(join(root, folder), noThrow);
    if (stat?.isSymbolicLink() || (stat?.isDirectory() ?? false) !== isThere.has(folder)) return undefined;
  }
  for (const row of rowsOf<KnownRow>(index, 'SELECT size, mtime, ctime, inode, path FROM file'))
    if (!visitFile(index, row[4], row, now, result)) return undefined;
  return result;
}

/** Scans the whole newsroom, or a part of it. @param now as for `scan` */
export function scanPart(index: IndexHandle, now: number, part?: Part): Scan {
  const asked = new Map<string, Stats | undefined>();
  return (part ? undefined : scanKnown(index, now, asked)) ?? walk(index, now, part, asked);
}

function walk(
  index: IndexHandle,
  now: number,
  part: Part | undefined,
  asked: ReadonlyMap<string, Stats | undefined>,
): Scan {
  const { root } = index;
  const result = emptyScan();
  const before = part && 'before' in part ? part.before : undefined;
  const from = part && 'from' in part ? part.from : undefined;
  const [clause, ...places] =
    before !== undefined
      ? ['WHERE path < ? AND path <> ?', before, before.slice(0, -1)]
      : from !== undefined
        ? ['WHERE path >= ? OR path = ?', from, from.slice(0, -1)]
        : [''];
  const known = rowsByPath<Signature>(index, `SELECT size, mtime, ctime, inode, path FROM file ${clause}`, places);
  const folders = rowsByPath<FolderRow>(
    index,
    `SELECT size, mtime, ctime, inode, entries, path FROM folder ${clause}`,
    places,
  );
  const isOurs = (place: string): boolean =>
    (before === undefined || place < before) && (from === undefined || place >= from);

  const visitFolder = (path: string): void => {
    if (!isOurs(`${path}/`)) {
      // A folder that is not ours can contain files that are.
      if (from?.startsWith(`${path}/`) && statOf(root, path)?.isDirectory())
        visitEntries(path, listFolder(root, path, []));
      return;
    }
    const stat = asked.has(path) ? asked.get(path) : statOf(root, path);
    if (!stat?.isDirectory()) return;
    const old = folders.get(path);
    folders.delete(path);
    const signature = signatureOf(stat, now);
    const isKnown = old !== undefined && isSame(old, signature);
    let entries = old?.[4];
    if (entries === undefined || signature === untrusted || !isKnown) {
      entries = listFolder(root, path, result.problems);
      if (entries !== old?.[4] || !isKnown) result.folders.push({ path, signature, entries });
    }
    visitEntries(path, entries);
  };
  const visitEntries = (path: string, entries: string): void => {
    for (const entry of entries.split('\n')) {
      if (!entry) continue;
      const child = `${path}/${entry.slice(1)}`;
      if (entry.startsWith('d')) visitFolder(child);
      else if (isOurs(child) && visitFile(index, child, known.get(child), now, result)) known.delete(child);
    }
  };
  for (const folder of roots) {
    const isLink = lstatSync(join(root, folder), noThrow)?.isSymbolicLink() === true;
    const problem = isLink && isOurs(`${folder}/`) ? problemOfLink(root, folder) : undefined;
    if (problem) result.problems.push(problem);
    if (!isLink) visitFolder(folder);
  }
  result.gone = [...known.keys()];
  result.foldersGone = [...folders.keys()];
  return result;
}

/** Combines two parts of a newsroom. */
export const joinScans = (one: Scan, other: Scan): Scan => ({
  changed: one.changed.union(other.changed),
  gone: [...one.gone, ...other.gone],
  files: [...one.files, ...other.files],
  folders: [...one.folders, ...other.folders],
  foldersGone: [...one.foldersGone, ...other.foldersGone],
  problems: [...one.problems, ...other.problems],
});

/**
 * A position in the middle of the known files, so that two threads can scan half each, or undefined if no position
 * separates whole folders.
 *
 * @param filesMin with fewer files, it is not worth it
 */
export function middleOfFiles(index: IndexHandle, filesMin: number): string | undefined {
  const { sql } = index;
  const { count } = sql('SELECT count(*) AS count FROM file').get() as { count: number };
  if (count < filesMin) return undefined;
  const { path } = sql('SELECT path FROM file ORDER BY path LIMIT 1 OFFSET ? + 0').get(count >> 1) as { path: string };
  // If a name contains a character that sorts before the slash, paths and positions of folders would have different
  // orders.
  let middle = '';
  for (const name of path.split('/').slice(0, -1)) {
    if (/[^0-9A-Za-z_~]/.test(name)) break;
    middle += `${name}/`;
  }
  return middle.split('/').length > 3 ? middle : undefined;
}

/** Rows whose last column is their path. */
const rowsByPath = <Row extends readonly unknown[]>(
  index: IndexHandle,
  query: string,
  values: string[],
): Map<string, Row> => new Map(rowsOf<Row>(index, query, values).map((row) => [row.at(-1) as string, row]));

function rowsOf<Row extends readonly unknown[]>(index: IndexHandle, query: string, values: string[] = []): Row[] {
  const statement = index.sql(query);
  statement.setReturnArrays(true);
  return statement.all(...values) as unknown as Row[];
}

function visitNamed(index: IndexHandle, path: string, problems: Problem[]): boolean {
  const { root } = index;
  if (!roots.some((folder) => path === folder || path.startsWith(`${folder}/`))) return false;
  if (isHiddenPath(path)) return false;
  let real: string;
  try {
    real = realpathSync(join(root, path));
  } catch {
    const isLink = lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() === true;
    const problem = isLink ? problemOfLink(root, path) : undefined;
    if (problem) problems.push(problem);
    return false;
  }
  if (real === join(realpathSync(root), path)) return true;
  const problem = problemOfLink(root, path);
  if (problem) problems.push(problem);
  return !problem;
}

/** Stores the results, inside the transaction that ingests the changes. */
export function keepScan(index: IndexHandle, { files, folders, gone, foldersGone }: Scan): void {
  const { sql } = index;
  const putFile = sql('INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)');
  for (const { path, signature, digest } of files) putFile.run(path, ...signature, digest);
  const putFolder = sql('INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?, ?, ?)');
  for (const { path, signature, entries } of folders) putFolder.run(path, ...signature, entries);
  for (const path of gone) sql('DELETE FROM file WHERE path = ?').run(path);
  for (const path of foldersGone) sql('DELETE FROM folder WHERE path = ?').run(path);
}

/** Whether a file of the newsroom exists, according to the last stored scan. @param path newsroom-relative */
export function isThere(index: IndexHandle, path: string): boolean {
  return index.sql('SELECT 1 FROM file WHERE path = ?').get(path) !== undefined;
}
