import type { IndexHandle } from '../index/handle.ts';
import type { StoredRecord } from '../index/records.ts';
import { recordOf, storyRow } from '../index/rows.ts';
import type { Card } from '../story/card.ts';
import type { NextStory, SeriesResult, TopicResult } from './results.ts';

export function topicOf(index: IndexHandle, id: string): TopicResult | undefined {
  const { sql } = index;
  const described = recordOf<Record<string, { title?: string; description?: string }>>(index, 'topics').value()?.[id];
  // Spellings in public stories only: the first in code-point order, whatever order they were ingested in.
  const written = sql(
    `SELECT spelling FROM spelling JOIN story USING (id) WHERE topic = ? AND isPublic = 1 AND state = 'ready' ORDER BY spelling LIMIT 1`,
  ).get(id) as { spelling: string } | undefined;
  if (!written) return undefined;
  return { id, title: described?.title ?? written.spelling, description: described?.description };
}

export function seriesOf(index: IndexHandle, id: string): SeriesResult | undefined {
  const { sql } = index;
  const row = sql('SELECT min(spelling) AS spelling FROM series WHERE series = ?').get(id) as {
    spelling: string | null;
  };
  if (row.spelling === null) return undefined;
  const described = recordOf<Record<string, { title?: string; description?: string }>>(index, 'series').value()?.[id];
  return { id, title: described?.title ?? row.spelling, description: described?.description };
}

/** The stories before and after a story in its series. */
export function besideOf(
  index: IndexHandle,
  id: string,
): { series: string; previous?: NextStory; next?: NextStory } | undefined {
  const { sql } = index;
  const row = storyRow(index, id);
  if (row?.state !== 'ready') return undefined;
  const { detail, published } = JSON.parse(row.record) as StoredRecord;
  if (!detail.series) return undefined;
  const place = sql('SELECT part FROM series WHERE series = ? AND published = ? AND id = ?').get(
    detail.series.id,
    published,
    id,
  ) as { part: number } | undefined;
  if (!place) return undefined;
  const one = (sign: '<' | '>', order: 'DESC' | 'ASC') => {
    const found = sql(
      `SELECT card FROM (SELECT id FROM series WHERE series = ? AND (part, published, id) ${sign} (?, ?, ?)
        ORDER BY part ${order}, published ${order}, id ${order} LIMIT 1) JOIN story USING (id)`,
    ).get(detail.series!.id, place.part, published, id) as { card: string } | undefined;
    return found && nextStory(JSON.parse(found.card) as Card);
  };
  return { series: detail.series.id, previous: one('<', 'DESC'), next: one('>', 'ASC') };
}

export const nextStory = ({ address, headline, language }: Card): NextStory => ({ address, headline, language });

/** A longer list of topics or series does not help someone looking for a story. */
const offeredMax = 48;

/** The topics with the most stories and the latest series, each sorted by id. */
export function offeredOf(index: IndexHandle): { topics: string[]; series: string[] } {
  const { sql } = index;
  const topics = sql(
    `SELECT list FROM period WHERE list >= 'topic/' AND list < 'topic0' GROUP BY list HAVING total(length) > 0
      ORDER BY total(length) DESC, list LIMIT ? + 0`,
  ).all(offeredMax) as { list: string }[];
  const series = sql('SELECT series FROM series GROUP BY series ORDER BY max(published) DESC, series LIMIT ? + 0').all(
    offeredMax,
  ) as { series: string }[];
  return {
    topics: topics.map(({ list }) => list.slice('topic/'.length)).sort(),
    series: series.map((row) => row.series).sort(),
  };
}
