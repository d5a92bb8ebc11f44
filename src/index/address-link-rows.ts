import type { AddressLink } from '../story/record.ts';
import type { IndexHandle } from './handle.ts';

/** A link to an address on this site, as stored in the index. */
export interface AddressLinkRow extends AddressLink {
  /** story/ID, page/ID, author/ID, sidecar/FILE, or site. */
  owner: string;
  file: string;
  /** It is on every page, so a broken link is an error. */
  isNavigation: number;
}

/** Records the targets of an owner's links. Its previous links must have been deleted. */
export function putAddressLinks(
  index: IndexHandle,
  owner: string,
  file: string,
  links: (AddressLink & { isNavigation?: boolean })[],
): void {
  for (const { address, fragment, line, written, isNavigation = false } of links)
    index
      .sql('INSERT OR IGNORE INTO addressLink VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(owner, address, fragment, line, written, file, isNavigation ? 1 : 0);
}

export function forgetAddressLinks(index: IndexHandle, owner: string): void {
  index.sql('DELETE FROM addressLink WHERE owner = ?').run(owner);
}
