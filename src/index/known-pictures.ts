import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PictureFacts } from '../pictures/picture.ts';
import { digestOf } from './digest.ts';

/**
 * The metadata of picture files, by the digest of their bytes. It is shared by all indexes of a cache, so that a build
 * into another folder, `check`, `dev`, and `pictures` do not read a file a second time. It is a separate file, because
 * an index is locked for as long as a build takes.
 */
export interface KnownPictures {
  get(digest: string): PictureFacts | undefined;
  put(digest: string, facts: PictureFacts): void;
  close(): void;
}

/** It is only a cache: what cannot be stored is read again. */
const none: KnownPictures = { get: () => undefined, put: () => {}, close: () => {} };

const knownPicturesFile = (cache: string): string => join(cache, 'pictures.db');

/**
 * Opened on first use, because most publishes have no new picture.
 *
 * @param cache the cache folder
 * @param engine results of another engine for the same bytes are deleted
 */
export function openKnownPictures(cache: string, engine: string): KnownPictures {
  let opened: KnownPictures | undefined;
  const known = () => (opened ??= open(cache, engine));
  return {
    get: (digest) => known().get(digest),
    put: (digest, facts) => known().put(digest, facts),
    close: () => opened?.close(),
  };
}

function open(cache: string, engine: string): KnownPictures {
  for (const isLast of [false, true])
    try {
      return openAt(knownPicturesFile(cache), engine);
    } catch (error) {
      // Busy, full, or read-only: then this run reads the files itself. Any other error is damage, and the file is
      // created again.
      if (isLast || notDamaged.includes((error as { errcode?: number }).errcode ?? 0)) return none;
      forgetKnownPictures(cache);
    }
  return none;
}

/** SQLITE_BUSY, LOCKED, READONLY, and FULL. */
const notDamaged = [5, 6, 8, 13];

export function forgetKnownPictures(cache: string): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(knownPicturesFile(cache) + suffix, { force: true, recursive: true });
}

function openAt(file: string, engine: string): KnownPictures {
  mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file, { timeout: 2000 });
  try {
    return openIn(db, engine);
  } catch (error) {
    db.close();
    throw error;
  }
}

function openIn(db: DatabaseSync, engine: string): KnownPictures {
  db.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS engine (version TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS picture (digest TEXT PRIMARY KEY, facts TEXT NOT NULL, sum TEXT NOT NULL)`);
  if (!db.prepare('SELECT 1 FROM engine WHERE version = ?').get(engine)) {
    db.exec('DELETE FROM engine; DELETE FROM picture');
    db.prepare('INSERT INTO engine VALUES (?)').run(engine);
  }
  const get = db.prepare('SELECT facts, sum FROM picture WHERE digest = ?');
  const put = db.prepare('INSERT OR REPLACE INTO picture VALUES (?, ?, ?)');
  return {
    get: (digest) => {
      try {
        const row = get.get(digest) as { facts: string; sum: string } | undefined;
        // The file is kept for years, and SQLite does not notice a byte that was changed within a row.
        return row && digestOf(row.facts) === row.sum ? (JSON.parse(row.facts) as PictureFacts) : undefined;
      } catch {
        return undefined;
      }
    },
    put: (digest, facts) => {
      try {
        const text = JSON.stringify(facts);
        put.run(digest, text, digestOf(text));
      } catch {
        // full, or busy for too long
      }
    },
    close: () => db.close(),
  };
}
