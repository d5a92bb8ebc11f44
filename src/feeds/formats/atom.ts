import { generateAtomFeed } from 'feedsmith';
import type { Feed } from '../feed-model.ts';
import { changeOf, type FeedItem } from '../item.ts';
import { FeedDate } from '../moment.ts';
import { mediaOf } from './media.ts';
import { typeOfFormat } from './types.ts';

/**
 * Atom 1.0 (RFC 4287), with the links of RFC 5005 between a feed and its archive.
 *
 * Texts are objects, because the library drops a title that is only a string.
 */
export function atomOf(feed: Feed): string {
  const { site, archive } = feed;
  const atom = generateAtomFeed(
    {
      id: feed.id,
      title: plain(feed.title),
      subtitle: plain(feed.description),
      updated: new FeedDate(feed.updated, site),
      icon: feed.icon,
      // An entry without an author has that of the feed.
      authors: [{ name: site.name, uri: feed.page }],
      xml: { lang: site.language },
      links: [
        { href: feed.self, rel: 'self', type: typeOfFormat.atom },
        { href: feed.page, rel: 'alternate', type: 'text/html' },
        ...feed.formats
          .filter(({ url }) => url !== feed.self)
          .map(({ format, url }) => ({ href: url, rel: 'alternate', type: typeOfFormat[format] })),
        ...[
          { href: archive?.current, rel: 'current' },
          { href: archive?.older, rel: 'prev-archive' },
          { href: archive?.newer, rel: 'next-archive' },
        ].flatMap(({ href, rel }) => (href === undefined ? [] : [{ href, rel, type: typeOfFormat.atom }])),
      ],
      entries: feed.items.map((item) => atomEntry(item, feed)),
    },
    { stylesheets: [{ type: 'text/css', href: feed.style }] },
  );
  return archive?.current === undefined ? atom : atom.replace(/<feed\b[^>]*>/, (opening) => opening + archiveMark);
}

/** The library does not know this element, which has no content. It marks an archive document (RFC 5005, section 4). */
const archiveMark = '\n  <fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>';

const plain = (value: string) => ({ value, type: 'text' });

const atomEntry = (item: FeedItem, { site }: Feed) => ({
  id: item.id,
  title: plain(item.title),
  links: [
    { href: item.url, rel: 'alternate', type: 'text/html' },
    ...item.recordings.map(({ url, type, bytes }) => ({ href: url, rel: 'enclosure', type, length: bytes })),
  ],
  published: new FeedDate(item.published, site),
  updated: new FeedDate(changeOf(item), site),
  authors: item.authors.map(({ name, url }) => ({ name, ...(url !== undefined && { uri: url }) })),
  categories: item.categories.map(({ id, title }) => ({ term: id, label: title })),
  ...(item.summary !== undefined && { summary: plain(item.summary) }),
  ...(item.html !== undefined && { content: { value: item.html, type: 'html' } }),
  media: mediaOf(item),
  ...(item.language !== undefined && { xml: { lang: item.language } }),
});
