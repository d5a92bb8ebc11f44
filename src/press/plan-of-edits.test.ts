import { expect, test } from 'vitest';
import { openNewsroom, problemsOf } from '../ingest/ingested.fixture.ts';
import {
  aliases,
  authors,
  feedsUsed,
  ids,
  randomEdits,
  sections,
  seriesUsed,
  topicsUsed,
} from '../ingest/random-edits.fixture.ts';
import { families } from '../queries/families.ts';
import { planChanges } from './plan.ts';
import { ask, planWhole, stale, type Written, work, writtenClean } from './planned.fixture.ts';

/*
 * After an edit, whatever it is,
 *   - each query that any page can have made has its current result in the trace, so no page is kept that would differ,
 *   - the site has the pages, renditions, documents, and files of a clean build, and no others.
 * Nothing is rendered here. `same-bytes.test.ts` shows the same with real pages, for fewer edits.
 */

const edits = 80;
const periods = ['2024', '2025', '2024-12', '2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06'];
const lists = [
  'site',
  ...sections.map((id) => `section/${id}`),
  ...topicsUsed.map((id) => `topic/${id}`),
  ...authors.map((id) => `author/${id}`),
];
const names = [...ids, 'named', 'named-too'];

/** Every query that a page of the random newsroom could make, by kind. */
const asked: Record<string, (string | number)[][]> = {
  site: [[]],
  trust: [[]],
  story: ids.map((id) => [id]),
  card: names.map((name) => [name]),
  link: names.map((name) => [name]),
  related: ids.map((id) => [id]),
  translations: ids.map((id) => [id]),
  latest: lists.flatMap((list) => [1, 3, 50].map((count) => [list, count])),
  older: [], // see below
  period: lists.flatMap((list) => periods.flatMap((period) => [1, 2].map((part) => [list, period, part]))),
  periods: [...lists, 'corrections'].map((list) => [list]),
  neighbours: [...lists, 'corrections'].flatMap((list) => periods.map((period) => [list, period])),
  topic: topicsUsed.map((id) => [id]),
  author: authors.map((id) => [id]),
  page: [['about']],
  front: [['home'], ['world']],
  series: seriesUsed.map((id) => [id]),
  parts: seriesUsed.flatMap((id) => [1, 2].map((part) => [id, part])),
  beside: ids.map((id) => [id]),
  corrections: [[1], [20]],
  corrected: ['2024', '2025'].flatMap((year) => [1, 2].map((part) => [year, part])),
  offered: [[]],
  sitemap: ['', 'pages', '2025-02'].map((part) => [part]),
  newsSitemap: [[]],
  newestArchive: lists.map((list) => [list]),
  archiveParts: lists.flatMap((list) => periods.map((period) => [list, period])),
  partnerFeed: feedsUsed.map((id) => [id]),
  wireDay: ['2024-12-31', '2025-01-01', '2025-02-03', '2025-02-04', '2025-03-31', '2025-05-31', '2025-06-01'].map(
    (day) => [day],
  ),
  wireDays: [[]],
  redirects: [[]],
  hosting: [[]],
  ownFiles: [[]],
  hasThemePages: [[]],
  years: [[]],
  pageAddresses: [[]],
  searchYear: [['2024'], ['2025'], ['2026']],
  withdrawn: [[]],
  alias: [], // see below
  whole: lists.map((list) => [list, 3]),
  // This newsroom has no theme, so a page that asks for one of its pages gets none.
  themePage: [['contact']],
};

test('the test uses every kind of query', () =>
  expect(Object.keys(asked).sort()).toEqual(
    families.flatMap(({ kinds = [] }) => kinds.map(({ name }) => name)).sort(),
  ));

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  `after each of ${edits} random edits, traces and the site are current (seed %i)`,
  async (seed) => {
    const newsroom = openNewsroom();
    const { index } = newsroom;
    const written: Written = new Map();
    try {
      const { edit, at } = await randomEdits(newsroom, seed);
      await newsroom.ingest(undefined, () => planWhole(index));
      work(index, written);
      const keys = Object.entries(asked).flatMap(([kind, all]) => all.map((args) => JSON.stringify([kind, ...args])));
      ask(index, keys, '/404.html');
      expect(stale(index)).toEqual([]);
      // Only the page of a story asks what is older, in its own lists, and only the page of an old address asks where it
      // leads. If the story itself is edited, its page is rendered anyway.
      const askOwn = () => {
        index.sql(`DELETE FROM query WHERE key LIKE '["older"%' OR key LIKE '["alias"%'`).run();
        for (const address of aliases)
          if (
            index
              .sql("SELECT 1 FROM page JOIN address USING (address) WHERE kind = 'alias' AND address = ?")
              .get(address)
          )
            ask(index, [JSON.stringify(['alias', address])], address);
        const rows = index.sql('SELECT list, id FROM listing').all() as { list: string; id: string }[];
        const older = rows.flatMap(({ list, id }) => [1, 6].map((count) => JSON.stringify(['older', list, id, count])));
        ask(index, older, '/404.html');
      };
      let kept = 0;
      for (let i = 0; i < edits; i++) {
        const { what, undo } = edit();
        askOwn();
        let edited: string[] = [];
        const found = await problemsOf(() =>
          newsroom.ingest(at(), (changes) => {
            planChanges(index, changes);
            edited = changes.stories.map(({ before, after }) => `"${(before ?? after)?.id}"`);
          }),
        );
        if (found.some(({ severity }) => severity === 'error')) {
          undo();
          continue;
        }
        kept++;
        const isOfEdited = (key: string) => key.startsWith('["older"') && edited.some((id) => key.includes(id));
        expect(
          stale(index).filter((key) => !isOfEdited(key)),
          `edit ${i}, ${what}`,
        ).toEqual([]);
        work(index, written);
        expect(Object.fromEntries(written), `edit ${i}, ${what}`).toEqual(Object.fromEntries(writtenClean(index)));
      }
      expect(kept).toBeGreaterThan(edits / 3);
    } finally {
      newsroom.close();
    }
  },
);
