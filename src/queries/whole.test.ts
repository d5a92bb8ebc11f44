import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { indexFile } from '../press/index-file.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { queryWhole } from './queries.ts';
import { rendering } from './rendering.ts';

let newsroom: SmallNewsroom;
let index: IndexHandle;

beforeAll(async () => {
  const of = (day: number, more: Record<string, unknown> = {}) =>
    story({ headline: `H${day}`, topics: ['Harbour'], published: `2025-02-0${day}`, ...more }, `Text ${day}.`);
  newsroom = smallNewsroom({
    'content/stories/2025/02/a/index.md': of(1),
    'content/stories/2025/02/b/index.md': of(2),
    'content/stories/2025/02/c/index.md': of(3),
    'content/stories/2025/02/draft/index.md': of(4, { draft: true }),
    'content/stories/2025/02/other/index.md': of(5, { topics: ['Quay'] }),
  });
  await newsroom.press();
  index = openIndexHandle(newsroom.site, indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), 'read');
}, 120_000);
afterAll(() => {
  closeIndexHandle(index);
  rmSync(newsroom.site, { recursive: true, force: true });
});

test('the latest stories of a topic are complete, newest first, without drafts and stories of other topics', () => {
  const found = queryWhole(index, 'topic/harbour', 2);
  expect(found.map(({ card }) => card.headline)).toEqual(['H3', 'H2']);
  expect(JSON.stringify(found[0]!.body)).toContain('Text 3.');
  expect(queryWhole(index, 'topic/nobody', 2)).toEqual([]);
});

test('one query covers the stories of the list', () => {
  const reads = new Map<string, string>();
  rendering({ index, reads }, () => queryWhole(index, 'topic/harbour', 3));
  const keys = [...reads.keys()];
  expect(keys).toContain('["whole","topic/harbour",3]');
  expect(keys.filter((key) => key.startsWith('["story"'))).toEqual([]);
});
