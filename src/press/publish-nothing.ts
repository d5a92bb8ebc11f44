import { type IndexHandle, transaction } from '../index/handle.ts';
import { isTurning } from '../ingest/due.ts';
import { keepScan, type Scan } from '../ingest/scan.ts';
import type { Bundle } from './bundle.ts';
import { countsOf, hasWork } from './counts.ts';
import { nextChange } from './next-change.ts';
import type { Report } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { sweepParts } from './write.ts';

/*
 * Most builds of a newsroom that publishes by a timer change nothing. So this file, and whatever it imports, knows nothing
 * of compiling, pictures and templates: to open those modules takes as long as all that is done here.
 */

/** Whether nothing comes out, goes back or changes by the clock alone. @param now what a publish is given as its time */
export const nothingDue = (index: IndexHandle, now: number): boolean => !isTurning(index, now);

/**
 * The publish of a newsroom in which nothing changed, that has nothing left to do, and whose dist is as the press left it.
 *
 * @param distScan undefined when dist was not scanned
 * @returns undefined when there is something to do after all
 */
export async function publishNothing(
  index: IndexHandle,
  {
    dist,
    bundle,
    seen,
    distScan,
    now,
  }: {
    dist: string;
    bundle: Bundle;
    seen: Scan;
    distScan: DistScan | undefined;
    now: number;
  },
): Promise<Omit<Report, 'seconds'> | undefined> {
  if (seen.problems.length > 0 || hasWork(index, bundle)) return undefined;
  if (distScan && Object.values(distScan).some((found) => found.length > 0)) return undefined;
  // A folder may have another time, or be too young for its time to say anything, though nothing in it changed.
  if (seen.folders.length + seen.foldersGone.length > 0) await transaction(index.db, () => keepScan(index, seen));
  sweepParts(dist);
  const changes = { added: [], changed: [], removed: [] };
  return {
    ...changes,
    ...countsOf(index, changes),
    repaired: [],
    rendered: 0,
    warnings: bundle.warnings ?? [],
    nextChange: nextChange(index, now),
  };
}
