import type { IndexHandle } from '../index/handle.ts';
import { lengthOf, partsOf, periodsOf, storyRow } from '../index/rows.ts';
import { type Address, type ListKey, sitemapAddress } from '../site/address.ts';
import { partnerFeedOf } from './feeds.ts';
import { hostingFamily } from './hosting.ts';
import { queryCorrected, querySeriesPage, querySite, queryTrust, queryWireDay } from './queries.ts';
import { sitemapResult } from './sitemap.ts';
import { hasWire } from './wire.ts';

/**
 * Whether readers find a page at an address. `queryAddress` recognises lists only by the form of their address, because
 * the press queries only planned addresses. In `dev`, any address can be requested.
 */
export function hasPage(index: IndexHandle, address: Address): boolean {
  switch (address.kind) {
    case 'story':
      return storyRow(index, address.story) !== undefined;
    case 'topic':
      return periodsOf(index, `topic/${address.topic}`).length > 0;
    case 'author':
      return periodsOf(index, `author/${address.author}`).length > 0;
    case 'series':
      return querySeriesPage(index, address.series, address.part) !== undefined;
    case 'period':
    case 'feedArchive': {
      const length = lengthOf(index, address.list, address.period);
      return length > 0 && address.part <= partsOf(length);
    }
    case 'year':
      return periodsOf(index, 'site').some((period) => period.startsWith(`${address.year}-`));
    case 'feed':
      return hasFront(index, address.list);
    case 'partnerFeed':
      return partnerFeedOf(index, address.feed) !== undefined;
    case 'corrections':
      return address.period === undefined || queryCorrected(index, address.period, address.part) !== undefined;
    case 'sitemap':
      return address.part === undefined || isPartOfMap(index, address.part);
    case 'wire':
      return hasWire(index, address.story);
    case 'wireDay':
      return querySite(index).wire === true && queryWireDay(index, address.day).length > 0;
    case 'wireIndex':
      return querySite(index).wire === true;
    case 'mark':
      return querySite(index).icon === undefined;
    case 'searchScript':
      return querySite(index).search === true;
    case 'hostFile':
      return hostingFamily.optional!(index).some(([path, isThere]) => isThere && path === `/${address.name}`);
    case 'security':
      return queryTrust(index).security !== undefined;
    default:
      return true;
  }
}

/** Those of the site and of corrections always exist, and the index knows those of sections. */
const hasFront = (index: IndexHandle, list: ListKey): boolean =>
  !/^(?:topic|author)\//.test(list) || periodsOf(index, list).length > 0;

function isPartOfMap(index: IndexHandle, part: string): boolean {
  const map = sitemapResult(index, '');
  return map.kind === 'parts' && map.parts.some(({ address }) => address === sitemapAddress(part));
}
