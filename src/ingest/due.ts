import type { IndexHandle } from '../index/handle.ts';
import { isRecentOver, keepRecent } from '../index/recent.ts';
import { dayMs, isInDelayedFeed, seenFrom } from '../index/rows.ts';
import { enlist, seenStory, unlist } from '../index/story-rows.ts';
import { type IngestRun, ingestAgain } from './ingest-run.ts';

/** Records when a story changes by itself. */
export function keepTurns(index: IndexHandle, id: string, instants: readonly number[], now: number): void {
  for (const instant of instants)
    index.sql('INSERT OR IGNORE INTO turn VALUES (?, ?, ?)').run(instant <= now ? 1 : 0, instant, id);
}

/** Whether anything changes just because time has passed. `ingestTurnedAgain` and `turnByClock` make the changes. */
export const isTurning = (index: IndexHandle, now: number): boolean =>
  [
    'SELECT 1 FROM turn WHERE (isPast = 0 AND instant <= ?1) OR (isPast = 1 AND instant > ?1) LIMIT 1',
    'SELECT 1 FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1) LIMIT 1',
    'SELECT 1 FROM banner WHERE isOver <> (until <= ?1) LIMIT 1',
    `${dueInFeeds} LIMIT 1`,
  ].some((query) => index.sql(query).get(now) !== undefined) || isRecentOver(index, now);

/** Feeds for partners in which a story is due since they were last looked at, or is not due yet again. */
const dueInFeeds = `
  SELECT delayedFeed.id FROM delayedFeed JOIN story ON due > min(asOf, ?1) - delay - ${dayMs} AND due <= max(asOf, ?1) - delay
    AND ${seenFrom} > min(asOf, ?1) - delay AND ${seenFrom} <= max(asOf, ?1) - delay AND ${isInDelayedFeed}`;

/**
 * Queues the stories that have changed by themselves since the last time: an update or a correction is now due, or is
 * no longer due if the publish was given an earlier time.
 */
export function ingestTurnedAgain(index: IndexHandle, run: IngestRun): void {
  for (const { id } of index
    .sql(
      'SELECT DISTINCT id FROM turn WHERE (isPast = 0 AND instant <= ?1) OR (isPast = 1 AND instant > ?1) ORDER BY id',
    )
    .all(run.now) as { id: string }[])
    ingestAgain(index, `story/${id}`, run);
}

/**
 * Publishes the stories that are due by now although no file changed, and removes those that are not, because the
 * publish may have been given an earlier time. The same goes for banners, and for the news sitemap.
 */
export function turnByClock(index: IndexHandle, { now, changes }: IngestRun): void {
  const { sql } = index;
  for (const { id } of sql(
    'SELECT id FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1)',
  ).all(now) as { id: string }[]) {
    const old = seenStory(index, id)!;
    unlist(index, old);
    sql('UPDATE story SET isPublic = 1 - isPublic WHERE id = ?').run(id);
    const turned = seenStory(index, id)!;
    enlist(index, turned);
    changes.stories.push({ before: old, after: turned });
  }
  for (const { front } of sql('SELECT front FROM banner WHERE isOver <> (until <= ?)').all(now) as {
    front: string;
  }[]) {
    sql('UPDATE banner SET isOver = 1 - isOver WHERE front = ?').run(front);
    changes.records.add(`front/${front}`);
  }
  if (keepRecent(index, now)) changes.records.add('recent');
  for (const { id } of sql(dueInFeeds).all(now) as { id: string }[]) changes.records.add(`feed/${id}`);
  sql('UPDATE delayedFeed SET asOf = ?').run(now);
}
