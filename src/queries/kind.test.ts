import { expect, test } from 'vitest';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import { type Kind, read, readOften } from './kind.ts';
import { note, renderedIndex, rendering } from './rendering.ts';

function counting(): { kind: Kind<[id: string, count: number], { id: string }>; calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    kind: {
      name: 'thing',
      subject: (id) => `thing:${id}`,
      resolve: (_, id, count) => {
        calls.push(`${id} ${count}`);
        return { digest: `digest of ${id}`, value: () => ({ id }) };
      },
    },
  };
}

test('a query is in the trace of the page that makes it, by its name and arguments, with the digest of its result', async () => {
  const { index } = await newsroomWith(file('2025/02/a'));
  const { kind, calls } = counting();
  const reads = new Map<string, string>();
  rendering({ index, reads }, () => {
    expect(read(index, kind, 'a', 1)).toEqual({ id: 'a' });
    expect(readOften(index, kind, 'b', 2)).toEqual({ id: 'b' });
  });
  // Outside a page, nothing is recorded.
  read(index, kind, 'c', 3);
  expect([...reads]).toEqual([
    ['["thing","a",1]', 'digest of a'],
    ['["thing","b",2]', 'digest of b'],
  ]);
  expect(calls).toEqual(['a 1', 'b 2', 'c 3']);
});

test('a query of many pages runs once until the index changes, and is in the trace of each page', async () => {
  const newsroom = await newsroomWith(file('2025/02/a'));
  const { index } = newsroom;
  const { kind, calls } = counting();
  const traces = [1, 2].map(() => {
    const reads = new Map<string, string>();
    rendering({ index, reads }, () => readOften(index, kind, 'a', 1));
    return [...reads];
  });
  expect(traces[0]).toEqual([['["thing","a",1]', 'digest of a']]);
  expect(traces[1]).toEqual(traces[0]);
  expect(calls).toEqual(['a 1']);
  await newsroom.ingest();
  readOften(index, kind, 'a', 1);
  expect(calls).toEqual(['a 1', 'a 1']);
});

test('a template gets the index of its own page, whatever else is rendered at the same time', async () => {
  const one = await newsroomWith(file('2025/02/a'));
  const two = await newsroomWith(file('2025/02/a'));
  expect(renderedIndex).toThrow('no page is being rendered');
  const page = async (index: typeof one.index, key: string) => {
    const reads = new Map<string, string>();
    await rendering({ index, reads }, async () => {
      await new Promise((go) => setTimeout(go, 1));
      expect(renderedIndex()).toBe(index);
      note(key, '');
    });
    return [...reads.keys()];
  };
  expect(await Promise.all([page(one.index, 'one'), page(two.index, 'two')])).toEqual([['one'], ['two']]);
  note('nobody', '');
});
