import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './tables.ts';

/** A database that outlives its file: see `openStore`. */
interface LastingDatabase {
  db(): DatabaseSync;
  /** Runs work on the database that is there now. Work that met a damaged one runs again on the new one. */
  use<T>(work: (db: DatabaseSync) => T): T;
  close(): void;
}

const name = 'desk.db';
/** A copy costs time, so one that failed is not tried again at every key press. */
const retryMs = 5000;

/**
 * Opens `desk.db`.
 *
 * @param folder absolute, made if it does not exist
 * @param onReplaced called with what happened to the file, in words
 * @throws a disk error
 */
export function openDatabase(folder: string, onReplaced: (says: string) => void): LastingDatabase {
  const file = join(folder, name);
  const open = (): DatabaseSync => {
    mkdirSync(folder, { recursive: true });
    ignoreFolder(folder);
    try {
      return openTables(file);
    } catch (error) {
      if (!isDamage(error)) throw error;
      onReplaced(damaged(setAside(folder)));
      return openTables(file);
    }
  };
  let db = open();
  let inode = inodeOf(file);
  const replace = (next: () => void) => {
    next();
    db = open();
    inode = inodeOf(file);
  };
  /** When a deleted database could last not be written again, in ms. */
  let triedAt: number | undefined;
  /**
   * Writes a deleted database again. While that fails, for example because the disk is full, the old one stays: its
   * texts can still be read, and are nowhere else.
   *
   * @returns whether there is a database to open instead of the old one
   */
  const renew = (): boolean => {
    const isCopied = copyTo(db, folder, file);
    if (!isCopied && isReadable(db)) {
      if (triedAt === undefined) onReplaced(notWrittenAgain);
      triedAt = performance.now();
      return false;
    }
    triedAt = undefined;
    // Before the new one opens, because SQLite deletes the write-ahead log by its name.
    closeQuietly(db);
    onReplaced(isCopied ? writtenAgain : deleted);
    return true;
  };
  /** SQLite goes on writing into a deleted file, and everything would be gone at the end of the desk. */
  const check = () => {
    if (inodeOf(file) === inode) return;
    // Opening it failed the last time.
    if (!db.isOpen) replace(() => {});
    else if (existsSync(file))
      replace(() => {
        closeQuietly(db);
        triedAt = undefined;
        onReplaced(exchanged);
      });
    else if ((triedAt === undefined || performance.now() - triedAt >= retryMs) && renew()) replace(() => {});
  };
  return {
    db: () => db,
    use: (work) => {
      check();
      try {
        return work(db);
      } catch (error) {
        if (!isDamage(error)) throw error;
        replace(() => {
          closeQuietly(db);
          onReplaced(damaged(setAside(folder)));
        });
        return work(db);
      }
    },
    close: () => {
      // The last chance for texts that are nowhere else.
      if (triedAt !== undefined && db.isOpen && !existsSync(file)) copyTo(db, folder, file);
      closeQuietly(db);
    },
  };
}

const damaged = (kept: string): string =>
  `The desk’s own database was damaged, so a new one was begun. Saved stories are as they were. Unsaved texts and earlier versions are missing. The damaged file is kept as .broadsheet-desk/${kept}.`;
const writtenAgain =
  'Somebody deleted the desk’s own database while the desk was open. The desk has written it again, with all unsaved texts and versions.';
const notWrittenAgain =
  'Somebody deleted the desk’s own database while the desk was open, and the desk cannot write it again. The disk may be full. Keep the desk open: it still has all unsaved texts and versions, and tries again every 5 seconds. Save your stories, and free space on the disk.';
const deleted =
  'Somebody deleted the desk’s own database while the desk was open, so a new one was begun. Saved stories are as they were. Unsaved texts and earlier versions are missing.';
const exchanged =
  'Another program replaced the desk’s own database. The desk continues with the new one. Saved stories are as they were. Unsaved texts and earlier versions may be missing.';

function openTables(file: string): DatabaseSync {
  const db = new DatabaseSync(file);
  try {
    // FULL, unlike the index: nothing else has these texts, so not even a power cut may lose them.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON',
    );
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** SQLite reports CORRUPT and NOTADB. */
const isDamage = (error: unknown): boolean => [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);

/** The files of a damaged database under another name, because a specialist may still read texts from them. */
function setAside(folder: string): string {
  let number = 1;
  while (existsSync(join(folder, `damaged-${number}.db`))) number += 1;
  const kept = `damaged-${number}.db`;
  for (const end of ['', '-wal', '-shm'])
    if (existsSync(join(folder, name + end))) renameSync(join(folder, name + end), join(folder, kept + end));
  return kept;
}

/** Writes the content of a database whose file was deleted. @returns whether it could be read */
function copyTo(db: DatabaseSync, folder: string, file: string): boolean {
  const part = `${file}.part`;
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(part, { force: true });
    db.prepare('VACUUM INTO ?').run(part);
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
    renameSync(part, file);
    return true;
  } catch {
    try {
      rmSync(part, { force: true });
    } catch {
      // The folder cannot be reached.
    }
    return false;
  }
}

/** Whether everything in a database can still be read. */
function isReadable(db: DatabaseSync): boolean {
  try {
    return Object.values(db.prepare('PRAGMA quick_check(1)').get() ?? {})[0] === 'ok';
  } catch {
    return false;
  }
}

function closeQuietly(db: DatabaseSync): void {
  try {
    if (db.isOpen) db.close();
  } catch {
    // A damaged database cannot always be closed in order.
  }
}

const inodeOf = (file: string): bigint | undefined => statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;

/** Git must not include unsaved texts, whether the newsroom's own list knows the folder or not. */
function ignoreFolder(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
