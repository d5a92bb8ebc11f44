import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../../problems/problem.ts';
import type { DeskContext } from './context.ts';

/** How long an answer waits for the problems of the newsroom. The first ingest of a large newsroom takes longer. */
const waitMs = 400;

/** A problem in the words that the interface uses. */
export interface ShownProblem {
  rule: string;
  severity: Problem['severity'];
  says: string;
  todo?: string;
  line: number;
}

/** The problems of a file, as far as they are known by now. @param path relative to `content/` */
export async function problemsOf(context: DeskContext, path: string): Promise<ShownProblem[]> {
  // If the cache cannot be written, the file can still be edited.
  const found = context.problems.now().catch((fault: unknown) => context.tell(fault));
  const all = await Promise.race([found, delay(waitMs, undefined, { ref: false })]);
  return (all ?? context.problems.last())
    .filter(({ file }) => file === `content/${path}`)
    .map(({ rule, severity, message, hint, line }) => ({
      rule,
      severity,
      says: message,
      ...(hint && { todo: hint }),
      line,
    }));
}
