import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CompiledBody } from '../story/body/compile.ts';

/**
 * Where the bodies of a large publish wait between the threads that check them and the threads that print
 * them. Compiling one takes several times as long as reading it from here, and in memory ten thousand
 * would weigh more than everything else. Each thread that checks has a file of its own, without a journal: it
 * lives as long as one publish, and what is lost with a killed one is compiled again.
 */
export interface Shelf {
  /** Of a shelf that is being filled. */
  put?: (key: string, body: ShelvedBody) => void;
  /** Of a shelf that others filled. */
  get?: (key: string) => ShelvedBody | undefined;
  close(): void;
}

/** What printing needs of a compiled body. */
export type ShelvedBody = Pick<CompiledBody, 'body' | 'words'>;

/** @param number 0 is that of the thread which takes stories in; each that reads for it has its own */
export const shelfFile = (indexFile: string, number: number): string => `${indexFile}.bodies-${number}`;

/** An empty shelf to put bodies on. */
export function makeShelf(file: string): Shelf {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  db.exec('CREATE TABLE body (key TEXT PRIMARY KEY, text TEXT NOT NULL); BEGIN');
  const put = db.prepare('INSERT OR REPLACE INTO body VALUES (?, ?)');
  return {
    put: (key, { body, words }) => void put.run(key, JSON.stringify({ body, words })),
    close: () => {
      db.exec('COMMIT');
      db.close();
    },
  };
}

/** All shelves of an index as others left them, to take bodies from; undefined when there is none. */
export function openShelves(indexFile: string): Shelf | undefined {
  const shelves = shelvesOf(indexFile).map((file) => {
    const db = new DatabaseSync(file, { readOnly: true });
    db.exec('BEGIN');
    return { db, get: db.prepare('SELECT text FROM body WHERE key = ?') };
  });
  if (shelves.length === 0) return undefined;
  return {
    get: (key) => {
      for (const { get } of shelves) {
        const row = get.get(key) as { text: string } | undefined;
        if (row) return JSON.parse(row.text) as ShelvedBody;
      }
      return undefined;
    },
    close: () => {
      for (const { db } of shelves) db.close();
    },
  };
}

/** Takes all shelves of an index away, those too that a killed publish left. */
export function clearShelves(indexFile: string): void {
  for (const file of shelvesOf(indexFile)) rmSync(file, { force: true });
}

function shelvesOf(indexFile: string): string[] {
  const folder = dirname(indexFile);
  const begin = `${basename(indexFile)}.bodies-`;
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.startsWith(begin) ? [join(folder, name)] : []));
}
