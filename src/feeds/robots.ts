import { sitemapAddress } from '../site/address.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';

/** Every robot may read everything. The sitemap is named. */
export const robotsOf = (site: Pick<Site, 'url'>): string =>
  `User-agent: *\nAllow: /\n\nSitemap: ${absoluteHrefOf(site, sitemapAddress())}\n`;
