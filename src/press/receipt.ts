import { lstatSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';

/*
 * A folder of the cache that was created as a whole has a receipt of its files, so that a file that was truncated,
 * changed, or emptied later is found before it is used. A folder left by a full disk or a power cut has no receipt, or
 * one that does not match.
 */

const receiptFile = 'receipt.json';

/** A file and its state when it was written. The digest proves it. Size and times avoid reading it. */
type Entry = [file: string, digest: string, size: number, mtimeMs: number, ctimeMs: number];

/** Writes the receipt of a finished folder. Call it last, before the folder gets its final name. */
export function writeReceipt(folder: string): void {
  keep(
    folder,
    filesIn(folder).map((file) => entryOf(folder, file, digestOf(readFileSync(join(folder, file))))),
  );
}

/**
 * Whether a folder contains exactly the files of its receipt. Files with another size or time are read.
 *
 * @param isRead whether all files are read, where this costs little
 */
export function isWhole(folder: string, isRead = false): boolean {
  try {
    const entries = JSON.parse(readFileSync(join(folder, receiptFile), 'utf8')) as Entry[];
    if (filesIn(folder).join('\n') !== entries.map(([file]) => file).join('\n')) return false;
    let isMoved = false;
    for (const [file, digest, size, mtimeMs, ctimeMs] of entries) {
      const stat = lstatSync(join(folder, file));
      if (!isRead && stat.size === size && stat.mtimeMs === mtimeMs && stat.ctimeMs === ctimeMs) continue;
      if (digestOf(readFileSync(join(folder, file))) !== digest) return false;
      isMoved = true;
    }
    // A cache from another machine has other times, so it is read this once.
    if (isMoved)
      keep(
        folder,
        entries.map(([file, digest]) => entryOf(folder, file, digest)),
      );
    return true;
  } catch {
    return false;
  }
}

function entryOf(folder: string, file: string, digest: string): Entry {
  const { size, mtimeMs, ctimeMs } = lstatSync(join(folder, file));
  return [file, digest, size, mtimeMs, ctimeMs];
}

function keep(folder: string, entries: Entry[]): void {
  const path = join(folder, receiptFile);
  writeFileSync(`${path}.tmp`, JSON.stringify(entries));
  renameSync(`${path}.tmp`, path);
}

/** The paths of the files in a folder, sorted, without the receipt. */
function filesIn(folder: string, prefix = ''): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesIn(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]))
    .filter((file) => file !== receiptFile && file !== `${receiptFile}.tmp`)
    .sort();
}
