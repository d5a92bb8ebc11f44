import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync } from 'node:sqlite';

/*
 * Ends a publish inside the test's own process at one exact step: everything after it that would change dist or commit
 * to the index does not happen, as if the process had been killed. Hundreds of moments can be tried in the time in
 * which a few processes start. `fault.fixture.ts` kills real processes.
 */

export class Killed extends Error {}

/** Runs work that is killed at a step. @returns how many steps were reached, and whether it was killed */
export async function killedAt(
  step: number,
  dist: string,
  work: () => Promise<unknown>,
): Promise<{ steps: number; isDead: boolean }> {
  const { renameSync, rmSync, rmdirSync, writeFileSync, copyFileSync, mkdirSync } = fs;
  const { exec } = DatabaseSync.prototype;
  let steps = 0;
  let isDead = false;
  const inDist = (path: unknown) => String(path).startsWith(`${dist}/`);
  const die = (): never => {
    isDead = true;
    throw new Killed(`killed at step ${step}`);
  };
  /** Before and after it happens. */
  const at = <T>(happen: () => T): T => {
    if (isDead || ++steps === step) die();
    const result = happen();
    if (++steps === step) die();
    return result;
  };
  fs.renameSync = (from, to) => (inDist(to) ? at(() => renameSync(from, to)) : renameSync(from, to));
  fs.rmSync = (path, options) => (inDist(path) ? at(() => rmSync(path, options)) : rmSync(path, options));
  fs.rmdirSync = ((path: string) => (isDead && inDist(path) ? die() : rmdirSync(path))) as typeof rmdirSync;
  fs.mkdirSync = ((path: string, options: object) =>
    isDead && inDist(path) ? die() : mkdirSync(path, options)) as typeof mkdirSync;
  fs.writeFileSync = (path, ...rest) => (isDead && inDist(path) ? die() : writeFileSync(path, ...rest));
  fs.copyFileSync = (from, to, mode) => (isDead && inDist(to) ? die() : copyFileSync(from, to, mode));
  DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
    return sql === 'COMMIT' ? at(() => exec.call(this, sql)) : exec.call(this, sql);
  };
  syncBuiltinESMExports();
  try {
    await work();
  } catch (error) {
    if (!isDead) throw error;
  } finally {
    Object.assign(fs, { renameSync, rmSync, rmdirSync, writeFileSync, copyFileSync, mkdirSync });
    DatabaseSync.prototype.exec = exec;
    syncBuiltinESMExports();
  }
  return { steps, isDead };
}
