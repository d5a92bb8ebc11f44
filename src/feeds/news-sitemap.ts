import { XMLBuilder } from 'fast-xml-parser';
import { datesOf } from '../i18n/dates.ts';
import type { NewsSitemapResult } from '../queries/results.ts';
import { withoutXmlControls } from '../site/markup.ts';
import { absoluteHrefOf, type Site } from '../site/site.ts';

/**
 * The stories of the last two days, for news search engines. Without any, it is an empty list, which they accept.
 *
 * @see https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
 */
export function newsSitemapOf(site: Site, stories: NewsSitemapResult): string {
  const { isoWhen } = datesOf(site.language, site.timeZone);
  return builder.build({
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    urlset: {
      '@_xmlns': 'http://www.sitemaps.org/schemas/sitemap/0.9',
      '@_xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
      url: stories.map(({ address, headline, language, published, publishedIsDay }) => ({
        loc: absoluteHrefOf(site, address),
        'news:news': {
          'news:publication': {
            'news:name': withoutXmlControls(site.name),
            'news:language': newsLanguage(language ?? site.language),
          },
          'news:publication_date': isoWhen(published, publishedIsDay),
          'news:title': withoutXmlControls(headline),
        },
      })),
    },
  });
}

/** Two or three letters (ISO 639), except for Chinese, where the script decides. */
export function newsLanguage(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  if (language !== 'zh') return new Intl.Locale(tag).language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
