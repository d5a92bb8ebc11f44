import { aliasOf } from '../index/alias-rows.ts';
import type { IndexHandle } from '../index/handle.ts';
import type { AuthorRecord, FrontRecord, PageRecord, StoredRecord, StoryRow } from '../index/records.ts';
import {
  type CardRow,
  cards,
  idOfName,
  lengthOf,
  partLength,
  partsOf,
  periodsOf,
  placeOf,
  type Result,
  recordOf,
  storyRow,
  whole,
} from '../index/rows.ts';
import type { Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import { note } from './rendering.ts';
import type { CorrectedResult } from './results.ts';
import { redirectsOf, sitemapOf } from './site-map.ts';
import { besideOf, nextStory, offeredOf, seriesOf, topicOf } from './topics-and-series.ts';
import type { Query } from './trace.ts';

/*
 * How each query is resolved. Each query has a key and each result a digest. The pair is recorded in the trace of the
 * page. The press computes the digest of a key again without a page (`digestOfKey`), so both use the same functions.
 */

// `LIMIT ? + 0` and not `LIMIT ?`, because SQLite uses the value bound to a bare limit for planning, so it would plan
// again for each bound value, which takes longer than the query. The order is that of the key of the listing, because
// any other order would make SQLite create a temporary table for each query.
const newestPlaces = `
  SELECT card, cardDigest FROM listing JOIN story USING (id) WHERE list = ?
  ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`;
const olderPlaces = `
  SELECT card, cardDigest FROM listing JOIN story USING (id)
  WHERE list = ? AND (listing.period, listing.published, listing.id) < (?, ?, ?)
  ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`;
// The positions first, then their stories, because SQLite would also fetch the stories of skipped positions.
const placesOfPeriod = `
  SELECT card, cardDigest FROM (SELECT published, id FROM listing WHERE list = ? AND period = ? ORDER BY published, id LIMIT ? + 0 OFFSET ? + 0) AS place
  JOIN story USING (id) ORDER BY place.published, place.id`;

const placesOfSeries = `
  SELECT card, cardDigest FROM (SELECT part, published, id FROM series WHERE series = ? ORDER BY part, published, id LIMIT ? + 0 OFFSET ? + 0) AS place
  JOIN story USING (id) ORDER BY place.part, place.published, place.id`;

const corrections = 'SELECT correction.*, card FROM correction JOIN story USING (id)';

const corrected = (rows: unknown[]): CorrectedResult[] =>
  (rows as { date: number; type: CorrectedResult['type']; text: string; card: string }[]).map(
    ({ date, type, text, card }) => ({ date, type, text, story: nextStory(JSON.parse(card) as Card) }),
  );

const resolvers: { [name in Query[0]]: (index: IndexHandle, ...args: never[]) => Result<unknown> } = {
  site: (index) => recordOf<Site>(index, 'site'),
  story: (index, id: string) => {
    const row = storyRow(index, id);
    return { digest: row?.digest ?? '', value: () => row }; // an absent story is a result too, because it may be added
  },
  card: (index, name: string) => {
    const row = storyRow(index, idOfName(index, name) ?? '');
    const isListed = row?.state === 'ready';
    return {
      digest: isListed ? row.cardDigest : '',
      value: () => (isListed ? (JSON.parse(row.card) as Card) : undefined),
    };
  },
  link: (index, name: string) => {
    const row = storyRow(index, idOfName(index, name) ?? '');
    return whole(row && (JSON.parse(row.card) as Card).address);
  },
  latest: (index, list: string, count: number) =>
    cards(index.sql(newestPlaces).all(list, count) as unknown as CardRow[]),
  older: (index, list: string, id: string, count: number) => {
    const own = placeOf(index, list, id);
    return own
      ? cards(index.sql(olderPlaces).all(list, own.period, own.published, id, count) as unknown as CardRow[])
      : cards([]);
  },
  period: (index, list: string, period: string, part: number) => {
    const length = lengthOf(index, list, period);
    const rows = index
      .sql(placesOfPeriod)
      .all(list, period, partLength, (part - 1) * partLength) as unknown as CardRow[];
    return length === 0 || part > partsOf(length) ? cards([], 'none') : cards(rows, partsOf(length));
  },
  periods: (index, list: string) => whole(periodsOf(index, list)),
  neighbours: (index, list: string, period: string) => {
    const { sql } = index;
    const one = (text: string) => (sql(text).get(list, period) as { period: string | null }).period ?? undefined;
    return whole({
      older: one('SELECT max(period) AS period FROM period WHERE list = ? AND period < ? AND length > 0'),
      newer: one('SELECT min(period) AS period FROM period WHERE list = ? AND period > ? AND length > 0'),
    });
  },
  topic: (index, id: string) => whole(topicOf(index, id)),
  author: (index, id: string) => recordOf<AuthorRecord>(index, `author/${id}`),
  page: (index, id: string) => recordOf<PageRecord>(index, `page/${id}`),
  front: (index, id: string) => {
    const { digest, value } = recordOf<FrontRecord>(index, `front/${id}`);
    const isOver = index.sql('SELECT 1 FROM banner WHERE front = ? AND isOver = 1').get(id) !== undefined;
    return {
      digest: digest && `${digest}${isOver ? ' over' : ''}`,
      value: () => {
        const front = value();
        return front && isOver ? { ...front, banner: undefined } : front;
      },
    };
  },
  related: (index, id: string) => {
    const row = storyRow(index, id);
    const related = row && (JSON.parse(row.record) as StoredRecord).detail.related;
    return whole((related ?? []).filter((entry) => typeof entry === 'string'));
  },
  series: (index, id: string) => whole(seriesOf(index, id)),
  parts: (index, series: string, page: number) => {
    const { sql } = index;
    const { count } = sql('SELECT count(*) AS count FROM series WHERE series = ?').get(series) as { count: number };
    const rows = sql(placesOfSeries).all(series, partLength, (page - 1) * partLength) as unknown as CardRow[];
    const { digest, value } = cards(rows, partsOf(count));
    return { digest, value: () => ({ cards: value(), pages: partsOf(count), before: (page - 1) * partLength }) };
  },
  beside: (index, id: string) => whole(besideOf(index, id)),
  corrections: (index, count: number) =>
    whole(
      corrected(
        index.sql(`${corrections} ORDER BY period DESC, date DESC, id DESC, place DESC LIMIT ? + 0`).all(count),
      ),
    ),
  // Counted from the oldest, so that a new one moves no other to another page, but shown in reverse.
  corrected: (index, period: string, part: number) => {
    const rows = index
      .sql(`${corrections} WHERE period = ? ORDER BY period, date, id, place LIMIT ? + 0 OFFSET ? + 0`)
      .all(period, partLength, (part - 1) * partLength);
    return whole({ corrections: corrected(rows).reverse(), parts: partsOf(lengthOf(index, 'corrections', period)) });
  },
  offered: (index) => whole(offeredOf(index)),
  translations: (index, original: string) => {
    const { sql } = index;
    const others = sql(
      'SELECT translation.id FROM translation JOIN name ON name.name = original WHERE name.id = ?',
    ).all(original) as { id: string }[];
    const rows = (others.length ? [original, ...others.map(({ id }) => id).sort()] : [])
      .map((id) => storyRow(index, id))
      .filter((row) => row?.state === 'ready') as StoryRow[];
    return whole(
      rows.map(({ card }) => {
        const { id, address, headline, language } = JSON.parse(card) as Card;
        return { id, address, headline, language };
      }),
    );
  },
  sitemap: (index, part: string) => whole(sitemapOf(index, part)),
  redirects: (index) => whole(redirectsOf(index)),
  alias: (index, address: string) => whole(aliasOf(index, address)),
};

function resolve(index: IndexHandle, query: Query): Result<unknown> {
  const [name, ...args] = query;
  return (resolvers[name] as (index: IndexHandle, ...args: unknown[]) => Result<unknown>)(index, ...args);
}

/** Runs a query and records it in the trace of the page that is being rendered. */
export function read<T>(index: IndexHandle, ...query: Query): T {
  const key = JSON.stringify(query);
  const { digest, value } = resolve(index, query);
  note(key, digest);
  return value() as T;
}

/** `read` for queries of many pages: the result is cached until the index changes. It must not be modified. */
export function readOften<T>(index: IndexHandle, ...query: Query): T {
  const key = JSON.stringify(query);
  const { memo } = index;
  let kept = memo.get(key);
  if (!kept) {
    const { digest, value } = resolve(index, query);
    kept = { digest, value: value() };
    memo.set(key, kept);
  }
  note(key, kept.digest);
  return kept.value as T;
}

/** The current digest of a result. @param key the JSON of a query */
export const digestOfKey = (index: IndexHandle, key: string): string => resolve(index, JSON.parse(key) as Query).digest;
