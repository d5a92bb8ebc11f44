import { setTimeout as delay } from 'node:timers/promises';
import { type PlacedProblem, placedProblems } from '../preview/desk-problems.ts';
import type { ContentFile } from './content-path.ts';
import type { DeskContext } from './context.ts';

/** How long an answer waits for the problems of the newsroom. The first ingest of a large newsroom takes longer. */
const waitMs = 400;

/** The problems of a saved file, each at its field or in its text, as far as they are known by now. */
export async function problemsOf(
  context: DeskContext,
  { path, isYaml }: Pick<ContentFile, 'path' | 'isYaml'>,
  text: string,
): Promise<PlacedProblem[]> {
  // If the cache cannot be written, the file can still be edited.
  const found = context.problems.now().catch((fault: unknown) => context.tell(fault));
  const all = await Promise.race([found, delay(waitMs, undefined, { ref: false })]);
  const file = `content/${path}`;
  const problems = (all ?? context.problems.last()).filter((problem) => problem.file === file);
  return await placedProblems({ file, text, isYaml, problems });
}
