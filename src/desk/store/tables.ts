import type { DatabaseSync } from 'node:sqlite';

/**
 * The layouts of `desk.db`, oldest first. Each changes the one before it. Unlike the index, this is not a cache, so a
 * layout that was ever released must stay as it is.
 */
const layouts = [
  `
  -- Who wrote it is for newsrooms with accounts. Nobody has one yet.
  CREATE TABLE autosave (
    path TEXT PRIMARY KEY, base TEXT NOT NULL, change TEXT NOT NULL, at INTEGER NOT NULL, person TEXT) WITHOUT ROWID;
  CREATE TABLE version (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER NOT NULL, why TEXT NOT NULL,
    words INTEGER NOT NULL, text TEXT NOT NULL, person TEXT);
  CREATE INDEX versionByPath ON version (path, id);
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,
];

/**
 * Brings a database to the newest layout.
 *
 * @throws if a newer Broadsheet has written it
 */
export function migrate(db: DatabaseSync): void {
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > layouts.length)
    throw new Error('.broadsheet-desk/desk.db was written by a newer version of Broadsheet. Use that version.');
  for (const [at, layout] of layouts.entries())
    if (at >= version) db.exec(`BEGIN IMMEDIATE; ${layout}; PRAGMA user_version = ${at + 1}; COMMIT`);
}
