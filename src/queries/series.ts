import { isDeepStrictEqual } from 'node:util';
import type { IndexHandle } from '../index/handle.ts';
import type { StoredRecord } from '../index/records.ts';
import { type CardRow, cards, partLength, partsOf, recordOf, storyRow, whole } from '../index/rows.ts';
import { seriesAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import { type Family, listed, touchParts } from './family.ts';
import { type Kind, read, readOften } from './kind.ts';
import { setTitled } from './set-words.ts';
import { type NextStory, nextStory } from './shown.ts';
import { querySite } from './site.ts';
import type { TopicName } from './topics.ts';

export interface SeriesResult extends TopicName {
  description?: string;
}

/** A page of a series. */
export interface SeriesPage {
  cards: Card[];
  /** The number of pages of the series. */
  pages: number;
  /** The number of its stories on the previous pages. */
  before: number;
}

/** The series of a story, and the stories before and after it in that series. */
export interface SeriesPlace {
  series: TopicName;
  previous?: NextStory;
  next?: NextStory;
}

const series: Kind<[id: string], SeriesResult | undefined> = {
  name: 'series',
  subject: (id) => `series:${id}`,
  resolve: (index, id) => {
    const row = index.sql('SELECT min(spelling) AS spelling FROM series WHERE series = ?').get(id) as {
      spelling: string | null;
    };
    if (row.spelling === null) return whole(undefined);
    const described = recordOf<Record<string, { title?: string; description?: string }>>(index, 'series').value()?.[id];
    return whole({ id, title: described?.title ?? row.spelling, description: described?.description });
  },
};

const parts: Kind<[series: string, page: number], SeriesPage> = {
  name: 'parts',
  subject: (id) => `series:${id}`,
  resolve: (index, id, page) => {
    const { sql } = index;
    const { count } = sql('SELECT count(*) AS count FROM series WHERE series = ?').get(id) as { count: number };
    const rows = sql(`
      SELECT card, cardDigest FROM (
        SELECT part, published, id FROM series WHERE series = ? ORDER BY part, published, id LIMIT ? + 0 OFFSET ? + 0) AS place
      JOIN story USING (id) ORDER BY place.part, place.published, place.id`).all(
      id,
      partLength,
      (page - 1) * partLength,
    ) as unknown as CardRow[];
    const { digest, value } = cards(rows, partsOf(count));
    return { digest, value: () => ({ cards: value(), pages: partsOf(count), before: (page - 1) * partLength }) };
  },
};

/** The stories before and after a story in its series. */
const beside: Kind<[id: string], { series: string; previous?: NextStory; next?: NextStory } | undefined> = {
  name: 'beside',
  subject: (id) => `beside:${id}`,
  resolve: (index, id) => {
    const row = storyRow(index, id);
    if (row?.state !== 'ready') return whole(undefined);
    const { detail, published } = JSON.parse(row.record) as StoredRecord;
    if (!detail.series) return whole(undefined);
    const place = index
      .sql('SELECT part FROM series WHERE series = ? AND published = ? AND id = ?')
      .get(detail.series.id, published, id) as { part: number } | undefined;
    if (!place) return whole(undefined);
    const at = { series: detail.series.id, part: place.part, published, id };
    const [previous, next] = neighboursOf(index, at).map((found) => {
      if (found === undefined) return undefined;
      const { card } = index.sql('SELECT card FROM story WHERE id = ?').get(found) as { card: string };
      return nextStory(JSON.parse(card) as Card);
    });
    return whole({ series: detail.series.id, previous, next });
  },
};

/** The stories on both sides of a position in a series. Only they name the story at that position. */
function neighboursOf(
  { sql }: IndexHandle,
  { series, part, published, id }: { series: string; part: number; published: number; id: string },
): [previous: string | undefined, next: string | undefined] {
  const one = (sign: '<' | '>', order: 'DESC' | 'ASC') =>
    (
      sql(
        `SELECT id FROM series WHERE series = ? AND (part, published, id) ${sign} (?, ?, ?)
          ORDER BY part ${order}, published ${order}, id ${order} LIMIT 1`,
      ).get(series, part, published, id) as { id: string } | undefined
    )?.id;
  return [one('<', 'DESC'), one('>', 'ASC')];
}

/** A series that has public stories. */
export const querySeries = (index: IndexHandle, id: string): SeriesResult | undefined =>
  setTitled(readOften(index, series, id), querySite(index));

/** The stories of a series in their order, with as many on a page as for a period. @param page counted from 1 */
export function querySeriesPage(index: IndexHandle, id: string, page: number): SeriesPage | undefined {
  const found = read(index, parts, id, page);
  return found.cards.length ? found : undefined;
}

/** The series that a story belongs to, and the stories before and after it. */
export function querySeriesPlace(index: IndexHandle, id: string): SeriesPlace | undefined {
  const found = read(index, beside, id);
  const series = found && querySeries(index, found.series);
  return series && { series: { id: series.id, title: series.title }, previous: found.previous, next: found.next };
}

export const seriesFamily: Family = {
  kinds: [series, parts, beside],
  record: (key, { subjects }) => {
    if (key.startsWith('series/')) subjects.add(`series:${key.slice('series/'.length)}`);
  },
  story: (index, edit, { subjects }) => {
    if (edit.isSameCard && isDeepStrictEqual(edit.before?.series, edit.after?.series)) return;
    for (const { id, published, series } of listed(edit)) {
      if (!series) continue;
      subjects.add(`series:${series.id}`).add(`beside:${id}`);
      for (const other of neighboursOf(index, { series: series.id, part: series.part, published, id }))
        if (other !== undefined) subjects.add(`beside:${other}`);
    }
  },
  series: (_, { series, before, after }, touched) =>
    touchParts(partsOf, { before, after }, (part) => seriesAddress(series, part), touched),
  *addresses({ sql }) {
    for (const { series, count } of sql('SELECT series, count(*) AS count FROM series GROUP BY series').all() as {
      series: string;
      count: number;
    }[])
      for (let part = 1; part <= partsOf(count); part++) yield seriesAddress(series, part);
  },
};
