import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import type { IndexHandle } from '../index/handle.ts';
import { sha256Of } from '../site/manifest.ts';
import { type FileStat, fileStatOf, statOf } from './stat-of.ts';
import { isOutside } from './write.ts';

/**
 * How dist differs from what the press left there. Paths are relative to dist.
 *
 * A file counts as unchanged while its size and times match the record, and a folder counts as complete while its times
 * match, because they change when an entry is added or removed. So a scan makes one system call for each file and each
 * folder, and reads only what may differ. See decision record 17.
 */
export interface DistScan {
  /** Files that do not exist, or that something else has replaced. */
  missing: string[];
  /** Files whose bytes differ. */
  changed: string[];
  /** Entries that are not in the record. A folder ends with a slash, and nothing below it was scanned. */
  strays: string[];
  /** Files and links where a folder must be. Nothing can be written or removed through them. */
  blocked: string[];
  /** Files with other times and the same bytes. */
  touched: { file: string; stat: FileStat }[];
  /** Folders that were listed. Their times are recorded once everything is in its place. */
  listed: string[];
}

type FileRow = [file: string, size: number, mtime: number, ctime: number];
type FolderRow = [path: string, mtime: number, ctime: number];

/** Where and how to scan. */
export interface DistScanOptions {
  /** Absolute, by its real name. */
  dist: string;
  /**
   * Whether sizes and times are meaningful. They are not in a copy of the folder, or if all bytes are to be compared.
   */
  isTrusted: boolean;
}

/** The result for some pieces of a scan. */
export interface DistPieces {
  /** The number of rows in the record. All threads that share a scan must have the same number. */
  rows: number;
  missing: string[];
  changed: string[];
  touched: DistScan['touched'];
  /** Folders with other times. */
  toList: string[];
  /** Paths of folders that do not exist. */
  noFolders: string[];
}

export const rowsPerPiece = 256;

/** Compares dist with the record in the open index. It writes nothing. */
export function scanDist(index: IndexHandle, options: DistScanOptions): DistScan {
  let next = 0;
  return endScan(index, options, [scanPieces(index, options, () => next++)]);
}

/**
 * Compares the files and folders that no other thread compares with the record.
 *
 * @param next the number of the next piece, from 0. Threads that scan at the same time share a counter
 * @param onRows called with the number of rows, before the first piece
 */
export function scanPieces(
  index: IndexHandle,
  { dist, isTrusted }: DistScanOptions,
  next: () => number,
  onRows: (count: number) => void = () => {},
): DistPieces {
  const [files, folders] = [fileRows(index), folderRows(index)];
  const found: DistPieces = {
    rows: files.length + folders.length,
    missing: [],
    changed: [],
    touched: [],
    toList: [],
    noFolders: [],
  };
  onRows(found.rows);
  const scanFolder = ([path, mtime, ctime]: FolderRow) => {
    const stat = statOf(path === '' ? dist : `${dist}/${path}`);
    if (!stat?.isDirectory()) found.noFolders.push(path);
    else if (!isTrusted || stat.mtimeMs !== mtime || stat.ctimeMs !== ctime) found.toList.push(path);
  };
  const scanFile = ([file, size, mtime, ctime]: FileRow) => {
    const stat = statOf(`${dist}/${file}`);
    if (!stat?.isFile()) found.missing.push(file);
    else if (!isTrusted || stat.mtimeMs !== mtime || stat.size !== size || stat.ctimeMs !== ctime) {
      if (hasRecordedBytes(index, dist, file)) found.touched.push({ file, stat: fileStatOf(stat) });
      else found.changed.push(file);
    }
  };
  for (let start = next() * rowsPerPiece; start < found.rows; start = next() * rowsPerPiece)
    for (let at = start; at < Math.min(start + rowsPerPiece, found.rows); at++)
      if (at < folders.length) scanFolder(folders[at]!);
      else scanFile(files[at - folders.length]!);
  return found;
}

/** Combines pieces, and lists the folders in which entries were added or removed. @param pieces of the whole record */
export function endScan(index: IndexHandle, { dist }: DistScanOptions, pieces: DistPieces[]): DistScan {
  const scan: DistScan = {
    missing: pieces.flatMap(({ missing }) => missing),
    changed: pieces.flatMap(({ changed }) => changed),
    touched: pieces.flatMap(({ touched }) => touched),
    strays: [],
    blocked: [],
    listed: [],
  };
  const toList = pieces.flatMap((piece) => piece.toList);
  const noFolders = pieces.flatMap((piece) => piece.noFolders);
  // Nothing was recorded about dist itself, because a publish was killed before it reached that point.
  if (!index.sql("SELECT 1 FROM distFolder WHERE path = ''").get()) toList.push('');
  if (toList.length + noFolders.length === 0) return scan;

  const files = fileRows(index);
  const known = withFolders(files);
  const noted = new Set(folderRows(index).map(([path]) => path));
  for (const path of noFolders)
    if (known.has(`${path}/`) && statOf(`${dist}/${path}`)) scan.blocked.push(path);
    // If it no longer contains any of our files, only its record has to be deleted.
    else scan.listed.push(path);
  for (const path of toList) {
    scan.listed.push(path);
    for (const entry of entriesOf(dist, path)) {
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (isOutside(name)) continue;
      if (!entry.isDirectory()) {
        if (known.has(`${name}/`)) scan.blocked.push(name);
        else if (!known.has(name)) scan.strays.push(name);
      } else if (!known.has(`${name}/`)) scan.strays.push(`${name}/`);
      // A folder with our files that was never recorded, so its other entries may not be ours.
      else if (!noted.has(name)) toList.push(name);
    }
  }
  // Anything that can be reached through a link was not written by us.
  if (scan.blocked.length > 0) {
    const isBlocked = (file: string) => scan.blocked.some((folder) => file.startsWith(`${folder}/`));
    scan.touched = scan.touched.filter(({ file }) => !isBlocked(file));
    scan.changed = scan.changed.filter((file) => !isBlocked(file));
    scan.missing = [...new Set([...scan.missing, ...files.map(([file]) => file).filter(isBlocked)])];
  }
  return scan;
}

const fileRows = (index: IndexHandle): FileRow[] =>
  rowsOf(index, 'SELECT file, size, mtime, ctime FROM distFile ORDER BY file');
const folderRows = (index: IndexHandle): FolderRow[] =>
  rowsOf(index, 'SELECT path, mtime, ctime FROM distFolder ORDER BY path');

function rowsOf<Row>(index: IndexHandle, query: string): Row[] {
  const statement = index.sql(query);
  statement.setReturnArrays(true);
  return statement.all() as unknown as Row[];
}

/** The files, and the folders that contain them, with a slash at the end. */
function withFolders(files: FileRow[]): Set<string> {
  const known = new Set<string>();
  for (const [file] of files) {
    known.add(file);
    for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      const folder = file.slice(0, slash + 1);
      if (known.has(folder)) break;
      known.add(folder);
    }
  }
  return known;
}

function entriesOf(dist: string, path: string): Dirent[] {
  return readdirSync(path === '' ? dist : `${dist}/${path}`, { withFileTypes: true });
}

function hasRecordedBytes(index: IndexHandle, dist: string, file: string): boolean {
  const row = index.sql('SELECT digest FROM distFile WHERE file = ?').get(file) as { digest: string } | undefined;
  return row !== undefined && sha256Of(readFileSync(`${dist}/${file}`)) === row.digest;
}
