import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexHandle } from '../index/handle.ts';
import { fileOfAddress } from '../site/address.ts';
import type { IngestRun, Losing } from './ingest-run.ts';

/** In a build without a cache, a story that is this much older than the newest counts as published. */
const newForMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Reports the words that stories lose: as errors, or as warnings if the story was published before, so that an upgrade
 * never refuses an archive.
 *
 * A story counts as published if the index has it as public, or if its page is in dist. If there is neither an index
 * nor a dist, as on a build server, the dates decide: docs/decisions/0015-words-lost-before.md.
 *
 * @param dist the folder of the site, absolute
 */
export function judgeLost(index: IndexHandle, { losing, now, report }: IngestRun, dist: string | undefined): void {
  if (losing.length === 0) return;
  const isFresh = dist === undefined || !existsSync(join(dist, 'index.html'));
  const newest = isFresh ? newestPublic(index) : 0;
  const wasPublished = ({ addresses, due, wasPublic }: Losing): boolean => {
    if (wasPublic) return true;
    if (due !== undefined && due > now) return false;
    if (isFresh) return due === undefined || due < newest - newForMs;
    return addresses.some((address) => existsSync(join(dist, fileOfAddress(address))));
  };
  for (const found of losing) {
    const isWarning = found.isDraft || wasPublished(found);
    report(isWarning ? found.problems.map((problem) => ({ ...problem, severity: 'warning' })) : found.problems);
  }
}

function newestPublic(index: IndexHandle): number {
  const row = index.sql('SELECT max(due) AS due FROM story WHERE isPublic = 1').get() as { due: number | null };
  return row.due ?? 0;
}
