import { expect, test } from 'vitest';
import { story } from '../press/small-newsroom.fixture.ts';
import { isTurning } from './due.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';

const due = '2025-06-02T06:00:00.000Z';
const at = Date.parse(due);
const before = new Date(at - 1).toISOString();

/** What a publish at an instant changes, after one at another. */
async function turned(newsroom: Awaited<ReturnType<typeof newsroomWith>>, instant: string) {
  const { stories, records } = await newsroom.ingest(instant);
  return {
    stories: stories.map(({ before, after }) => `${after?.id}: ${before?.isListed} to ${after?.isListed}`),
    fronts: [...records].filter((key) => key.startsWith('front/')),
  };
}

test('a story is published at its time, not before, and hidden again for an earlier time', async () => {
  const newsroom = await newsroomWith(file('2025/02/a', { published: due }));
  expect(isTurning(newsroom.index, at - 1)).toBe(false);
  expect(isTurning(newsroom.index, at)).toBe(true);
  expect(await turned(newsroom, before)).toEqual({ stories: [], fronts: [] });
  expect(await turned(newsroom, due)).toEqual({ stories: ['2025/02/a: false to true'], fronts: [] });
  expect(isTurning(newsroom.index, at)).toBe(false);
  expect(isTurning(newsroom.index, at - 1)).toBe(true);
  expect(await turned(newsroom, before)).toEqual({ stories: ['2025/02/a: true to false'], fronts: [] });
  const lists = newsroom.index.sql('SELECT count(*) AS count FROM listing').get();
  expect(lists).toMatchObject({ count: 0 });
});

test.each([
  ['an update', { updated: due }],
  ['a correction', { corrections: [{ date: due, type: 'correction', text: 'It was wrong.' }] }],
  ['a withdrawal', { withdrawn: { date: due, reason: 'It was wrong.' } }],
])('%s is shown from its time on', async (_, front) => {
  const newsroom = await newsroomWith(file('2025/02/a', front));
  const digest = () => (newsroom.index.sql('SELECT digest FROM story').get() as { digest: string }).digest;
  const held = digest();
  expect(isTurning(newsroom.index, at - 1)).toBe(false);
  expect(isTurning(newsroom.index, at)).toBe(true);
  await newsroom.ingest(due);
  expect(digest()).not.toBe(held);
  expect(isTurning(newsroom.index, at)).toBe(false);
  // Nothing changes later than that, so nothing is read again.
  expect((await newsroom.ingest('2026-01-01')).stories).toEqual([]);
  expect(isTurning(newsroom.index, at - 1)).toBe(true);
  await newsroom.ingest(before);
  expect(digest()).toBe(held);
});

test('a banner ends at its time', async () => {
  const newsroom = await newsroomWith({
    ...file('2025/02/a'),
    'content/fronts/home.yaml': `banner: { text: Now, until: "${due}" }\n`,
    'content/fronts/world.yaml': 'banner: { text: Always }\n',
  });
  const over = () =>
    newsroom.index
      .sql('SELECT front, isOver FROM banner')
      .all()
      .map((row) => Object.values(row));
  expect(over()).toEqual([['home', 0]]);
  expect(isTurning(newsroom.index, at - 1)).toBe(false);
  expect(isTurning(newsroom.index, at)).toBe(true);
  expect((await turned(newsroom, before)).fronts).toEqual([]);
  expect((await turned(newsroom, due)).fronts).toEqual(['front/home']);
  expect(over()).toEqual([['home', 1]]);
  expect((await turned(newsroom, before)).fronts).toEqual(['front/home']);
  // Read again at the very instant, it is over at once.
  newsroom.put('content/fronts/home.yaml', `banner: { text: Then, until: "${due}" }\n`);
  await newsroom.ingest(due);
  expect(over()).toEqual([['home', 1]]);
  expect(isTurning(newsroom.index, at)).toBe(false);
});

test('a draft never changes by itself, and the time of an edited story is forgotten', async () => {
  const newsroom = await newsroomWith(file('2025/02/a', { updated: due }));
  newsroom.put(fileOf('2025/02/a'), story({ draft: true, updated: due }));
  newsroom.put(fileOf('2025/02/b'), story());
  await newsroom.ingest();
  expect(isTurning(newsroom.index, at)).toBe(false);
});
