import { type IndexHandle, transaction } from '../index/handle.ts';
import { isTurning } from '../ingest/due.ts';
import { keepScan, type Scan } from '../ingest/scan.ts';
import type { Bundle } from './bundle.ts';
import { countsOf, hasWork } from './counts.ts';
import { nextChange } from './next-change.ts';
import type { Signer } from './publish-options.ts';
import type { Report } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { sweepParts } from './write.ts';

/*
 * Most builds of a newsroom that publishes on a timer change nothing. So this file, and everything it imports, does not
 * load the modules for compiling, pictures, and templates, because loading them would take as long as everything that
 * is done here.
 */

/**
 * Whether nothing is published, withdrawn, or changed just because time has passed. @param now the time given to the
 * publish
 */
export const nothingDue = (index: IndexHandle, now: number): boolean => !isTurning(index, now);

/**
 * The publish of a newsroom in which nothing changed, with no work left to do, and with dist as the press left it.
 *
 * @param distScan undefined if dist was not scanned
 * @returns undefined if there is something to do after all
 */
export async function publishNothing(
  index: IndexHandle,
  {
    dist,
    bundle,
    seen,
    distScan,
    now,
    signer,
  }: {
    dist: string;
    bundle: Bundle;
    seen: Scan;
    distScan: DistScan | undefined;
    now: number;
    signer: Signer | undefined;
  },
): Promise<Omit<Report, 'seconds'> | undefined> {
  if (seen.problems.length > 0 || hasWork(index, bundle, signer)) return undefined;
  if (distScan && Object.values(distScan).some((found) => found.length > 0)) return undefined;
  // The times of a file or folder can be different, or too recent to be reliable, although nothing in it changed.
  if (seen.files.length + seen.folders.length + seen.foldersGone.length > 0)
    await transaction(index.db, () => keepScan(index, seen));
  sweepParts(dist);
  const changes = { added: [], changed: [], removed: [] };
  return {
    ...changes,
    ...countsOf(index, changes),
    renditions: 0, // the index has those of the last build that did something
    repaired: [],
    rendered: 0,
    warnings: bundle.warnings ?? [],
    nextChange: nextChange(index, now),
  };
}
