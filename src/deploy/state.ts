import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PutFile } from './known.ts';

/*
 * What this machine put at a target: the digest, size, and stamp of each file. It is only knowledge. Without it, a
 * deploy asks the target, and history begins again.
 *
 * While a deploy runs, each file is a line in a journal, so a killed deploy loses nothing.
 */

/** The files by path, as they were after this machine put them there. */
export type State = Map<string, PutFile>;

export interface StateStore {
  /** What the last complete deploy left at the target. Empty if that is not known. */
  published: State;
  /** The same with the changes of a deploy that was stopped. */
  files: State;
  /** Whether there were such changes. */
  isInterrupted: boolean;
  /** Records one file, or its deletion, at once. */
  note(path: string, file: PutFile | undefined): void;
  /** Stores what a complete deploy left, and discards the journal. */
  write(files: State): void;
  close(): void;
}

/** Opens what is known about a target. @param folder is created when something is recorded */
export function openState(folder: string): StateStore {
  const file = join(folder, 'state.json');
  const journal = join(folder, 'journal.jsonl');
  let open: number | undefined;
  const close = () => {
    if (open !== undefined) closeSync(open);
    open = undefined;
  };
  const published = readState(file);
  const entries = readJournal(journal);
  const files = new Map(published);
  for (const [path, entry] of entries)
    if (entry) files.set(path, entry);
    else files.delete(path);
  return {
    published,
    files,
    isInterrupted: entries.length > 0,
    note(path, entry) {
      if (open === undefined) {
        mkdirSync(folder, { recursive: true });
        open = openSync(journal, 'a');
        writeSync(open, '\n'); // the last line of a killed deploy can be incomplete
      }
      writeSync(open, `${JSON.stringify([path, ...(entry ? [entry.sha256, entry.size, entry.stamp] : [])])}\n`);
    },
    write(now) {
      close();
      const lines = [...now].map(
        ([path, { sha256, size, stamp }]) => `${JSON.stringify(path)}:${JSON.stringify([sha256, size, stamp])}`,
      );
      writeWhole(file, `{"version":${version},"files":{\n${lines.join(',\n')}\n}}\n`);
      rmSync(journal, { force: true });
    },
    close,
  };
}

const version = 1;

function readState(file: string): State {
  const files: State = new Map();
  try {
    const known = JSON.parse(readFileSync(file, 'utf8')) as {
      version: number;
      files: Record<string, [string, number, string]>;
    };
    if (known.version === version)
      for (const [path, [sha256, size, stamp]] of Object.entries(known.files)) files.set(path, { sha256, size, stamp });
  } catch {
    files.clear(); // missing or damaged: the target is asked
  }
  return files;
}

function readJournal(file: string): [string, PutFile | undefined][] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line): [string, PutFile | undefined][] => {
    try {
      const [path, sha256, size, stamp] = JSON.parse(line) as [string, string?, number?, string?];
      const isGone = sha256 === undefined || size === undefined || stamp === undefined;
      return [[path, isGone ? undefined : { sha256, size, stamp }]];
    } catch {
      return []; // an empty or incomplete line
    }
  });
}

/** Writes a file whole or not at all. */
export function writeWhole(file: string, text: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, text);
  renameSync(part, file);
}
