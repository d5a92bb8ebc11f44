import type { Address } from './address.ts';
import { themePageRoute } from './theme-page.ts';

/**
 * The file in `pages/` for each kind of address, by Astro's path for it. The press uses it directly. Where real
 * addresses arrive (`astro dev`, a server), the middleware rewrites them to it.
 */
const routes: Record<Exclude<Address['kind'], 'themePage'>, string> = {
  home: '/',
  section: '/section',
  topic: '/topic',
  author: '/author',
  series: '/series',
  corrections: '/corrections',
  search: '/search',
  period: '/period',
  year: '/year',
  story: '/story',
  page: '/page',
  alias: '/alias',
  feed: '/feed.xml',
  feedArchive: '/feed-archive.xml',
  partnerFeed: '/partner-feed.xml',
  feedStyle: '/feed.css',
  sitemap: '/sitemap.xml',
  newsSitemap: '/news-sitemap.xml',
  wire: '/wire.json',
  wireDay: '/wire-day.json',
  wireIndex: '/wire-index.json',
  robots: '/robots.txt',
  mark: '/mark.svg',
  searchScript: '/search.js',
  hostFile: '/host-file.txt',
  security: '/security.txt',
  notFound: '/404',
};

/** The path of the route that renders an address. Pages in `theme/pages/` have a route each. */
export const routeOf = (address: Address): string =>
  address.kind === 'themePage' ? themePageRoute(address.page) : routes[address.kind];
