import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

// The folder of renditions is a cache that is trusted for years, so it keeps its own receipts:
//
//   0f3a…-736.avif      a rendition; its name says what it was made of, not what its bytes are
//   0f3a….sha256        the digests of all renditions of that picture, as `sha256sum -c` reads them
//   *.tmp               what a killed run left
//
// A rendition counts only when its ledger names it, and the ledger is written last. So a normal run
// reads one small file per picture, and `verifyRenditions` can tell a good file from a bad one.

/** What a ledger says: digest (64 hexadecimal characters) by name. */
export type Ledger = Map<string, string>;

/**
 * The ledger of a picture; empty when there is none.
 *
 * Synchronous on purpose: a publish asks this of thousands of pictures, 20 µs each, and as promises
 * they would open more files at once than a process may.
 */
export function readLedger(folder: string, key: string): Ledger {
  const text = readIfFile(join(folder, ledgerName(key)))?.toString() ?? '';
  return new Map([...text.matchAll(ledgerLine)].map(([, digest = '', name = '']) => [name, digest]));
}

export async function writeLedger(folder: string, key: string, ledger: Ledger): Promise<void> {
  const lines = [...ledger].map(([name, digest]) => `${digest}  ${name}\n`).sort();
  await writeToCache(join(folder, ledgerName(key)), lines.join(''));
}

/** Writes a file whole or not at all. Errors of the disk (full, no permission) are passed on. */
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

/** Writes a file of the folder of renditions. A folder that stands in its place is damage: its name is one of ours. */
export async function writeToCache(path: string, data: Uint8Array | string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) await rm(path, { recursive: true });
  await writeAtomically(path, data);
}

export interface Verification {
  /** Renditions that were looked at. */
  checked: number;
  /** Names of files that were removed: changed or cut renditions, those of no ledger, leftovers. */
  removed: string[];
}

/**
 * Compares every rendition with its ledger and removes what is not as it was made; the next
 * `makeRenditions` makes it again. For `--clean`; reads the whole folder (about 1 s per GB).
 *
 * Must not run beside `makeRenditions` on the same folder. A folder that does not exist is fine.
 * Anything in the folder whose name is not ours is left alone.
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
 * Removes renditions by name, from the folder and from their ledgers, and what a killed run left. The ledger is
 * written first: killed in between, a file of no ledger is left, which never counts.
 *
 * @returns the names of the files that are gone, ledgers not among them
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

/** Whether a file is there and has the bytes that it was made with. Reads it whole. */
export function isAsMade(path: string, digest: string): boolean {
  const bytes = readIfFile(path);
  return bytes !== undefined && fileDigest(bytes) === digest;
}

/** The bytes of a file; undefined when there is none, or a folder stands there. */
function readIfFile(path: string): Buffer | undefined {
  try {
    return existsSync(path) ? readFileSync(path) : undefined;
  } catch (error) {
    if (['EISDIR', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The SHA-256 of a rendition's bytes, as a ledger holds it. */
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
