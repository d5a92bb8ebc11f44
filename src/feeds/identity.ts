import type { Site } from '../site/site.ts';

/**
 * The identity of something that a newsroom publishes, as a tag URI (RFC 4151). It stays the same when the address of
 * the story, or of the whole site, changes.
 *
 * @param id such as the id of a story
 */
export const identityOf = (site: Pick<Site, 'url' | 'feedIdentity'>, id: string): string =>
  `${tagOf(site)}:${encoded(id)}`;

/**
 * The identity of a feed. No story can have it, not even one at `feeds/site`, because a colon in the id of a story is
 * encoded.
 *
 * @param feed a list, or `partner/` and the id of a feed for a partner
 */
export const identityOfFeed = (site: Pick<Site, 'url' | 'feedIdentity'>, feed: string): string =>
  `${tagOf(site)}:feed:${encoded(feed)}`;

const tagOf = (site: Pick<Site, 'url' | 'feedIdentity'>): string => `tag:${site.feedIdentity ?? defaultIdentity(site)}`;

const encoded = (id: string): string => id.split('/').map(encodeURIComponent).join('/');

/** A tag names its owner by a host and a year in which the host belonged to them. */
export const defaultIdentity = ({ url }: Pick<Site, 'url'>): string => `${new URL(url).hostname},2026`;
