import { join } from 'node:path';
import { closeDesk, type Desk, desk, transaction } from '../index/desk.ts';
import { look } from '../index/look.ts';
import { takeIn } from '../index/take-in.ts';
import { openIndex } from '../press/open-index.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';

/** The index that `dev` shows pages from: its own, never that of a publish. */
export interface DevDesk {
  /** Takes in what was saved. Errors mean that the pages still show what was there before them. */
  refresh(): Promise<Problem[]>;
  close(): void;
}

/** A look that takes no longer is never spared. */
const quickMs = 100;

/**
 * Opens the index for `dev`.
 *
 * @param file the SQLite file
 * @param cache the cache folder
 * @param now decides what is public, in ms
 * @param clock the clock, in ms
 */
export function openDevDesk({
  site,
  file,
  cache,
  now,
  clock,
}: {
  site: string;
  file: string;
  cache: string;
  now: () => number;
  clock: () => number;
}): DevDesk {
  openIndex(site, file, cache);
  const opened: Desk = desk();
  let problems: Problem[] = [];
  let running: Promise<Problem[]> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let lookMs = 0;

  const takeChanges = async (): Promise<Problem[]> => {
    const began = performance.now();
    try {
      const { warnings } = await transaction(opened.db, () =>
        takeIn(look(clock()), now(), { dist: join(site, 'dist') }),
      );
      return warnings;
    } catch (error) {
      opened.memo.clear(); // it may hold answers from inside the transaction
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    } finally {
      lookedAt = performance.now();
      lookMs = lookedAt - began;
    }
  };
  const refresh = async (): Promise<Problem[]> => {
    // A page asks for several things at once. A look at a large newsroom takes a while, and is not
    // repeated for nearly as long as it took; at a small one every request looks, also on a busy machine.
    if (!running && performance.now() - lookedAt < lookMs - quickMs) return problems;
    running ??= takeChanges().finally(() => {
      running = undefined;
    });
    problems = await running;
    return problems;
  };
  opened.refresh = async () => {
    await refresh();
  };
  return {
    refresh,
    close: () => {
      if (isStillOpen(opened)) closeDesk();
    },
  };
}

function isStillOpen(opened: Desk): boolean {
  try {
    return desk() === opened;
  } catch {
    return false;
  }
}
