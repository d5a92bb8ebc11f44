import { unmarked } from '../i18n/borrowed.ts';
import type { FeedName } from '../i18n/vocabulary.ts';
import { wordsOf } from '../i18n/words.ts';
import {
  type FeedFormat,
  feedAddress,
  feedArchiveAddress,
  feedFormats,
  feedStyleAddress,
  type ListKey,
  listAddress,
  markAddress,
  partnerFeedAddress,
} from '../site/address.ts';
import type { PartnerFeed } from '../site/feed-settings.ts';
import { withoutXmlControls } from '../site/markup.ts';
import { absoluteHrefOf, hrefOf, type Site } from '../site/site.ts';
import type { Feed } from './feed-model.ts';
import { atomOf } from './formats/atom.ts';
import { jsonFeedOf } from './formats/json-feed.ts';
import { rssOf } from './formats/rss.ts';
import { identityOfFeed } from './identity.ts';
import { changeOf, type FeedItem } from './item.ts';
import { latestOf } from './moment.ts';

/** What a feed is about, in the words of the page that it belongs to. */
export interface About {
  title: string;
  description?: string | undefined;
}

/**
 * The feed of a list.
 *
 * @param about undefined for the whole site
 * @param archive the newest archive document that has stories which are not in the feed
 */
export function feedOf(
  site: Site,
  {
    list,
    format,
    about,
    items,
    archive,
  }: {
    list: ListKey;
    format: FeedFormat;
    about?: About | undefined;
    items: FeedItem[];
    archive?: { period: string; part: number } | undefined;
  },
): string {
  const older = archive && absoluteHrefOf(site, feedArchiveAddress(list, archive.period, archive.part));
  return print(format, {
    ...frameOf(site, format, about, items),
    id: identityOfFeed(site, list),
    page: absoluteHrefOf(site, listAddress(list)),
    self: absoluteHrefOf(site, feedAddress(list, format)),
    formats: feedFormats.map((other) => ({ format: other, url: absoluteHrefOf(site, feedAddress(list, other)) })),
    archive: older === undefined ? undefined : { older },
  });
}

/**
 * An archive document of the feed of a list: the stories of a month, or of a part of it, newest first. It has their
 * headlines and summaries, and says where the texts are.
 */
export function feedArchiveOf(
  site: Site,
  {
    list,
    about,
    items,
    place,
    older,
    newer,
  }: {
    list: ListKey;
    about?: About | undefined;
    items: FeedItem[];
    place: { period: string; part: number };
    older?: { period: string; part: number } | undefined;
    newer?: { period: string; part: number } | undefined;
  },
): string {
  const at = ({ period, part }: typeof place) => absoluteHrefOf(site, feedArchiveAddress(list, period, part));
  const current = absoluteHrefOf(site, feedAddress(list, 'atom'));
  return atomOf({
    ...frameOf(site, 'atom', about, items),
    id: identityOfFeed(site, list),
    page: absoluteHrefOf(site, listAddress(list)),
    self: at(place),
    formats: [],
    archive: { current, older: older && at(older), newer: newer && at(newer) },
  });
}

/** A feed for a partner. */
export function partnerFeedOf(site: Site, feed: PartnerFeed, format: FeedFormat, items: FeedItem[]): string {
  return print(format, {
    ...frameOf(site, format, feed.title === undefined ? undefined : { title: feed.title }, items),
    id: identityOfFeed(site, `partner/${feed.id}`),
    page: absoluteHrefOf(site, '/'),
    self: absoluteHrefOf(site, partnerFeedAddress(feed.id, format)),
    formats: feedFormats.map((other) => ({
      format: other,
      url: absoluteHrefOf(site, partnerFeedAddress(feed.id, other)),
    })),
  });
}

function frameOf(site: Site, format: FeedFormat, about: About | undefined, items: FeedItem[]) {
  const { name, language, description, icon } = site;
  const words = wordsOf(language);
  return {
    site,
    title: withoutXmlControls(about ? unmarked(name + words.colon + about.title) : name),
    description: withoutXmlControls(
      unmarked((about ? about.description : description) ?? words.feedOf[formatNames[format]](about?.title ?? name)),
    ),
    style: hrefOf(site, feedStyleAddress),
    icon: icon && /^https?:/i.test(icon) ? icon : absoluteHrefOf(site, icon ?? markAddress),
    updated: latestOf(items.map(changeOf)),
    items,
  };
}

const formatNames: Readonly<Record<FeedFormat, FeedName>> = { xml: 'RSS', atom: 'Atom', json: 'JSON' };

function print(format: FeedFormat, feed: Feed): string {
  if (format === 'json') return jsonFeedOf(feed);
  return format === 'atom' ? atomOf(feed) : rssOf(feed);
}
