import { foldAddress } from '../site/address.ts';
import type { IndexHandle } from './handle.ts';

/** Folders that every site has, or in which pages appear with the stories. */
const always = ['/', '/assets/', '/topics/', '/authors/', '/series/', '/corrections/', '/search/'];

/**
 * A page or file of the site in a folder, or undefined if there is none. Old addresses do not count.
 *
 * @param folder an address that ends with a slash
 */
export function pageWithin(index: IndexHandle, folder: string): string | undefined {
  if (always.some((one) => one === folder || (one !== '/' && folder.startsWith(one)))) return folder;
  const fold = foldAddress(folder).replace(/index\.html$/, '');
  const found = index
    .sql(
      `SELECT address.address FROM address
        LEFT JOIN story ON story.id = substr(address.owner, 7) AND address.owner LIKE 'story/%'
        WHERE fold >= ? AND fold < ? AND address.kind <> 'alias' AND (story.id IS NULL OR story.isPublic = 1) LIMIT 1`,
    )
    .get(fold, `${fold.slice(0, -1)}0`) as { address: string } | undefined;
  return found?.address;
}
