import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Change } from '../document/edits.ts';
import { migrate } from './tables.ts';

/** Newsroom-relative. */
export const storeFolder = '.broadsheet-desk';

/** What somebody wrote and did not save. */
export interface Autosave {
  path: string;
  /** The digest of the file that it changes. */
  base: string;
  change: Change;
  /** In ms. */
  at: number;
}

/** A text of a file, as it was after a save. */
export interface Version {
  id: number;
  path: string;
  digest: string;
  /** In ms. */
  at: number;
  why: VersionReason;
  /** How many words it has. */
  words: number;
}

/** `found`: as it was before the desk first saved it, or as something else wrote it. */
export const versionReasons = ['found', 'saved', 'published', 'withdrawn', 'restored', 'deleted'] as const;
export type VersionReason = (typeof versionReasons)[number];

/**
 * What the desk remembers besides the newsroom's files: unsaved texts, earlier versions, and settings. Deleting it loses
 * no saved story. Paths are relative to `content/`.
 */
export interface DeskStore {
  putAutosave(autosave: Autosave): void;
  autosave(path: string): Autosave | undefined;
  /** The paths of all autosaves, without their texts. */
  autosaved(): string[];
  deleteAutosave(path: string): void;
  /** Remembers a text. The same text as that of the last version is stored only once. */
  addVersion(version: Omit<Version, 'id'>, text: string): void;
  hasVersion(path: string, digest: string): boolean;
  /** The text of a file with this digest, if it is kept. */
  textOf(path: string, digest: string): string | undefined;
  /** Newest first. */
  versions(path: string): Version[];
  version(id: number): (Version & { text: string }) | undefined;
  setting(key: string): unknown;
  setSetting(key: string, value: unknown): void;
  close(): void;
}

/**
 * Opens the store of a newsroom, and creates it if it does not exist.
 *
 * @param site the newsroom's folder
 * @throws a disk error
 */
export function openStore(site: string): DeskStore {
  const folder = join(site, storeFolder);
  mkdirSync(folder, { recursive: true });
  ignoreFolder(folder);
  const db = new DatabaseSync(join(folder, 'desk.db'));
  // FULL, unlike the index: nothing else has these texts, so not even a power cut may lose them.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON');
  migrate(db);
  return storeOf(db);
}

/** Git must not include unsaved texts, whether the newsroom's own list knows the folder or not. */
function ignoreFolder(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function storeOf(db: DatabaseSync): DeskStore {
  const one = <T>(sql: string, ...values: (string | number)[]) => db.prepare(sql).get(...values) as T | undefined;
  const all = <T>(sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as T[];
  const run = (sql: string, ...values: (string | number)[]) => void db.prepare(sql).run(...values);
  const columns = 'id, path, digest, at, why, words';
  return {
    putAutosave: ({ path, base, change, at }) =>
      run(
        'INSERT OR REPLACE INTO autosave (path, base, change, at) VALUES (?, ?, ?, ?)',
        path,
        base,
        JSON.stringify(change),
        at,
      ),
    autosave: (path) => {
      const row = one<{ base: string; change: string; at: number }>(
        'SELECT base, change, at FROM autosave WHERE path = ?',
        path,
      );
      return row && { path, base: row.base, at: row.at, change: JSON.parse(row.change) as Change };
    },
    autosaved: () => all<{ path: string }>('SELECT path FROM autosave ORDER BY path').map(({ path }) => path),
    deleteAutosave: (path) => run('DELETE FROM autosave WHERE path = ?', path),
    addVersion: ({ path, digest, at, why, words }, text) => {
      const last = one<{ digest: string; why: string }>(
        'SELECT digest, why FROM version WHERE path = ? ORDER BY id DESC LIMIT 1',
        path,
      );
      if (last?.digest === digest && (last.why === why || why === 'found')) return;
      run(
        'INSERT INTO version (path, digest, at, why, words, text) VALUES (?, ?, ?, ?, ?, ?)',
        path,
        digest,
        at,
        why,
        words,
        text,
      );
    },
    hasVersion: (path, digest) =>
      one('SELECT 1 FROM version WHERE path = ? AND digest = ?', path, digest) !== undefined,
    textOf: (path, digest) =>
      one<{ text: string }>('SELECT text FROM version WHERE path = ? AND digest = ? LIMIT 1', path, digest)?.text,
    versions: (path) => all<Version>(`SELECT ${columns} FROM version WHERE path = ? ORDER BY id DESC`, path),
    version: (id) => one<Version & { text: string }>(`SELECT ${columns}, text FROM version WHERE id = ?`, id),
    setting: (key) => {
      const row = one<{ value: string }>('SELECT value FROM setting WHERE key = ?', key);
      return row && (JSON.parse(row.value) as unknown);
    },
    setSetting: (key, value) => run('INSERT OR REPLACE INTO setting VALUES (?, ?)', key, JSON.stringify(value)),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
