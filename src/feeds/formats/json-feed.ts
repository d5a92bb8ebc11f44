import { generateJsonFeed } from 'feedsmith';
import type { Feed } from '../feed-model.ts';
import { changeOf, type FeedItem } from '../item.ts';
import { FeedDate } from '../moment.ts';

/** JSON Feed 1.1. @see https://www.jsonfeed.org/version/1.1/ */
export function jsonFeedOf(feed: Feed): string {
  const { site, items } = feed;
  const generated = generateJsonFeed({
    title: feed.title,
    home_page_url: feed.page,
    feed_url: feed.self,
    description: feed.description,
    icon: feed.icon,
    language: site.language,
    authors: [{ name: site.name, url: feed.page }],
    items: items.map((item) => jsonItem(item, feed)),
  }) as object;
  // The library leaves out an empty list, but a feed must have one.
  return `${JSON.stringify(items.length > 0 ? generated : { ...generated, items: [] }, null, 1)}\n`;
}

const jsonItem = (item: FeedItem, { site }: Feed) => ({
  id: item.id,
  url: item.url,
  title: item.title,
  ...(item.html === undefined ? { content_text: item.summary ?? item.title } : { content_html: item.html }),
  ...(item.summary !== undefined && { summary: item.summary }),
  ...(item.pictures[0] && { image: item.pictures[0].url }),
  date_published: new FeedDate(item.published, site),
  date_modified: new FeedDate(changeOf(item), site),
  tags: item.categories.map(({ title }) => title),
  // An item without authors has those of the feed.
  ...(item.authors.length > 0 && { authors: item.authors }),
  ...(item.language !== undefined && { language: item.language }),
  attachments: item.recordings.map(({ url, type, bytes }) => ({ url, mime_type: type, size_in_bytes: bytes })),
});
