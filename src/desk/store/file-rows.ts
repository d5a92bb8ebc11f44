import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { StoryFacts } from '../stories/story-facts.ts';
import { foldWords, nameOf, type PictureRows, pictureRows, pictureTables } from './picture-rows.ts';

/**
 * The files of the newsroom as the desk last read them, with what its lists show and an index of all text. It is a cache,
 * and separate from the index of `dev`: that one takes up nothing while any file has an error, and the desk is where
 * errors are corrected.
 */
export interface FileRows {
  /** The size and times of every file, for comparison. */
  known(): Map<string, FileStamp>;
  put(path: string, stamp: FileStamp, digest: string, story?: StoryFacts): void;
  digestOf(path: string): string | undefined;
  remove(path: string): void;
  /** Which stories have a page in dist. @param isThere undefined if there is no dist */
  markPages(marks: Map<string, boolean>): void;
  /** The addresses of all stories that readers may see, by path. */
  addresses(): { path: string; id: string; address: string }[];
  list(filter: ListFilter): { total: number; stories: ListedStory[] };
  /** Stories that are due, or were published, from one time to another. */
  between(from: number, to: number, now: number): ListedStory[];
  /** The names that stories use, most used first. */
  names(kind: 'topic' | 'series'): string[];
  pictures: PictureRows;
  meta(key: string): string | undefined;
  setMeta(key: string, value: string): void;
  clear(): void;
  transaction(work: () => void): void;
  close(): void;
}

export interface FileStamp {
  size: number;
  mtime: number;
  ctime: number;
}

export const storyStates = ['draft', 'ready', 'waiting', 'published', 'updated', 'withdrawn', 'broken'] as const;
export type ListState = (typeof storyStates)[number];

export const sortKeys = ['changed', 'published', 'due', 'headline', 'section', 'state'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface ListFilter {
  now: number;
  /** Words, as a query of FTS5. */
  match?: string | undefined;
  state?: ListState | undefined;
  section?: string | undefined;
  author?: string | undefined;
  topic?: string | undefined;
  type?: string | undefined;
  /** Only these paths. */
  paths?: string[] | undefined;
  sort: SortKey;
  isDescending: boolean;
  offset: number;
  limit: number;
}

export interface ListedStory {
  path: string;
  id: string;
  headline: string;
  section: string | null;
  type: string;
  byline: string;
  state: ListState;
  published: number | null;
  due: number | null;
  changed: number;
  address: string | null;
}

const version = 2;
const tables = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE file (
    path TEXT PRIMARY KEY, size REAL NOT NULL, mtime REAL NOT NULL, ctime REAL NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE story (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL, headline TEXT NOT NULL, folded TEXT NOT NULL,
    section TEXT, type TEXT NOT NULL, byline TEXT NOT NULL, isBroken INTEGER NOT NULL, isDraft INTEGER NOT NULL,
    published INTEGER, due INTEGER, updated INTEGER, withdrawn INTEGER, changed INTEGER NOT NULL, address TEXT,
    hasPage INTEGER NOT NULL);
  CREATE INDEX storyByChanged ON story (changed);
  CREATE INDEX storyByPublished ON story (published);
  CREATE INDEX storyByDue ON story (due);
  CREATE INDEX storyByHeadline ON story (folded);
  CREATE TABLE used (kind TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, name, number)) WITHOUT ROWID;
  CREATE INDEX usedByNumber ON used (number);
${pictureTables}
  CREATE VIRTUAL TABLE words USING fts5 (
    headline, text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
  PRAGMA user_version = ${version};`;

/** What a story is at a time. The first that applies counts. */
const state = `CASE
  WHEN isBroken = 1 THEN 'broken' WHEN isDraft = 1 THEN 'draft' WHEN withdrawn <= $now THEN 'withdrawn'
  WHEN due > $now THEN 'waiting' WHEN due IS NULL THEN 'broken' WHEN hasPage = 0 THEN 'ready'
  WHEN updated <= $now THEN 'updated' ELSE 'published' END`;
const columns = `path, id, headline, section, type, byline, ${state} AS state, published, due, changed, address`;

const order: Record<SortKey, string> = {
  changed: 'changed',
  published: 'published',
  due: 'due',
  headline: 'folded',
  section: 'section',
  state: 'state',
};

/** Opens the rows. A file of another version, or a damaged one, is replaced. @param file the SQLite file */
export function openFileRows(file: string): FileRows {
  mkdirSync(dirname(file), { recursive: true });
  try {
    return rowsOf(openTables(file));
  } catch {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    return rowsOf(openTables(file));
  }
}

function openTables(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16384',
    );
    const { user_version: found } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found !== 0 && found !== version) throw new Error('another version');
    if (found === 0) db.exec(tables);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function rowsOf(db: DatabaseSync): FileRows {
  const statements = new Map<string, StatementSync>();
  const sql = (text: string): StatementSync => {
    const known = statements.get(text) ?? db.prepare(text);
    statements.set(text, known);
    return known;
  };
  const removeStory = (path: string) => {
    const row = sql('SELECT number FROM story WHERE path = ?').get(path) as { number: number } | undefined;
    if (!row) return undefined;
    sql('DELETE FROM words WHERE rowid = ?').run(row.number);
    sql('DELETE FROM used WHERE number = ?').run(row.number);
    sql('DELETE FROM shown WHERE number = ?').run(row.number);
    sql('DELETE FROM story WHERE number = ?').run(row.number);
    return row.number;
  };
  const putStory = (path: string, changed: number, story: StoryFacts) => {
    const had = sql('SELECT hasPage FROM story WHERE path = ?').get(path) as { hasPage: number } | undefined;
    const number = removeStory(path) ?? null;
    const { lastInsertRowid } = sql('INSERT INTO story VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      number,
      path,
      story.id,
      story.headline,
      story.folded,
      story.section ?? null,
      story.type,
      JSON.stringify(story.byline),
      story.isBroken ? 1 : 0,
      story.isDraft ? 1 : 0,
      story.published ?? null,
      story.due ?? null,
      story.updated ?? null,
      story.withdrawn ?? null,
      Math.round(changed),
      story.address ?? null,
      had?.hasPage ?? 1,
    );
    sql('INSERT INTO words (rowid, headline, text) VALUES (?, ?, ?)').run(
      lastInsertRowid,
      story.headlineWords,
      story.words,
    );
    const use = sql('INSERT OR IGNORE INTO used VALUES (?, ?, ?)');
    for (const author of story.authors) use.run('author', author, lastInsertRowid);
    for (const topic of story.topics) use.run('topic', topic, lastInsertRowid);
    const show = sql('INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?, ?, ?)');
    for (const { path: picture, alt, caption, credit } of story.pictures) {
      const folded = foldWords([alt, caption, credit, story.headline].filter(Boolean).join(' '));
      show.run(nameOf(picture), lastInsertRowid, alt ?? null, caption ?? null, credit ?? null, folded);
    }
    if (story.series) use.run('series', story.series, lastInsertRowid);
  };
  return {
    known: () =>
      new Map(
        (sql('SELECT path, size, mtime, ctime FROM file').all() as unknown as (FileStamp & { path: string })[]).map(
          ({ path, ...stamp }) => [path, stamp],
        ),
      ),
    put: (path, { size, mtime, ctime }, digest, story) => {
      sql('INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)').run(path, size, mtime, ctime, digest);
      if (story) putStory(path, mtime, story);
    },
    digestOf: (path) =>
      (sql('SELECT digest FROM file WHERE path = ?').get(path) as { digest: string } | undefined)?.digest,
    remove: (path) => {
      removeStory(path);
      sql('DELETE FROM file WHERE path = ?').run(path);
    },
    markPages: (marks) => {
      for (const [path, isThere] of marks)
        sql('UPDATE story SET hasPage = ? WHERE path = ? AND hasPage <> ?').run(isThere ? 1 : 0, path, isThere ? 1 : 0);
    },
    addresses: () =>
      sql('SELECT path, id, address FROM story WHERE address IS NOT NULL AND isDraft = 0').all() as {
        path: string;
        id: string;
        address: string;
      }[],
    list: (filter) => listed(sql, filter),
    between: (from, to, now) =>
      sql(`SELECT ${columns} FROM story
        WHERE due >= $from AND due < $to AND isDraft = 0 OR withdrawn >= $from AND withdrawn < $to
        ORDER BY due, path`).all({ $from: from, $to: to, $now: now }) as unknown as ListedStory[],
    names: (kind) =>
      (
        sql('SELECT name FROM used WHERE kind = ? GROUP BY name ORDER BY count(*) DESC, name').all(kind) as {
          name: string;
        }[]
      ).map(({ name }) => name),
    pictures: pictureRows(sql),
    meta: (key) => (sql('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined)?.value,
    setMeta: (key, value) => void sql('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value),
    clear: () =>
      db.exec(
        "DELETE FROM file; DELETE FROM story; DELETE FROM used; DELETE FROM shown; DELETE FROM picture; INSERT INTO words(words) VALUES ('delete-all')",
      ),
    transaction: (work) => {
      db.exec('BEGIN IMMEDIATE');
      try {
        work();
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}

function listed(
  sql: (text: string) => StatementSync,
  { now, match, state: wanted, section, author, topic, type, paths, sort, isDescending, offset, limit }: ListFilter,
): { total: number; stories: ListedStory[] } {
  const parts: [string, string, string | undefined][] = [
    ['number IN (SELECT rowid FROM words WHERE words MATCH $match)', '$match', match],
    ['section = $section', '$section', section],
    ['type = $type', '$type', type],
    ["number IN (SELECT number FROM used WHERE kind = 'author' AND name = $author)", '$author', author],
    ["number IN (SELECT number FROM used WHERE kind = 'topic' AND name = $topic)", '$topic', topic],
    ['path IN (SELECT value FROM json_each($paths))', '$paths', paths && JSON.stringify(paths)],
    [`${state} = $state`, '$state', wanted],
  ];
  const used = parts.filter(([, , value]) => value !== undefined);
  const where = used.length > 0 ? `WHERE ${used.map(([part]) => part).join(' AND ')}` : '';
  const values = Object.fromEntries(used.map(([, key, value]) => [key, value!]));
  const needsNow = where.includes('$now');
  const { total } = sql(`SELECT count(*) AS total FROM story ${where}`).get({
    ...values,
    ...(needsNow && { $now: now }),
  }) as { total: number };
  const direction = isDescending ? 'DESC' : 'ASC';
  const stories = sql(
    `SELECT ${columns} FROM story ${where}
      ORDER BY ${order[sort]} ${direction} NULLS LAST, number ${direction} LIMIT $limit + 0 OFFSET $offset + 0`,
  ).all({ ...values, $now: now, $limit: limit, $offset: offset }) as unknown as ListedStory[];
  return { total, stories };
}
