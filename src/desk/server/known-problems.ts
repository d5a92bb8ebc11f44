import type { DevIndex } from '../../dev/dev-index.ts';
import type { Problem } from '../../problems/problem.ts';

/** The problems of the newsroom. While the index takes up a change, those from before it are known. */
export interface KnownProblems {
  /** Takes up what was saved, and returns every problem. */
  now(): Promise<Problem[]>;
  last(): Problem[];
}

/** @param tell called when they have changed */
export function knownProblems(index: DevIndex, tell: (problems: Problem[]) => void): KnownProblems {
  let last: Problem[] = [];
  return {
    now: async () => {
      const found = await index.refresh();
      if (found !== last && JSON.stringify(found) !== JSON.stringify(last)) tell(found);
      last = found;
      return found;
    },
    last: () => last,
  };
}
