import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Change } from '../document/edits.ts';
import { openDatabase } from './database.ts';

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

/**
 * `found`: as it was before the desk first saved it, or as something else wrote it. `unsaved`: an autosave of an earlier
 * session, about which nobody decided before the next save.
 */
export const versionReasons = ['found', 'saved', 'published', 'withdrawn', 'restored', 'deleted', 'unsaved'] as const;
export type VersionReason = (typeof versionReasons)[number];

/**
 * What the desk remembers besides the newsroom's files: unsaved texts, earlier versions, and settings. Deleting it loses
 * no saved story. Paths are relative to `content/`.
 */
export interface DeskStore {
  putAutosave(autosave: Autosave): void;
  autosave(path: string): Autosave | undefined;
  /** When a file's autosave was written, in ms. */
  autosaveTime(path: string): number | undefined;
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
  /** The versions of a file that has another path now. */
  rename(from: string, to: string): void;
  setting(key: string): unknown;
  setSetting(key: string, value: unknown): void;
  close(): void;
}

/**
 * Opens the store of a newsroom, and creates it if it does not exist. A damaged file is set aside and replaced, at the
 * start and later. One that somebody deleted while the desk runs is written again from what is still open.
 *
 * @param site the newsroom's folder
 * @param onReplaced called with what happened, in words for the person at the desk
 * @throws a disk error
 */
export function openStore(site: string, onReplaced: (says: string) => void = () => {}): DeskStore {
  const opened = openDatabase(join(site, storeFolder), onReplaced);
  const whole: DeskStore = storeOf(opened.db());
  const names = Object.keys(whole) as (keyof DeskStore)[];
  // Statements are prepared for each call, so a store of another database takes over at any time.
  return Object.fromEntries(
    names.map((name) => [
      name,
      (...values: never[]) =>
        name === 'close'
          ? opened.close()
          : opened.use((db) => (storeOf(db)[name] as (...all: never[]) => unknown)(...values)),
    ]),
  ) as unknown as DeskStore;
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
    autosaveTime: (path) => one<{ at: number }>('SELECT at FROM autosave WHERE path = ?', path)?.at,
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
    rename: (from, to) => {
      run('UPDATE version SET path = ? WHERE path = ?', to, from);
      run('UPDATE OR REPLACE autosave SET path = ? WHERE path = ?', to, from);
    },
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
