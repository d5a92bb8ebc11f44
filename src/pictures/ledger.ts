import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// The folder of renditions is a cache that is trusted for years, so it keeps its own receipts:
//
//   0f3a…-736.avif      a rendition; its name says what it was made from, not what its bytes are
//   0f3a….sha256        the digests of all renditions of that picture, as `sha256sum -c` reads them
//   *.tmp               what a killed run left behind
//
// A rendition counts only when its ledger names it, and the ledger is written last. So a normal run
// reads one small file per picture, and `verifyRenditions` can tell a good file from a bad one.

/** The contents of a ledger: digest (64 hexadecimal characters) by name. */
export type Ledger = Map<string, string>;

/**
 * The ledger of a picture, or an empty one if there is none.
 *
 * It is synchronous on purpose: a publish reads this for thousands of pictures at 20 µs each, and promises would open
 * more files at once than a process may.
 */
export function readLedger(folder: string, key: string): Ledger {
  const text = readIfFile(join(folder, ledgerName(key)))?.toString() ?? '';
  return new Map([...text.matchAll(ledgerLine)].map(([, digest = '', name = '']) => [name, digest]));
}

export async function writeLedger(folder: string, key: string, ledger: Ledger): Promise<void> {
  const lines = [...ledger].map(([name, digest]) => `${digest}  ${name}\n`).sort();
  await writeToCache(join(folder, ledgerName(key)), lines.join(''));
}

/** Writes a file completely or not at all. Disk errors (full, no permission) are passed on. */
export async function writeAtomically(path: string, data: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a file into the folder of renditions. A folder in its place is damage, because only we use such a name. */
export async function writeToCache(path: string, data: Uint8Array | string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) await rm(path, { recursive: true });
  await writeAtomically(path, data);
}

export interface Verification {
  /** The number of renditions that were checked. */
  checked: number;
  /** The names of files that were deleted: changed or truncated renditions, those without a ledger, and leftovers. */
  removed: string[];
}

/**
 * Compares every rendition with its ledger and deletes those that differ. The next `makeRenditions` creates them again.
 * It is used by `--clean` and reads the whole folder (about 1 s per GB).
 *
 * It must not run at the same time as `makeRenditions` on the same folder. It is not an error if the folder does not
 * exist. Files in the folder whose names are not ours are left alone.
 */
export async function verifyRenditions(folder: string): Promise<Verification> {
  const names = (await readdir(folder).catch(onlyIfMissing)).sort();
  const present = new Set(names);
  const good = new Set<string>();
  let checked = 0;

  for (const key of names.filter((name) => ledgerFile.test(name)).map((name) => name.slice(0, -ledgerEnd.length))) {
    const ledger = readLedger(folder, key);
    const kept: Ledger = new Map();
    for (const [name, digest] of ledger) {
      if (!present.has(name)) continue;
      checked += 1;
      if (!isAsMade(join(folder, name), digest)) continue;
      kept.set(name, digest);
      good.add(name);
    }
    if (kept.size === 0) await rm(join(folder, ledgerName(key)), { force: true, recursive: true });
    else if (kept.size < ledger.size) await writeLedger(folder, key, kept);
  }

  const removed = names.filter((name) => (renditionFile.test(name) && !good.has(name)) || leftover.test(name));
  for (const name of removed) await rm(join(folder, name), { force: true, recursive: true });
  return { checked, removed };
}

/**
 * Deletes renditions by name from the folder and from their ledgers, and also what a killed run left behind. The ledger
 * is written first: if the process is killed in between, a file without a ledger remains, which is never used.
 *
 * @returns the names of the deleted files, without ledgers
 */
export async function removeRenditions(folder: string, isUnwanted: (name: string) => boolean): Promise<string[]> {
  const names = (await readdir(folder).catch(onlyIfMissing)).sort();
  for (const key of names.filter((name) => ledgerFile.test(name)).map((name) => name.slice(0, -ledgerEnd.length))) {
    const ledger = readLedger(folder, key);
    const kept: Ledger = new Map([...ledger].filter(([name]) => !isUnwanted(name)));
    if (kept.size === 0) await rm(join(folder, ledgerName(key)), { force: true, recursive: true });
    else if (kept.size < ledger.size) await writeLedger(folder, key, kept);
  }
  const removed = names.filter((name) => (renditionFile.test(name) && isUnwanted(name)) || leftover.test(name));
  for (const name of removed) await rm(join(folder, name), { force: true, recursive: true });
  return removed;
}

/** Whether a file exists and has the bytes that it was created with. Reads the whole file. */
export function isAsMade(path: string, digest: string): boolean {
  const bytes = readIfFile(path);
  return bytes !== undefined && fileDigest(bytes) === digest;
}

/** The bytes of a file, or undefined if there is none or a folder is in its place. */
function readIfFile(path: string): Buffer | undefined {
  try {
    return existsSync(path) ? readFileSync(path) : undefined;
  } catch (error) {
    if (['EISDIR', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The SHA-256 of a rendition's bytes, as stored in a ledger. */
export function fileDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const ledgerEnd = '.sha256';
const ledgerName = (key: string) => key + ledgerEnd;
const ledgerLine = /^([0-9a-f]{64}) {2}([0-9a-f]{20}-[\w-]+\.\w+)$/gm;
const ledgerFile = /^[0-9a-f]{20}\.sha256$/;
const renditionFile = /^[0-9a-f]{20}-(?:\w+-)*\d+\.(?:avif|webp|jpg|png|svg)$/;
const leftover = /^[0-9a-f]{20}[-.].*\.tmp$/;

function onlyIfMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
