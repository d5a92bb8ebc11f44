import { isDeepStrictEqual } from 'node:util';
import type { IndexHandle } from '../index/handle.ts';
import { lengthOf } from '../index/rows.ts';
import { periodOf } from '../index/story-rows.ts';
import type { ListEdit, PeriodEdit, SeriesEdit, StoryEdit } from '../queries/family.ts';
import type { ListKey } from '../site/address.ts';

/**
 * The lists, periods, and series that edits of stories affect, with the old and the new number of stories. A list that
 * lost as many stories as it gained is affected too.
 */
export function editsOfLists(
  index: IndexHandle,
  edits: readonly StoryEdit[],
): { periods: PeriodEdit[]; lists: ListEdit[]; series: SeriesEdit[] } {
  const periods = new Map<string, { list: ListKey; period: string; by: number }>();
  const series = new Map<string, number>();
  const grow = (list: ListKey, period: string, by: number) => {
    const key = `${list} ${period}`;
    const entry = periods.get(key) ?? { list, period, by: 0 };
    entry.by += by;
    periods.set(key, entry);
  };
  for (const { before, after, isSameCard } of edits) {
    const isSame = (fact: 'corrected' | 'series') => isSameCard && isDeepStrictEqual(before?.[fact], after?.[fact]);
    const [isSameCorrected, isSameSeries] = [isSame('corrected'), isSame('series')];
    for (const [story, by] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (!story?.isListed) continue;
      if (!isSameCard) for (const list of story.lists as ListKey[]) grow(list, periodOf(list, story.day), by);
      if (!isSameCorrected) for (const { period } of story.corrected) grow('corrections', period, by);
      if (!isSameSeries && story.series) series.set(story.series.id, (series.get(story.series.id) ?? 0) + by);
    }
  }
  const lists = new Map<ListKey, number>();
  for (const { list, by } of periods.values()) lists.set(list, (lists.get(list) ?? 0) + by);
  const counted = (query: string, key: string): number => (index.sql(query).get(key) as { count: number }).count;
  return {
    periods: [...periods.values()].map(({ list, period, by }) => {
      const after = lengthOf(index, list, period);
      return { list, period, before: after - by, after };
    }),
    lists: [...lists].map(([list, by]) => {
      const after = counted('SELECT total(length) AS count FROM period WHERE list = ?', list);
      return { list, before: after - by, after };
    }),
    series: [...series].map(([id, by]) => {
      const after = counted('SELECT count(*) AS count FROM series WHERE series = ?', id);
      return { series: id, before: after - by, after };
    }),
  };
}
