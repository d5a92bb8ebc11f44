import { join } from 'node:path';
import { countOf } from '../index/rows.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { policyProblems } from '../ingest/check-policies.ts';
import { deployProblems } from '../ingest/deploy-problems.ts';
import { ingest, type OnProgress } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { engineVersion } from '../press/engine-version.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type Copy, type CopyText, readCopy } from '../story/copy/copy.ts';
import { checkTheme } from './theme.ts';

export interface CheckOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. It contains a temporary index during the check. */
  cache: string;
  /** The folder of the site, absolute: stories in it were published before. Defaults to `dist` of the newsroom. */
  dist?: string;
  /** Stories due by then are public, in ms. Links to stories that are not public get a warning. */
  now: number;
  /** The clock of this machine, in ms. */
  clock: number;
  onProgress?: OnProgress;
}

export interface Checked {
  /** The errors and warnings that a build would print. */
  problems: Problem[];
  /** What `fix` can correct in the texts, by file. */
  edits: ReadonlyMap<string, Copy>;
  /** What was checked, or 0 if mistakes ended the check early. */
  stories: number;
  pictures: number;
}

/**
 * Lists everything that a build or a deploy would refuse, without building. Every file of the newsroom is read as if for the first
 * time, into an index that is deleted afterwards. Nothing is encoded or written. Pages are rendered only to test the
 * components of the newsroom's theme.
 */
export async function check({
  site,
  dist = join(site, 'dist'),
  cache,
  now,
  clock,
  onProgress,
}: CheckOptions): Promise<Checked> {
  return await withTemporaryIndex(site, cache, engineVersion(cache), async (index) => {
    const copies: Promise<Copy | undefined>[] = [];
    const onText = (text: CopyText) => void copies.push(readCopy(text));
    const content = await problemsOf(() =>
      ingest(index, scan(index, clock), now, { onProgress, isAll: true, dist, onText }),
    );
    const copy = (await Promise.all(copies)).filter((one) => one !== undefined);
    const isWhole = content.every(({ severity }) => severity === 'warning');
    const theme = await checkTheme(index, site, cache, clock, isWhole);
    const problems = [
      ...theme,
      ...content,
      ...copy.flatMap((one) => one.problems),
      ...(await deployProblems(site)),
      ...(await policyProblems(index)),
    ];
    const edits = new Map(copy.filter((one) => one.edits.length > 0).map((one) => [one.file, one]));
    return { problems, edits, stories: countOf(index, 'story'), pictures: countOf(index, 'picture') };
  });
}

async function problemsOf(take: () => Promise<{ warnings: Problem[] }>): Promise<Problem[]> {
  try {
    return (await take()).warnings;
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}
