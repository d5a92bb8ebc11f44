import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { BodyCache } from './body-cache.ts';
import type { HiddenStories } from './hidden.ts';
import type { KnownPictures } from './known-pictures.ts';
import { tables } from './tables.ts';
import type { KnownElements } from './theme-elements.ts';

/**
 * The desk is what the press and the templates share: one newsroom, one index. The templates run from
 * a bundle that holds its own copy of this module, so the one desk of the process hangs on globalThis.
 */
export interface Desk {
  /** The newsroom's folder. */
  root: string;
  /** The index file. */
  file: string;
  db: DatabaseSync;
  /** Prepares a statement once per text. */
  sql: (text: string) => StatementSync;
  /** The queries of the page being rendered, each with the digest of its result; undefined outside a render. */
  reads: AsyncLocalStorage<Map<string, string>>;
  /** Results that many pages ask for; emptied whenever the index changes. */
  memo: Map<string, { value: unknown; digest: string }>;
  /** Where compiled bodies wait, while many are on their way. */
  bodyCache?: BodyCache;
  /** What other indexes of the cache know of pictures. */
  knownPictures?: KnownPictures;
  /** See `theme-elements.ts`. */
  elements?: KnownElements;
  /** In `astro dev`: ingests what was saved since the last request. */
  refresh?: () => Promise<void>;
  /** In `astro dev`: stories that readers cannot see, for those who write them. See `hidden.ts`. */
  hidden?: HiddenStories;
  /** In `astro dev`: pages for whoever works on the site, by path; never published. */
  workPages?: Record<string, string>;
}

const key = Symbol.for('broadsheet.desk');
const shared = globalThis as { [key]?: Desk };

/** The open desk. */
export function desk(): Desk {
  if (!shared[key]) throw new Error('the desk is not open');
  return shared[key];
}

/**
 * Opens the index of a newsroom, in place of the desk that was open.
 *
 * @param file the SQLite file; it is made, with its folder, when it is not there
 * @param use `write` for the one process that takes changes in, `read` for those that only render
 */
export function openDesk(root: string, file: string, use: 'write' | 'read' = 'write'): Desk {
  if (use === 'write') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { readOnly: use === 'read' });
  if (use === 'write') {
    // A killed process loses nothing under WAL; only a power cut can lose the last commits. Its log may grow to 32 MB
    // before it is copied: a clean build writes the same leaves over and over.
    db.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 8192`);
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version !== tables.version) {
      // The index is a cache: another layout of it is thrown away, not converted.
      const old = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
      for (const { name } of old) db.exec(`DROP TABLE "${name}"`);
      db.exec(`${tables.sql}; PRAGMA user_version = ${tables.version}`);
    }
  }
  // Not mapped into memory: it is no quicker, and each thread that reads would hold the whole file a second time.
  db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY');
  const statements = new Map<string, StatementSync>();
  const sql = (text: string) => {
    let statement = statements.get(text);
    if (!statement) {
      statement = db.prepare(text);
      statements.set(text, statement);
    }
    return statement;
  };
  shared[key] = { root, file, db, sql, reads: new AsyncLocalStorage(), memo: new Map() };
  return shared[key];
}

export function closeDesk(): void {
  shared[key]?.bodyCache?.close();
  shared[key]?.knownPictures?.close();
  shared[key]?.db.close();
  shared[key] = undefined;
}

/** Runs `work` in one transaction; nothing of it stays when it throws. */
export async function transaction<T>(db: DatabaseSync, work: () => T | Promise<T>): Promise<T> {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = await work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
