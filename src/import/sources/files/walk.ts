import { closeSync, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LeftLog } from '../../left-files.ts';
import { compare } from '../../order.ts';
import { real } from '../../source-folder.ts';

/** The files of a source, relative to its folder, with forward slashes, sorted. */
export interface WalkedFiles {
  folder: string;
  files: string[];
  /** Symbolic links and other entries that are not read. */
  notes: { file: string; note: string }[];
  /** Hidden and temporary files and folders, which are never imported. */
  left: LeftLog;
}

const foldersOfOthers = new Set(['node_modules']);

/**
 * Lists the files of a folder, or the one file that was named. Symbolic links are not followed, because they can point
 * anywhere or form a circle.
 *
 * @param except folders that are skipped, as complete paths
 */
export function walkFiles(source: string, except: readonly string[]): WalkedFiles {
  const left = new LeftLog();
  if (!statSync(source).isDirectory()) return { folder: dirname(source), files: [basename(source)], notes: [], left };
  const walked: WalkedFiles = { folder: source, files: [], notes: [], left };
  const closed = new Set(except.flatMap((path) => [path, real(path)]));
  const waiting = [''];
  for (let relative = waiting.pop(); relative !== undefined; relative = waiting.pop()) {
    for (const entry of readdirSync(join(source, relative), { withFileTypes: true })) {
      const file = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (left.leaves(file, entry.name)) continue;
      if (entry.isSymbolicLink()) walked.notes.push({ file, note: 'a symbolic link, which is not followed' });
      else if (entry.isDirectory()) {
        if (!foldersOfOthers.has(entry.name) && entry.name !== '.well-known' && !closed.has(join(source, file)))
          waiting.push(file);
      } else if (!entry.isFile()) walked.notes.push({ file, note: 'not an ordinary file' });
      else walked.files.push(file);
    }
  }
  walked.files.sort(compare);
  return walked;
}

const startBytes = 8192;

/** The first bytes of a file. */
export function startOf(path: string): Buffer {
  if (!lstatSync(path).isFile()) return Buffer.alloc(0);
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(startBytes);
    return start.subarray(0, readSync(file, start, 0, startBytes, 0));
  } finally {
    closeSync(file);
  }
}
