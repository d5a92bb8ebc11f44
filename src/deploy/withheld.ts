import { existsSync } from 'node:fs';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { hasOurTables, knownAddresses, type WithheldStory, withheldStories } from '../index/withheld.ts';
import { ingest } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { engineVersion } from '../press/engine-version.ts';
import { indexFile, realFolder } from '../press/index-file.ts';
import { ProblemsError } from '../problems/problem.ts';
import { querySite } from '../queries/queries.ts';
import { foldAddress } from '../site/address.ts';
import { baseOf, originOf } from '../site/site.ts';
import { withheldUnknown } from './problems.ts';
import type { SiteUrl } from './stale-leftovers.ts';

/** What must not come back. */
export interface Withheld extends SiteUrl {
  stories: WithheldStory[];
  /** Whether the newsroom has something at an address. Otherwise its file was deleted since. */
  isKnown(address: string): boolean;
}

interface Places {
  site: string;
  dist: string;
  cache: string;
  /** The clock of this machine, in ms. */
  clock: number;
}

/**
 * The stories that are withdrawn or hidden now, whatever was built last. The newsroom is read into an index of its own.
 * If it has mistakes, the index of the last build is used.
 *
 * @throws SetupError if neither is possible
 */
export async function withheldNow(places: Places): Promise<Withheld> {
  const { site, dist, cache, clock } = places;
  try {
    return await withTemporaryIndex(site, cache, engineVersion(cache), async (index) => {
      await ingest(index, scan(index, clock), clock, { isAll: true, dist });
      return withheldIn(index);
    });
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return ofLastBuild(places) ?? throwing();
  }
}

function throwing(): never {
  throw withheldUnknown();
}

function ofLastBuild({ site, dist, cache }: Places): Withheld | undefined {
  const file = indexFile(cache, realFolder(dist));
  if (!existsSync(file)) return undefined;
  const index = openIndexHandle(site, file, 'read');
  try {
    return hasOurTables(index) ? withheldIn(index) : undefined;
  } finally {
    closeIndexHandle(index);
  }
}

function withheldIn(index: IndexHandle): Withheld {
  const site = querySite(index);
  const addresses = knownAddresses(index);
  return {
    stories: withheldStories(index),
    isKnown: (address) => addresses.has(foldAddress(address)),
    origin: originOf(site),
    base: baseOf(site),
  };
}
