import type { Address } from './address.ts';

/**
 * The file in `pages/` that shows each kind of address, by the path that Astro knows it under. The
 * press asks for it straight away; where real addresses come in (`astro dev`, a server), the
 * middleware leads there.
 */
export const routes: Record<Address['kind'], string> = {
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
  sitemap: '/sitemap.xml',
  robots: '/robots.txt',
  mark: '/mark.svg',
  redirects: '/redirects.txt',
  notFound: '/404',
};
