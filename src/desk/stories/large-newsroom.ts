import { filesUnder } from '../../ingest/folder.ts';

/** In a smaller newsroom, it takes longer to start a process than to do the work. */
const filesMin = 300;

/** Whether a newsroom has so many files that work on all of them is done in a process of its own. */
export function isLarge(site: string, min = filesMin): boolean {
  let count = 0;
  try {
    for (const _ of filesUnder(site, 'content', [])) if (++count >= min) return true;
  } catch {
    // A folder was deleted meanwhile.
  }
  return false;
}
