import type { IndexHandle } from '../index/handle.ts';
import { type Address, type FeedFormat, foldAddress, isWireAddress, wireName } from '../site/address.ts';
import { addressByForm, fixedAddresses } from '../site/address-form.ts';
import { queryAlias } from './redirects.ts';

/**
 * The page at an address, or undefined if there is none.
 *
 * @param pathname decoded, without the site's base, with or without the final slash
 */
export function queryAddress(index: IndexHandle, pathname: string): Address | undefined {
  const fixed = fixedAddresses.get(pathname);
  if (fixed) return fixed;
  const row = index.sql('SELECT address, kind, owner FROM address WHERE fold = ?').get(foldAddress(pathname)) as
    | { address: string; kind: string; owner: string }
    | undefined;
  if (row?.address === pathname.normalize('NFC')) {
    const id = row.owner.slice(row.owner.indexOf('/') + 1);
    switch (row.kind) {
      case 'story':
        return { kind: 'story', story: id };
      case 'page':
        return { kind: 'page', page: id };
      case 'themePage':
        return { kind: 'themePage', page: id };
      case 'section':
        return { kind: 'section', section: id };
      case 'feed':
        if (!row.owner.startsWith('section/')) break;
        return { kind: 'feed', list: `section/${id}`, format: row.address.split('.').at(-1) as FeedFormat };
      case 'alias': {
        const to = queryAlias(index, row.address);
        return to === undefined ? undefined : { kind: 'alias', to };
      }
    }
  }
  if (isWireAddress(pathname)) {
    const page = queryAddress(index, pathname.slice(0, -wireName.length));
    return page?.kind === 'story' ? { kind: 'wire', story: page.story } : undefined;
  }
  return addressByForm(pathname);
}
