import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { openKnownPictures } from '../index/known-pictures.ts';
import { ingest, type OnProgress } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { engineVersion } from '../press/engine-version.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { checkTheme } from './theme.ts';

export interface CheckOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute; a temporary index lies in it meanwhile. */
  cache: string;
  /** Where the site is written, absolute: stories that lie there were published before. Defaults to `dist` of the newsroom. */
  dist?: string;
  /** What is due by then is public, in ms: links to stories that are not get a warning. */
  now: number;
  /** The clock of this machine, in ms. */
  clock: number;
  onProgress?: OnProgress;
}

export interface Checked {
  /** Errors and warnings, those that a build would print. */
  problems: Problem[];
  /** What was checked; 0 when mistakes ended the check early. */
  stories: number;
  pictures: number;
}

/**
 * Says everything that a build would refuse, without building: every file of the newsroom is read as
 * for the first time, into an index that is thrown away. Nothing is encoded or written; pages are printed only to try
 * the components of the newsroom's theme.
 */
export async function check({
  site,
  dist = join(site, 'dist'),
  cache,
  now,
  clock,
  onProgress,
}: CheckOptions): Promise<Checked> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'check-'));
  const index = openIndexHandle(site, join(folder, 'index.db'));
  const { db, sql } = index;
  index.knownPictures = openKnownPictures(cache, engineVersion(cache));
  try {
    db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    const content = await problemsOf(() => ingest(index, scan(index, clock), now, { onProgress, isAll: true, dist }));
    const isWhole = content.every(({ severity }) => severity === 'warning');
    const problems = [...(await checkTheme(index, site, cache, clock, isWhole)), ...content];
    const count = (table: string) => (sql(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count;
    return { problems, stories: count('story'), pictures: count('picture') };
  } finally {
    closeIndexHandle(index);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function problemsOf(take: () => Promise<{ warnings: Problem[] }>): Promise<Problem[]> {
  try {
    return (await take()).warnings;
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}
