import type { IndexHandle } from '../index/handle.ts';
import { recentMs, recentRows } from '../index/recent.ts';
import { dayMs, isInDelayedFeed, seenFrom } from '../index/rows.ts';

/**
 * The next instant at which a story is published, changes by itself, or leaves the news sitemap, a banner disappears, or
 * a feed for a partner gets a story that it has to wait for.
 */
export function nextChange(index: IndexHandle, now: number): string | null {
  const row = index
    .sql(
      `SELECT min(due) AS due FROM (SELECT due FROM story WHERE isPublic = 0 AND due > ?1 UNION ALL SELECT until FROM banner WHERE until > ?1 UNION ALL SELECT instant FROM turn JOIN story USING (id) WHERE isPast = 0 AND instant > ?1 AND isPublic = 1 UNION ALL SELECT ${seenFrom} + delay FROM delayedFeed JOIN story ON due > ?1 - delay - ${dayMs} AND ${seenFrom} > ?1 - delay AND ${isInDelayedFeed})`,
    )
    .get(now) as {
    due: number | null;
  };
  const oldest = recentRows(index).at(-1);
  // An instant that has passed would make `watch` and the desk publish again and again.
  const instants = [row.due, oldest ? oldest.published + recentMs : null].filter(
    (instant) => instant !== null && instant > now,
  ) as number[];
  return instants.length === 0 ? null : new Date(Math.min(...instants)).toISOString();
}
