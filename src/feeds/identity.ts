import type { Site } from '../site/site.ts';

/**
 * The identity of something that a newsroom publishes, as a tag URI (RFC 4151). It stays the same when the address of
 * the story changes.
 *
 * @param id such as the id of a story
 */
export function identityOf(site: Pick<Site, 'url'>, id: string): string {
  // A tag names its owner by a host and a year in which the host belonged to them.
  return `tag:${new URL(site.url).hostname},2026:${id.split('/').map(encodeURIComponent).join('/')}`;
}
