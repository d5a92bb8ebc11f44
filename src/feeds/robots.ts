import { sitemapAddress } from '../site/address.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';

/** Everybody may read everything; the map says where it is. */
export const robotsOf = (site: Pick<Site, 'url'>): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${absoluteHrefOf(site, sitemapAddress())}\n`;
