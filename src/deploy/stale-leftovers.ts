import pLimit from 'p-limit';
import type { Contents } from '../site/manifest.ts';
import type { Knowledge } from './knowledge.ts';
import { filesOfAddress, referencesIn } from './references.ts';

/** A host may be far away. */
const readsAtOnce = 16;

/** Of the site's url, as links begin with it. */
export interface SiteUrl {
  origin: string;
  base: string;
}

/**
 * Pages that a stopped deploy left at the target and that refer to something missing there.
 *
 * No reader can reach such a page: what it refers to would have been sent before anything that leads to it. So it is
 * replaced together with new pages, before something leads to it. Other pages that were left may be reached, and are
 * replaced after what they refer to, like any page that has changed.
 *
 * @param read the text of a file at the target
 */
export async function staleLeftovers(
  { intent, files }: Pick<Knowledge, 'intent' | 'files'>,
  local: Contents,
  url: SiteUrl,
  read: (path: string) => Promise<string>,
): Promise<Set<string>> {
  const isChanged = (path: string) => {
    const there = files.get(path);
    const here = local.get(path);
    return there !== undefined && here !== undefined && there.sha256 !== here.sha256 && path.endsWith('.html');
  };
  const stale = new Set<string>();
  const limit = pLimit(readsAtOnce);
  await Promise.all(
    [...intent].filter(isChanged).map((path) =>
      limit(async () => {
        const addresses = [...referencesIn(await read(path), url)];
        if (addresses.some((address) => !filesOfAddress(address).some((file) => files.has(file)))) stale.add(path);
      }),
    ),
  );
  return stale;
}
