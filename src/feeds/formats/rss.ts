import { generateRssFeed } from 'feedsmith';
import { escapeText } from '../../site/markup.ts';
import type { Feed } from '../feed-model.ts';
import { changeOf, type FeedItem } from '../item.ts';
import { FeedDate } from '../moment.ts';
import { mediaOf } from './media.ts';
import { typeOfFormat } from './types.ts';

/**
 * RSS 2.0.
 *
 * A description is HTML, so a text in it is escaped once for HTML and once for XML. A title is plain text.
 *
 * @see https://www.rssboard.org/rss-profile
 */
export const rssOf = (feed: Feed): string =>
  generateRssFeed(
    {
      title: feed.title,
      link: feed.page,
      description: escapeText(feed.description),
      language: feed.site.language,
      ...(feed.items.length > 0 && { lastBuildDate: new FeedDate(feed.updated, feed.site) }),
      atom: {
        links: [
          { href: feed.self, rel: 'self', type: typeOfFormat.xml },
          ...feed.formats
            .filter(({ url }) => url !== feed.self)
            .map(({ format, url }) => ({ href: url, rel: 'alternate', type: typeOfFormat[format] })),
        ],
      },
      items: feed.items.map((item) => rssItem(item, feed)),
    },
    { stylesheets: [{ type: 'text/css', href: feed.style }] },
  );

const rssItem = (item: FeedItem, { site }: Feed) => ({
  title: item.title,
  link: item.url,
  ...(item.summary !== undefined && { description: escapeText(item.summary) }),
  categories: item.categories.map(({ title }) => ({ name: title })),
  enclosures: item.recordings.map(({ url, type, bytes }) => ({ url, type, length: bytes })),
  guid: { value: item.id, isPermaLink: false },
  pubDate: new FeedDate(item.published, site),
  atom: { updated: new FeedDate(changeOf(item), site) },
  dc: {
    creators: item.authors.map(({ name }) => name),
    ...(item.language !== undefined && { languages: [item.language] }),
  },
  ...(item.html !== undefined && { content: { encoded: item.html } }),
  media: mediaOf(item),
});
