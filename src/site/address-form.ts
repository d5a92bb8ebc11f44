import {
  type Address,
  correctionsAddress,
  type FeedFormat,
  feedStyleAddress,
  isMonthly,
  type ListKey,
  markAddress,
  newsSitemapAddress,
  searchAddress,
  searchScriptAddress,
  securityAddress,
  wireIndexAddress,
} from './address.ts';
import { hostFiles } from './hosting.ts';

/** Pages that every site has, by their address. */
export const fixedAddresses: ReadonlyMap<string, Address> = new Map(
  Object.entries({
    '/': { kind: 'home' },
    '/404.html': { kind: 'notFound' },
    '/sitemap.xml': { kind: 'sitemap' },
    [newsSitemapAddress]: { kind: 'newsSitemap' },
    [wireIndexAddress]: { kind: 'wireIndex' },
    '/robots.txt': { kind: 'robots' },
    [markAddress]: { kind: 'mark' },
    [feedStyleAddress]: { kind: 'feedStyle' },
    [searchScriptAddress]: { kind: 'searchScript' },
    ...Object.fromEntries(hostFiles.map(({ name }) => [`/${name}`, { kind: 'hostFile' as const, name }])),
    [securityAddress]: { kind: 'security' },
    [correctionsAddress]: { kind: 'corrections', part: 1 },
    [searchAddress]: { kind: 'search' },
  } satisfies Record<string, Address>),
);

/**
 * What is at an address of the site itself, of a list, or of a series, judged by the form of the address alone. Whether
 * the list exists is not checked.
 *
 * @param pathname decoded, without the site's base
 */
export function addressByForm(pathname: string): Address | undefined {
  const fixed = fixedAddresses.get(pathname);
  if (fixed) return fixed;
  const part = /^\/sitemap-(pages|\d{4}-\d{2})\.xml$/.exec(pathname)?.[1];
  if (part) return { kind: 'sitemap', part };
  const day = /^\/wire\/(\d{4})\/(\d{2})\/(\d{2})\.json$/.exec(pathname);
  if (day) return { kind: 'wireDay', day: day.slice(1).join('-') };
  const [, front, format] = /^(.*\/)feed\.(xml|atom|json)$/.exec(pathname) ?? [];
  if (front !== undefined) return feedByForm(front, format as FeedFormat);
  const segments = pathname.normalize('NFC').split('/').slice(1, -1);
  if (!pathname.endsWith('/') || segments.length === 0) return undefined;
  if (segments[0] === 'series') {
    const [, id, rest, ...more] = segments;
    const page = rest === undefined ? '1' : /^part-([2-9]|[1-9]\d+)$/.exec(rest)?.[1];
    return id && page && more.length === 0 ? { kind: 'series', series: id, part: Number(page) } : undefined;
  }
  let list: ListKey = 'site';
  if (segments[0] === 'topics' || segments[0] === 'authors') {
    const [kind, id] = segments.splice(0, 2);
    if (!id) return undefined;
    if (segments.length === 0) return kind === 'topics' ? { kind: 'topic', topic: id } : { kind: 'author', author: id };
    list = kind === 'topics' ? `topic/${id}` : `author/${id}`;
  } else if (segments[0] === 'corrections') list = segments.shift() as 'corrections';
  else if (!/^\d{4}$/.test(segments[0]!)) list = `section/${segments.shift()!}`;
  const partNumber = /^part-([2-9]|[1-9]\d+)$/.exec(segments.at(-1) ?? '')?.[1];
  if (partNumber) segments.pop();
  const [year, month] = segments;
  const isPeriod =
    year && /^\d{4}$/.test(year) && (segments.length === 1 || (segments.length === 2 && /^\d{2}$/.test(month!)));
  if (!isPeriod) return undefined;
  if (!month && list === 'site') return partNumber ? undefined : { kind: 'year', year };
  if (isMonthly(list) !== Boolean(month)) return undefined;
  if (list === 'corrections') return { kind: 'corrections', period: year, part: Number(partNumber ?? 1) };
  return { kind: 'period', list, period: segments.join('-'), part: Number(partNumber ?? 1) };
}

/**
 * A feed, except those of sections, which the index knows.
 *
 * @param front the address of what it is beside
 */
function feedByForm(front: string, format: FeedFormat): Address | undefined {
  const partner = /^\/feeds\/([^/]+)\/$/.exec(front)?.[1];
  if (partner !== undefined) return { kind: 'partnerFeed', feed: partner, format };
  const page = addressByForm(front);
  switch (page?.kind) {
    case 'home':
      return { kind: 'feed', list: 'site', format };
    case 'topic':
      return { kind: 'feed', list: `topic/${page.topic}`, format };
    case 'author':
      return { kind: 'feed', list: `author/${page.author}`, format };
    case 'corrections':
      return page.period === undefined ? { kind: 'feed', list: 'corrections', format } : undefined;
    case 'period':
      return format === 'atom' && isMonthly(page.list)
        ? { kind: 'feedArchive', list: page.list, period: page.period, part: page.part }
        : undefined;
    default:
      return undefined;
  }
}
