import { expect, test } from 'vitest';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import { queryCorrections } from './queries.ts';

test('the identity of a correction stays when another one of the same day is put above it, and no two are equal', async () => {
  const correction = (text: string, type = 'correction') => ({ date: '2025-03-01', type, text });
  const first = correction('It was a ferry.');
  const newsroom = await newsroomWith(file('2025/02/a', { corrections: [first] }));
  const byText = () => queryCorrections(newsroom.index, 20).map(({ id, text }) => [text, id] as const);
  const [[, before] = []] = byText();
  expect(before).toMatch(/^2025\/02\/a\/corrections\/2025-03-01T00:00:00Z\/[\w-]{8}$/);
  const corrections = [correction('Another.'), correction('It was a ferry.', 'clarification'), first, first];
  for (const [path, text] of Object.entries(file('2025/02/a', { corrections }))) newsroom.put(path, text);
  await newsroom.ingest();
  const ids = byText().map(([, id]) => id);
  expect(ids).toContain(before);
  expect(new Set(ids).size).toBe(4);
});
