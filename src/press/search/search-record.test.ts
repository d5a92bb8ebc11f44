import { expect, test } from 'vitest';
import { file, newsroomWith } from '../../ingest/ingested.fixture.ts';
import { searchRecord } from './search-record.ts';

test('of a long story, whole characters are kept, wherever the cut is', async () => {
  for (const start of ['', 'a']) {
    const { index } = await newsroomWith(file('2025/02/a', {}, start + '😀'.repeat(60_000)));
    const content = searchRecord(index, '2025/02/a')!.content;
    expect(content.length).toBeGreaterThan(99_990);
    expect(content.isWellFormed(), `after “${start}”`).toBe(true);
  }
});

test('a result says in the words of the site who paid for a story', async () => {
  const { index } = await newsroomWith({
    ...file('2025/02/a', { sponsor: { name: 'Bank', kind: 'paid' }, language: 'de' }),
    ...file('2025/02/b', { sponsor: { name: 'Library', kind: 'partner' } }),
  });
  const paid = (id: string) =>
    (JSON.parse(decodeURIComponent(searchRecord(index, id)!.url.split('#')[1]!)) as { paid?: string }).paid;
  expect(paid('2025/02/a')).toBe('Paid for by Bank');
  expect(paid('2025/02/b')).toBe('In partnership with Library');
});
