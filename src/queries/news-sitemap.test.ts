import { expect, test } from 'vitest';
import { isTurning } from '../ingest/due.ts';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import { nextChange } from '../press/next-change.ts';
import { queryNewsSitemap } from './queries.ts';

const files = {
  ...file('2025/02/a', { published: '2025-02-10T12:00:00Z' }),
  ...file('2025/02/b', { published: '2025-02-11T12:00:00Z' }),
  ...file('2025/02/paid', { published: '2025-02-11T13:00:00Z', sponsor: { name: 'Bank', kind: 'paid' } }),
  ...file('2025/02/draft', { published: '2025-02-11T14:00:00Z', draft: true }),
};

test('the news sitemap has the stories of the last two days, newest first, without what somebody paid for', async () => {
  const newsroom = await newsroomWith(files);
  const at = async (now: string) => {
    await newsroom.ingest(now);
    return queryNewsSitemap(newsroom.index).map(({ address }) => address);
  };
  expect(await at('2025-02-12T11:59:59Z')).toEqual(['/2025/02/b/', '/2025/02/a/']);
  expect(await at('2025-02-12T12:00:00Z')).toEqual(['/2025/02/b/']);
  expect(await at('2025-02-13T12:00:00Z')).toEqual([]);
  // A publish with an earlier time has them again.
  expect(await at('2025-02-12T11:59:59Z')).toEqual(['/2025/02/b/', '/2025/02/a/']);
});

test('a publish is due when the oldest story leaves, and it names the change', async () => {
  const newsroom = await newsroomWith(files);
  const now = Date.parse('2025-02-12T00:00:00Z');
  await newsroom.ingest(new Date(now).toISOString());
  const next = nextChange(newsroom.index, now);
  expect(next).toBe('2025-02-12T12:00:00.000Z');
  expect(isTurning(newsroom.index, now)).toBe(false);
  expect(isTurning(newsroom.index, Date.parse(next!) - 1)).toBe(false);
  expect(isTurning(newsroom.index, Date.parse(next!))).toBe(true);
  expect((await newsroom.ingest(next!)).records).toContain('recent');
  // Nothing leaves any more once the last one has left.
  await newsroom.ingest('2025-02-20');
  expect(nextChange(newsroom.index, Date.parse('2025-02-20'))).toBe(null);
});

test('there are at most a thousand, the newest', async () => {
  const { index, ingest } = await newsroomWith(files);
  const put = index.sql("INSERT INTO listing VALUES ('site', '2025-02', ?, ?)");
  const start = Date.parse('2025-02-11T20:00:00Z');
  for (let i = 0; i < 1200; i++) put.run(start + i, `s${i}`);
  await ingest('2025-02-12');
  const rows = index.sql('SELECT id FROM recent ORDER BY place').all() as { id: string }[];
  expect(rows).toHaveLength(1000);
  expect(rows[0]).toEqual({ id: 's1199' });
});

test('if the time of a recent story is changed, the next publish is due when it leaves by the new time', async () => {
  const newsroom = await newsroomWith(files);
  await newsroom.ingest('2025-02-12T00:00:00Z');
  for (const [published, now] of [
    // Later than before: at the time by the old one, nothing happens.
    ['2025-02-10T15:00:00Z', '2025-02-12T13:00:00Z'],
    // Earlier than before.
    ['2025-02-10T14:00:00Z', '2025-02-12T13:30:00Z'],
  ] as const) {
    for (const [path, text] of Object.entries(file('2025/02/a', { published }))) newsroom.put(path, text);
    expect((await newsroom.ingest(now)).records).toContain('recent');
    const due = Date.parse(published) + 48 * 60 * 60 * 1000;
    expect(nextChange(newsroom.index, Date.parse(now))).toBe(new Date(due).toISOString());
    expect(isTurning(newsroom.index, Date.parse(now))).toBe(false);
  }
});

test('the next change is never in the past', async () => {
  const newsroom = await newsroomWith(files);
  await newsroom.ingest('2025-02-12T00:00:00Z');
  expect(nextChange(newsroom.index, Date.parse('2025-02-12T12:00:00Z'))).toBe(null);
});
