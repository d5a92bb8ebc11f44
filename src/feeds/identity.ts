import type { Site } from '../site/site.ts';

/**
 * The identity of something that a newsroom publishes, as a tag URI (RFC 4151). It stays the same when the address of
 * the story, or of the whole site, changes.
 *
 * @param id such as the id of a story
 */
export const identityOf = (site: Pick<Site, 'url' | 'feedIdentity'>, id: string): string =>
  `tag:${site.feedIdentity ?? defaultIdentity(site)}:${id.split('/').map(encodeURIComponent).join('/')}`;

/** A tag names its owner by a host and a year in which the host belonged to them. */
export const defaultIdentity = ({ url }: Pick<Site, 'url'>): string => `${new URL(url).hostname},2026`;
