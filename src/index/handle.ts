import type { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { StoryElement } from '../story/elements.ts';
import type { BodyCache, CachedBody } from './body-cache.ts';
import type { KnownPictures } from './known-pictures.ts';
import { tables } from './tables.ts';

export interface HiddenStories {
  /** The story that the current request is for. Only this story is shown, and only its own page queries it. */
  shown: AsyncLocalStorage<string>;
}

/** The story components of a newsroom: the built-in ones, and its own. */
export interface KnownElements {
  known: Record<string, StoryElement>;
  /** Changes when the components of the theme change. '' if there are none. */
  digest: string;
}

/**
 * An open index of one newsroom, and what this process stores beside it. Functions take it as their first argument, so
 * a process can open the indexes of several newsrooms. Astro calls the templates, so they find theirs in the rendering
 * in which they run (queries/rendering.ts).
 */
export interface IndexHandle {
  /** The newsroom's folder. */
  root: string;
  /** The index file. */
  file: string;
  db: DatabaseSync;
  /** Prepares each statement only once. */
  sql: (text: string) => StatementSync;
  /** Results that many pages need. It is emptied whenever the index changes. */
  memo: Map<string, { value: unknown; digest: string }>;
  /** How many stories joined each period of a list, or left it, and are not counted in the index yet. See `story-rows.ts`. */
  periodChanges: Map<string, { list: string; period: string; by: number }>;
  /** Bodies that were checked and will be printed moments later. See `bodies.ts`. */
  keptBodies: { byKey: Map<string, CachedBody>; chars: number };
  /** The ids of queries that this run has already seen. See `press/record.ts`. */
  queryIds: Map<string, number>;
  /** Compiled bodies that are still to be printed, if there are many. */
  bodyCache?: BodyCache;
  /** What other indexes of the cache know about pictures. */
  knownPictures?: KnownPictures;
  /** See `theme-elements.ts`. */
  elements?: KnownElements;
  /**
   * In a preview: texts that are read instead of what is on the disk, by newsroom-relative path. They need not exist
   * there. See `content-files.ts`.
   */
  overlay?: ReadonlyMap<string, Buffer>;
  /** At the desk: files with errors that are not ingested, newsroom-relative. Pages of the theme are found without a scan. */
  leftOut?: ReadonlySet<string>;
  /** In `astro dev`: ingests what was saved since the last request. */
  refresh?: () => Promise<void>;
  /** In `astro dev`: stories that readers cannot see, for their authors. See `hidden.ts`. */
  hidden?: HiddenStories;
  /** In `astro dev`: pages for developers of the site, by path. They are never published. */
  workPages?: Record<string, string>;
  /** In `astro dev`: the routes of the pages in `theme/pages/`, by id. See `dev/page-routes.ts`. */
  pageRoutes?: ReadonlyMap<string, string>;
}

/**
 * Opens the index of a newsroom.
 *
 * @param file the SQLite file. It is created, with its folder, if it does not exist
 * @param use `write` for the one process that ingests changes, `read` for those that only render
 */
export function openIndexHandle(root: string, file: string, use: 'write' | 'read' = 'write'): IndexHandle {
  if (use === 'write') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { readOnly: use === 'read' });
  try {
    if (use === 'write') prepareToWrite(db);
    // It is not memory-mapped: that is not faster, and each reading thread would map the whole file again.
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
  return {
    root,
    file,
    db,
    sql,
    memo: new Map(),
    periodChanges: new Map(),
    keptBodies: { byKey: new Map(), chars: 0 },
    queryIds: new Map(),
  };
}

/**
 * Gives an open index a tenth of the memory: for a process that stays open for days and asks about a few stories at a time. A
 * build goes through all of it.
 */
export function keepLittleInMemory({ db }: IndexHandle): void {
  db.exec('PRAGMA cache_size = -6144');
}

function prepareToWrite(db: DatabaseSync): void {
  // With WAL, a killed process loses nothing. Only a power cut can lose the last commits. The log can grow to 32 MB
  // before it is copied, because a clean build writes the same leaves over and over.
  db.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 8192`);
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version !== tables.version) {
    // The index is a cache, so one with another layout is deleted and not converted.
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

/** Runs `work` in one transaction, which is rolled back if it throws. */
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
