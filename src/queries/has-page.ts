import { lengthOf, partsOf, periodsOf, storyRow } from '../index/rows.ts';
import { type Address, sitemapAddress } from '../site/address.ts';
import { queryCorrected, querySeriesPage, querySite } from './queries.ts';
import { sitemapOf } from './site-map.ts';

/**
 * Whether readers find a page at an address. `queryAddress` knows lists by the form of their address alone, because
 * the press asks for none that it has not planned; `dev` is asked for anything.
 */
export function hasPage(address: Address): boolean {
  switch (address.kind) {
    case 'story':
      return storyRow(address.story) !== undefined;
    case 'topic':
      return periodsOf(`topic/${address.topic}`).length > 0;
    case 'author':
      return periodsOf(`author/${address.author}`).length > 0;
    case 'series':
      return querySeriesPage(address.series, address.part) !== undefined;
    case 'period': {
      const length = lengthOf(address.list, address.period);
      return length > 0 && address.part <= partsOf(length);
    }
    case 'year':
      return periodsOf('site').some((period) => period.startsWith(`${address.year}-`));
    case 'corrections':
      return address.period === undefined || queryCorrected(address.period, address.part) !== undefined;
    case 'sitemap':
      return address.part === undefined || isPartOfMap(address.part);
    case 'mark':
      return querySite().icon === undefined;
    default:
      return true;
  }
}

function isPartOfMap(part: string): boolean {
  const map = sitemapOf('');
  return map.kind === 'parts' && map.parts.some(({ address }) => address === sitemapAddress(part));
}
