import { isMonthly, type ListKey } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import { digestOf } from './digest.ts';
import type { IndexHandle } from './handle.ts';
import { isShownHidden } from './hidden.ts';
import type { StoryRow } from './records.ts';

/* What queries use: rows of the index, and the form of a result. */

/** A result is built only if more than its digest is needed. */
export interface Result<T> {
  digest: string;
  value: () => T;
}

/** A short text is its own digest, because computing a digest would take longer than everything else that is done with it. */
const shortDigestOf = (text: string): string => (text.length <= 80 ? text : digestOf(text));

export const whole = <T>(value: T): Result<T> => ({
  digest: shortDigestOf(JSON.stringify(value) ?? ''),
  value: () => value,
});

export type CardRow = { card: string; cardDigest: string };
export const cards = (rows: CardRow[], ...more: unknown[]): Result<Card[]> => ({
  digest: shortDigestOf(rows.map(({ cardDigest }) => cardDigest).join() + (more.length ? JSON.stringify(more) : '')),
  value: () => rows.map(({ card }) => JSON.parse(card) as Card),
});

/** A period with more stories is split into parts, so that no page grows without limit. */
export const partLength = 200;
export const lengthOf = (index: IndexHandle, list: string, period: string): number =>
  (
    index.sql('SELECT length FROM period WHERE list = ? AND period = ?').get(list, period) as
      | { length: number }
      | undefined
  )?.length ?? 0;

/** The number of pages for a period with this many stories. */
export const partsOf = (length: number): number => Math.max(1, Math.ceil(length / partLength));

export const periodsOf = (index: IndexHandle, list: string): string[] =>
  (
    index.sql('SELECT period FROM period WHERE list = ? AND length > 0 ORDER BY period DESC').all(list) as {
      period: string;
    }[]
  ).map(({ period }) => period);

const storyColumns = 'SELECT id, file, state, isPublic, digest, card, cardDigest, record FROM story WHERE id = ?';

/** A story that readers can see, or the one hidden story that `dev` shows in this request. */
export const storyRow = (index: IndexHandle, id: string): StoryRow | undefined =>
  index.sql(`${storyColumns}${isShownHidden(index, id) ? '' : ' AND isPublic = 1'}`).get(id) as StoryRow | undefined;

export const idOfName = (index: IndexHandle, name: string): string | undefined =>
  (index.sql('SELECT id FROM name WHERE name = ?').get(name) as { id: string } | undefined)?.id;

export const recordOf = <T>(index: IndexHandle, key: string): Result<T | undefined> => {
  const row = index.sql('SELECT digest, record FROM record WHERE key = ?').get(key) as
    | { digest: string; record: string }
    | undefined;
  return { digest: row?.digest ?? '', value: () => (row ? (JSON.parse(row.record) as T) : undefined) };
};

/** The position of a story in a list. Its period follows from the date, but only if the time zone is known. */
export function placeOf(
  index: IndexHandle,
  list: string,
  id: string,
): { period: string; published: number } | undefined {
  const row = index
    .sql(`SELECT day, published FROM story WHERE id = ?${isShownHidden(index, id) ? '' : ' AND isPublic = 1'}`)
    .get(id) as { day: string; published: number } | undefined;
  return row && { period: row.day.slice(0, isMonthly(list as ListKey) ? 7 : 4), published: row.published };
}

/** The number of stories, pictures, or files of dist in the index. */
export const countOf = (index: IndexHandle, table: 'story' | 'picture' | 'distFile'): number =>
  (index.sql(`SELECT count(*) AS count FROM ${table}`).get() as { count: number }).count;

/** Whether one of the lists of a row of `delayedFeed` has the story of a row of `story`, as a condition. */
export const isInDelayedFeed = `story.isPublic = 1 AND story.state = 'ready' AND EXISTS (
  SELECT 1 FROM json_each(delayedFeed.lists) AS wanted JOIN json_each(story.record, '$.lists') AS had ON wanted.value = had.value)`;

/** The longest time for which a story dated by the day waits, besides the delay. */
export const dayMs = 24 * 60 * 60 * 1000;

/**
 * When the delay of a feed for a partner begins to count for a row of `story`, as an expression. A day without a time
 * counts from its end, because nobody knows when on that day readers could first see the story.
 */
export const seenFrom = `(story.due + iif(story.due = story.published AND json_extract(story.card, '$.publishedIsDay'), ${dayMs}, 0))`;
