import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { CompiledBody } from '../story/body/compile.ts';

/**
 * Where the bodies of a large publish wait between the thread that checks them and the threads that print
 * them. Compiling one takes several times as long as reading it from here, and in memory ten thousand
 * would weigh more than everything else. A file of its own, without a journal: it lives as long as one
 * publish, and what is lost with a killed one is compiled again.
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

export const shelfFile = (indexFile: string): string => `${indexFile}.bodies`;

/** An empty shelf to put bodies on. What a killed publish left on it goes. */
export function makeShelf(file: string): Shelf {
  clearShelf(file);
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

/** The shelf as others left it, to take bodies from; undefined when there is none. */
export function openShelf(file: string): Shelf | undefined {
  if (!existsSync(file)) return undefined;
  const db = new DatabaseSync(file, { readOnly: true });
  db.exec('BEGIN');
  const get: StatementSync = db.prepare('SELECT text FROM body WHERE key = ?');
  return {
    get: (key) => {
      const row = get.get(key) as { text: string } | undefined;
      return row && (JSON.parse(row.text) as ShelvedBody);
    },
    close: () => db.close(),
  };
}

export function clearShelf(file: string): void {
  rmSync(file, { force: true });
  rmSync(`${file}-journal`, { force: true });
}
