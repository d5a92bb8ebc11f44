import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { BodyCache, CachedBody } from './body-cache.ts';
import type { HiddenStories } from './hidden.ts';
import type { KnownPictures } from './known-pictures.ts';
import { tables } from './tables.ts';
import type { KnownElements } from './theme-elements.ts';

/**
 * An open index of one newsroom, and what this process keeps beside it. Functions take it as their first argument, so a
 * process may hold the indexes of several newsrooms. Templates, which no function of ours calls, find theirs in the
 * rendering that they run in (queries/rendering.ts).
 */
export interface IndexHandle {
  /** The newsroom's folder. */
  root: string;
  /** The index file. */
  file: string;
  db: DatabaseSync;
  /** Prepares a statement once per text. */
  sql: (text: string) => StatementSync;
  /** Results that many pages ask for; emptied whenever the index changes. */
  memo: Map<string, { value: unknown; digest: string }>;
  /** Bodies between being checked and being printed moments later; see `bodies.ts`. */
  keptBodies: { byKey: Map<string, CachedBody>; chars: number };
  /** Ids of queries that this run has met already; see `press/record.ts`. */
  queryIds: Map<string, number>;
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

/**
 * Opens the index of a newsroom.
 *
 * @param file the SQLite file; it is made, with its folder, when it is not there
 * @param use `write` for the one process that ingests changes, `read` for those that only render
 */
export function openIndexHandle(root: string, file: string, use: 'write' | 'read' = 'write'): IndexHandle {
  if (use === 'write') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { readOnly: use === 'read' });
  try {
    if (use === 'write') prepareToWrite(db);
    // Not mapped into memory: it is no quicker, and each thread that reads would hold the whole file a second time.
    db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY');
  } catch (error) {
    db.close();
    throw error;
  }
  const statements = new Map<string, StatementSync>();
  const sql = (text: string) => {
    let statement = statements.get(text);
    if (!statement) {
      statement = db.prepare(text);
      statements.set(text, statement);
    }
    return statement;
  };
  return { root, file, db, sql, memo: new Map(), keptBodies: { byKey: new Map(), chars: 0 }, queryIds: new Map() };
}

function prepareToWrite(db: DatabaseSync): void {
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

/** Closes an index, with the caches that are open beside it. Closing it again does nothing. */
export function closeIndexHandle({ bodyCache, knownPictures, db }: IndexHandle): void {
  if (!db.isOpen) return;
  bodyCache?.close();
  knownPictures?.close();
  db.close();
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
