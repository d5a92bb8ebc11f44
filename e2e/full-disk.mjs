// Loaded into the desk's process by a test: while the file that BROADSHEET_FULL_DISK names exists, the disk is full.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

const flag = process.env.BROADSHEET_FULL_DISK ?? '';
const { existsSync, writeFileSync } = fs;
const { prepare } = DatabaseSync.prototype;

fs.writeFileSync = (...values) => {
  if (existsSync(flag)) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  return writeFileSync(...values);
};
syncBuiltinESMExports();

DatabaseSync.prototype.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  if (!/^\s*(?:INSERT|UPDATE)/i.test(sql) || !existsSync(flag)) return statement;
  // As SQLite reports it.
  const full = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
  };
  return { ...statement, run: full, get: full, all: full };
};
