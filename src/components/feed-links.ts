import type { FeedName } from '../i18n/vocabulary.ts';
import { wordsOf } from '../i18n/words.ts';
import {
  type FeedFormat,
  feedAddress,
  feedArchiveAddress,
  feedFormats,
  isMonthly,
  type ListKey,
} from '../site/address.ts';
import { hrefOf, type Site } from '../site/site.ts';

/** A list that a page shows, for the feeds that the page names. */
export interface FeedsOf {
  list: ListKey;
  /** The title of the list. Absent for the whole site. */
  title?: string | undefined;
  /** Of an archive page. */
  period?: string;
  part?: number;
}

export interface FeedLink {
  type: string;
  title: string;
  href: string;
}

const kinds: Readonly<Record<FeedFormat, { type: string; name: FeedName }>> = {
  xml: { type: 'application/rss+xml', name: 'RSS' },
  atom: { type: 'application/atom+xml', name: 'Atom' },
  json: { type: 'application/feed+json', name: 'JSON' },
};

/**
 * The feeds that a page names in its head: those of the list that it shows in every format, and otherwise the feed of
 * its section. Every page names the feed of the site.
 */
export function feedLinks(site: Site, shown: FeedsOf | undefined, section: string | undefined): FeedLink[] {
  const words = wordsOf(site.language);
  const titleOf = (title: string | undefined, { name }: { name: FeedName }) =>
    title === undefined ? words.feed[name] : words.feedOf[name](title);
  const link = (list: ListKey, format: FeedFormat, title?: string): FeedLink => ({
    type: kinds[format].type,
    title: titleOf(title, kinds[format]),
    href: hrefOf(site, feedAddress(list, format)),
  });
  const { list, title, period, part } = shown ?? {};
  const links = list === undefined || list === 'site' ? [] : feedFormats.map((format) => link(list, format, title));
  if (list === undefined) {
    const name = site.sections.find(({ id }) => id === section)?.title;
    if (name !== undefined) links.push(link(`section/${section}`, 'xml', name));
  } else if (period !== undefined && isMonthly(list))
    links.unshift({
      type: kinds.atom.type,
      title: `${titleOf(title, kinds.atom)}${words.comma}${period}`,
      href: hrefOf(site, feedArchiveAddress(list, period, part)),
    });
  const ofSite = (list === 'site' ? feedFormats : (['xml'] as const)).map((format) => link('site', format));
  return [...ofSite, ...links];
}
