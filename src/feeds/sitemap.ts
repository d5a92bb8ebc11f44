import { XMLBuilder } from 'fast-xml-parser';
import { datesOf } from '../i18n/dates.ts';
import type { SitemapResult } from '../queries/results.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';

/**
 * The sitemap, or the list of its parts.
 *
 * @see https://www.sitemaps.org/protocol.html
 * @see https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps
 */
export function sitemapOf(site: Pick<Site, 'url' | 'language' | 'timeZone'>, answer: SitemapResult): string {
  const xmlns = 'http://www.sitemaps.org/schemas/sitemap/0.9';
  const declaration = { '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' } };
  if (answer.kind === 'parts') {
    const sitemap = answer.parts.map(({ address }) => ({ loc: absoluteHrefOf(site, address) }));
    return builder.build({ ...declaration, sitemapindex: { '@_xmlns': xmlns, sitemap } });
  }
  const { isoDay } = datesOf(site.language, site.timeZone);
  const told = (lastmod: number, isDay = false) =>
    isDay ? isoDay(lastmod) : new Date(lastmod).toISOString().replace('.000Z', 'Z');
  const url = answer.urls.map(({ address, lastmod, isDay, picture }) => ({
    loc: absoluteHrefOf(site, address),
    ...(lastmod === undefined ? {} : { lastmod: told(lastmod, isDay) }),
    ...(picture === undefined ? {} : { 'image:image': { 'image:loc': absoluteHrefOf(site, picture) } }),
  }));
  const hasPictures = answer.urls.some(({ picture }) => picture !== undefined);
  const images = hasPictures ? { '@_xmlns:image': 'http://www.google.com/schemas/sitemap-image/1.1' } : {};
  return builder.build({ ...declaration, urlset: { '@_xmlns': xmlns, ...images, url } });
}

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
