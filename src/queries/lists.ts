import type { IndexHandle } from '../index/handle.ts';
import { type CardRow, cards, lengthOf, partLength, partsOf, periodsOf, placeOf, whole } from '../index/rows.ts';
import { periodOf } from '../index/story-rows.ts';
import { isMonthly, type ListKey, listAddress, periodAddress, yearAddress } from '../site/address.ts';
import type { Card } from '../story/card.ts';
import { type Family, listed, touchParts } from './family.ts';
import { type Kind, read, readOften } from './kind.ts';

/** One archive page of a list. Stories are in order of time, oldest first. */
export interface PeriodResult {
  list: ListKey;
  /** `2026-03` or `2026`. */
  period: string;
  part: number;
  /** The number of parts of the period. */
  parts: number;
  cards: Card[];
  /** The nearest periods that have stories. */
  older?: string;
  newer?: string;
}

// `LIMIT ? + 0` and not `LIMIT ?`, because SQLite uses the value bound to a bare limit for planning, so it would plan
// again for each bound value, which takes longer than the query. The order is that of the key of the listing, because
// any other order would make SQLite create a temporary table for each query.
const latest: Kind<[list: string, count: number], Card[]> = {
  name: 'latest',
  subject: (list) => `list:${list}`,
  resolve: (index, list, count) =>
    cards(
      index
        .sql(`
          SELECT card, cardDigest FROM listing JOIN story USING (id) WHERE list = ?
          ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`)
        .all(list, count) as unknown as CardRow[],
    ),
};

const older: Kind<[list: string, id: string, count: number], Card[]> = {
  name: 'older',
  subject: (_, id) => `older:${id}`,
  resolve: (index, list, id, count) => {
    const own = placeOf(index, list, id);
    return cards(
      own
        ? (index
            .sql(`
              SELECT card, cardDigest FROM listing JOIN story USING (id)
              WHERE list = ? AND (listing.period, listing.published, listing.id) < (?, ?, ?)
              ORDER BY listing.period DESC, listing.published DESC, listing.id DESC LIMIT ? + 0`)
            .all(list, own.period, own.published, id, count) as unknown as CardRow[])
        : [],
    );
  },
};

const period: Kind<[list: string, period: string, part: number], Card[]> = {
  name: 'period',
  subject: (list, period) => `period:${list}:${period}`,
  resolve: (index, list, period, part) => {
    const length = lengthOf(index, list, period);
    // The positions first, then their stories, because SQLite would also fetch the stories of skipped positions.
    const rows = index
      .sql(`
        SELECT card, cardDigest FROM (
          SELECT published, id FROM listing WHERE list = ? AND period = ? ORDER BY published, id LIMIT ? + 0 OFFSET ? + 0) AS place
        JOIN story USING (id) ORDER BY place.published, place.id`)
      .all(list, period, partLength, (part - 1) * partLength) as unknown as CardRow[];
    return length === 0 || part > partsOf(length) ? cards([], 'none') : cards(rows, partsOf(length));
  },
};

const periods: Kind<[list: string], string[]> = {
  name: 'periods',
  subject: (list) => `periods:${list}`,
  resolve: (index, list) => whole(periodsOf(index, list)),
};

/** The nearest periods of a list that have stories. */
export const neighbours: Kind<[list: string, period: string], { older?: string; newer?: string }> = {
  name: 'neighbours',
  subject: (list) => `periods:${list}`,
  resolve: (index, list, period) => {
    const one = (text: string) => (index.sql(text).get(list, period) as { period: string | null }).period ?? undefined;
    return whole({
      older: one('SELECT max(period) AS period FROM period WHERE list = ? AND period < ? AND length > 0'),
      newer: one('SELECT min(period) AS period FROM period WHERE list = ? AND period > ? AND length > 0'),
    });
  },
};

/** The latest stories of a list, newest first. */
export const queryLatest = (index: IndexHandle, list: ListKey, count: number): Card[] =>
  read(index, latest, list, count);

/**
 * The stories of a list that are older than one of its stories, newest first, so a new story never changes the result.
 */
export const queryOlder = (index: IndexHandle, list: ListKey, id: string, count: number): Card[] =>
  read(index, older, list, id, Math.min(count, olderMax));

/** The limit for `queryOlder`, because an edit looks this far for stories that show an older one. */
const olderMax = 6;

/** One archive page of a list. */
export function queryPeriod(index: IndexHandle, list: ListKey, name: string, part: number): PeriodResult | undefined {
  const found = read(index, period, list, name, part);
  if (found.length === 0) return undefined;
  const { older, newer } = read(index, neighbours, list, name);
  return { list, period: name, part, parts: partsOf(lengthOf(index, list, name)), cards: found, older, newer };
}

/** The periods of a list that have stories, newest first: `2026-03` for the site and sections, `2026` for others. */
export const queryPeriods = (index: IndexHandle, list: ListKey): string[] => readOften(index, periods, list);

/** The next stories of a list after a position. Only they can show the story at that position as "older". */
function newerThan(index: IndexHandle, list: string, period: string, published: number, id: string): string[] {
  const rows = index
    .sql(
      'SELECT id FROM listing WHERE list = ? AND (period, published, id) > (?, ?, ?) ORDER BY period, published, id LIMIT ? + 0',
    )
    .all(list, period, published, id, olderMax) as { id: string }[];
  return rows.map((row) => row.id);
}

const hasYear = (index: IndexHandle, year: string): boolean =>
  index.sql("SELECT 1 FROM period WHERE list = 'site' AND length > 0 AND period LIKE ? LIMIT 1").get(`${year}-%`) !==
  undefined;

/**
 * Whether the front of a list exists only while the list has stories. Those of the site and of sections always exist.
 */
const hasFrontOfItsOwn = (list: ListKey): boolean => !isMonthly(list) && list !== 'corrections';

export const listFamily: Family = {
  kinds: [latest, older, period, periods, neighbours],
  story: (index, edit, { subjects }) => {
    if (edit.isSameCard) return;
    for (const { id, lists, day, published } of listed(edit))
      for (const list of lists)
        for (const newer of newerThan(index, list, periodOf(list, day), published, id)) subjects.add(`older:${newer}`);
  },
  period: (index, { list, period, before, after }, touched) => {
    touched.subjects.add(`list:${list}`).add(`period:${list}:${period}`);
    touchParts(partsOf, { before, after }, (part) => periodAddress(list, period, part), touched);
    if (before > 0 === after > 0) return;
    touched.subjects.add(`periods:${list}`);
    if (list !== 'site') return;
    const year = period.slice(0, 4);
    if (hasYear(index, year)) touched.want(yearAddress(year));
    else touched.drop(yearAddress(year));
  },
  list: (_, { list, before, after }, touched) => {
    if (after > 0 === before > 0 || !hasFrontOfItsOwn(list)) return;
    if (after > 0) touched.want(listAddress(list));
    else touched.drop(listAddress(list));
  },
  *addresses({ sql }) {
    const lists = new Set<ListKey>();
    for (const { list, period, length } of sql('SELECT list, period, length FROM period WHERE length > 0').all() as {
      list: ListKey;
      period: string;
      length: number;
    }[]) {
      lists.add(list);
      for (let part = 1; part <= partsOf(length); part++) yield periodAddress(list, period, part);
      if (list === 'site') yield yearAddress(period.slice(0, 4));
    }
    for (const list of lists) yield listAddress(list);
  },
};
