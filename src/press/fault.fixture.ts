import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, relative } from 'node:path';

/*
 * When it is preloaded into a build (`node --import`), it makes the disk fail, or kills the process, at one file of
 * dist. Chance would hit such a moment once in a thousand runs.
 */

/** Which write or removal, and what happens there. */
export interface Fault {
  /** The folder of the site, by its real name. */
  dist: string;
  /** The source of a pattern for paths in it. */
  file: string;
  /** The number of the matching file, counted from 1. */
  nth: number;
  does: 'place' | 'remove';
  /**
   * With half the bytes written, with all bytes written but not in their place, or with the file in its place but not
   * recorded.
   */
  moment: 'half' | 'before' | 'after';
  /** The error that the system reports, or the end of the process. */
  what: 'ENOSPC' | 'EACCES' | 'EINVAL' | 'SIGKILL';
}

const fault = JSON.parse(process.env.BROADSHEET_TEST_FAULT ?? 'null') as Fault | null;
if (fault) {
  const { mkdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync, copyFileSync } = fs;
  const pattern = new RegExp(fault.file);
  // A file can be tried twice, because its folder is created if it turns out to be missing.
  const met = new Set<string>();
  let isFull = false;
  const isHere = (path: string) => {
    const file = relative(fault.dist, path);
    if (file.startsWith('.') || !pattern.test(file) || met.has(file)) return false;
    return met.add(file).size === fault.nth;
  };
  const fail = (syscall: string, path?: string): void => {
    if (fault.what === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
    isFull = fault.what === 'ENOSPC';
    const words =
      { ENOSPC: 'no space left on device', EINVAL: 'invalid argument' }[fault.what as 'ENOSPC'] ?? 'permission denied';
    throw Object.assign(new Error(`${fault.what}: ${words}, ${syscall}`), { code: fault.what, syscall, path });
  };
  const inDist = (path: unknown) => typeof path === 'string' && path.startsWith(`${fault.dist}/`);
  fs.renameSync = (from, to) => {
    if (fault.does !== 'place' || !isHere(String(to))) return renameSync(from, to);
    if (fault.moment === 'half') truncateSync(from, Math.floor(statSync(from).size / 2));
    if (fault.moment === 'after') {
      mkdirSync(dirname(String(to)), { recursive: true });
      renameSync(from, to);
    }
    fail(fault.what === 'ENOSPC' ? 'write' : 'rename', fault.what === 'ENOSPC' ? undefined : String(to));
  };
  fs.rmSync = (path, options) => {
    if (fault.does !== 'remove' || !isHere(String(path))) return rmSync(path, options);
    if (fault.moment === 'after') rmSync(path, options);
    fail('unlink', String(path));
  };
  // A full disk stays full.
  fs.writeFileSync = (path, ...rest) => (isFull && inDist(path) ? fail('write') : writeFileSync(path, ...rest));
  fs.copyFileSync = (from, to, mode) => (isFull && inDist(to) ? fail('copyfile') : copyFileSync(from, to, mode));
  syncBuiltinESMExports();
}
