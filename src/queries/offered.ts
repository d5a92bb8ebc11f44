import type { IndexHandle } from '../index/handle.ts';
import { whole } from '../index/rows.ts';
import type { Family } from './family.ts';
import { type Kind, read } from './kind.ts';
import { querySeries, type SeriesResult } from './series.ts';
import { queryTopic, type TopicResult } from './topics.ts';

/** A longer list of topics or series does not help someone looking for a story. */
const offeredMax = 48;

/** The topics with the most stories and the latest series, each sorted by id. */
const offered: Kind<[], { topics: string[]; series: string[] }> = {
  name: 'offered',
  subject: () => 'offered',
  resolve: ({ sql }) => {
    const topics = sql(
      `SELECT list FROM period WHERE list >= 'topic/' AND list < 'topic0' GROUP BY list HAVING total(length) > 0
        ORDER BY total(length) DESC, list LIMIT ? + 0`,
    ).all(offeredMax) as { list: string }[];
    const series = sql(
      'SELECT series FROM series GROUP BY series ORDER BY max(published) DESC, series LIMIT ? + 0',
    ).all(offeredMax) as { series: string }[];
    return whole({
      topics: topics.map(({ list }) => list.slice('topic/'.length)).sort(),
      series: series.map((row) => row.series).sort(),
    });
  },
};

/** Topics and series for the search page. */
export const queryOffered = (index: IndexHandle): { topics: TopicResult[]; series: SeriesResult[] } => {
  const { topics, series } = read(index, offered);
  return {
    topics: topics.flatMap((id) => queryTopic(index, id) ?? []),
    series: series.flatMap((id) => querySeries(index, id) ?? []),
  };
};

export const offeredFamily: Family = {
  kinds: [offered],
  list: (_, { list, before, after }, { subjects }) => {
    if (before !== after && list.startsWith('topic/')) subjects.add('offered');
  },
  series: (_index, _edit, { subjects }) => void subjects.add('offered'),
};
