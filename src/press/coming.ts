import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { recentMs, recentRows } from '../index/recent.ts';
import { dayMs, isInDelayedFeed, seenFrom } from '../index/rows.ts';
import { querySite } from '../queries/queries.ts';
import { indexFile } from './index-file.ts';

/** What changes by itself at a given time, and the time zone for the message. */
export interface Coming {
  timeZone: string;
  stories: number;
  updates: number;
  banners: number;
  /** Stories that leave the news sitemap. */
  leaving: number;
  /** Stories that appear in a feed for a partner. */
  inFeeds: number;
}

/** What changes by itself at a given time, according to the index of a newsroom and a dist. @param due ms */
export function comingAt(due: number, { site, cache, dist }: { site: string; cache: string; dist: string }): Coming {
  const index = openIndexHandle(site, indexFile(cache, dist), 'read');
  const count = (query: string): number => (index.sql(query).get(due) as { count: number }).count;
  try {
    return {
      timeZone: querySite(index).timeZone,
      stories: count('SELECT count(*) AS count FROM story WHERE isPublic = 0 AND due = ?'),
      updates: count(
        'SELECT count(DISTINCT id) AS count FROM turn JOIN story USING (id) WHERE isPast = 0 AND instant = ? AND isPublic = 1',
      ),
      banners: count('SELECT count(*) AS count FROM banner WHERE until = ?'),
      leaving: recentRows(index).filter(({ published }) => published + recentMs === due).length,
      inFeeds: count(
        `SELECT count(DISTINCT story.id) AS count FROM delayedFeed JOIN story ON due >= ?1 - delay - ${dayMs} AND ${seenFrom} = ?1 - delay AND ${isInDelayedFeed}`,
      ),
    };
  } finally {
    closeIndexHandle(index);
  }
}
