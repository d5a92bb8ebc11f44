import { statSync } from 'node:fs';
import { contentsOfDist } from '../press/contents-of-dist.ts';
import { type Holder, lockPress } from '../press/lock.ts';
import { isOurs } from '../press/write.ts';
import type { Contents } from '../site/manifest.ts';

interface Places {
  /** Absolute paths. */
  site: string;
  dist: string;
  cache: string;
  /** The clock of this machine. */
  clock: Date;
  /** Called once if a build is running. */
  onWait(holder: Holder | undefined): void;
}

/**
 * The files of the built site. If a build is running, this waits for its end, so a deploy never plans half a site.
 *
 * @returns empty if there is no site in the folder
 */
export async function contentsOfSite({ site, dist, cache, clock, onWait }: Places): Promise<Contents> {
  if (!statSync(dist, { throwIfNoEntry: false })?.isDirectory() || !isOurs(dist)) return new Map();
  const release = await lockPress(cache, clock, onWait);
  try {
    return await contentsOfDist({ site, dist, cache });
  } finally {
    release();
  }
}
