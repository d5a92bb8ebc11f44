import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Contents, FileDigest } from '../site/manifest.ts';
import { writeWhole } from './state.ts';

/*
 * The last publishes of a target, on the machine that deploys: for each, what has to change to return to the one before,
 * and the bytes for that, by their digest.
 */

/** How many publishes a rollback can go back. */
export const publishesMax = 10;

/** How to return from a publish to the one before. */
export interface Undo {
  /** When it was published, as ISO in UTC. */
  at: string;
  /** What the files were before, by path: a digest, or null if there was no such file. */
  files: Record<string, [sha256: string, size: number] | null>;
}

export interface History {
  /** The latest publish first. */
  publishes(): Undo[];
  /** Where the bytes with this digest are, or undefined if they are not kept. */
  fileOf(sha256: string): string | undefined;
  /** Keeps bytes. */
  keep(sha256: string, from: string | Uint8Array): void;
  /**
   * Adds a publish, and forgets those that are too old, with their bytes.
   *
   * @param isNeeded whether bytes must be kept although no earlier publish needs them
   */
  add(undo: Undo, isNeeded: (sha256: string) => boolean): void;
}

export function openHistory(folder: string): History {
  const undoFolder = join(folder, 'publishes');
  const placeOf = (sha256: string) => join(folder, 'contents', sha256.slice(0, 2), sha256);
  const numbers = () =>
    namesIn(undoFolder)
      .flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => b - a);
  const read = (number: number) => JSON.parse(readFileSync(join(undoFolder, `${number}.json`), 'utf8')) as Undo;
  const fileOf = (sha256: string) => (existsSync(placeOf(sha256)) ? placeOf(sha256) : undefined);
  return {
    publishes: () => numbers().map(read),
    fileOf,
    keep(sha256, from) {
      if (fileOf(sha256)) return;
      const file = placeOf(sha256);
      if (typeof from !== 'string') {
        writeWhole(file, from);
        return;
      }
      const part = `${file}.${process.pid}.part`;
      mkdirSync(dirname(file), { recursive: true });
      copyFileSync(from, part, constants.COPYFILE_FICLONE);
      renameSync(part, file);
    },
    add(undo, isNeeded) {
      const known = numbers();
      writeWhole(join(undoFolder, `${(known[0] ?? 0) + 1}.json`), `${JSON.stringify(undo)}\n`);
      const old = known.slice(publishesMax - 1);
      if (old.length === 0) return;
      const dropped = old.flatMap((number) => digestsOf(read(number)));
      const used = new Set(known.slice(0, publishesMax - 1).flatMap((number) => digestsOf(read(number))));
      for (const sha256 of digestsOf(undo)) used.add(sha256);
      for (const number of old) rmSync(join(undoFolder, `${number}.json`), { force: true });
      for (const sha256 of dropped)
        if (!used.has(sha256) && !isNeeded(sha256)) rmSync(placeOf(sha256), { force: true });
    },
  };
}

const digestsOf = ({ files }: Undo): string[] => Object.values(files).flatMap((file) => file?.[0] ?? []);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What has to change to return from one state of a site to an earlier one. */
export function undoOf(before: Contents, after: Contents): Undo['files'] {
  const files: Undo['files'] = {};
  for (const [path, { sha256, size }] of before) if (after.get(path)?.sha256 !== sha256) files[path] = [sha256, size];
  for (const path of after.keys()) if (!before.has(path)) files[path] = null;
  return files;
}

/** The site as it was some publishes ago. @param undos the latest first */
export function contentsBefore(now: Contents, undos: readonly Undo[]): Map<string, FileDigest> {
  const contents = new Map(now);
  for (const { files } of undos)
    for (const [path, file] of Object.entries(files))
      if (file === null) contents.delete(path);
      else contents.set(path, { sha256: file[0], size: file[1] });
  return contents;
}
