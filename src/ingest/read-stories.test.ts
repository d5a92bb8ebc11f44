import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBodyCaches } from '../index/body-cache.ts';
import { closeIndexHandle, openIndexHandle, transaction } from '../index/handle.ts';
import { type SmallNewsroom, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import type { ParsedStory } from '../story/parse.ts';
import { ingest } from './ingest.ts';
import { openReading, type Reading, readInOrder, type StoryReader } from './read-stories.ts';
import { scan } from './scan.ts';

/*
 * With other threads or without, the index must be the same, row by row, and so must the problems. The readers here are
 * not threads, but what is passed to them and back is copied as between threads, and arrives late.
 */

const mistakes: Record<string, string> = {
  'content/stories/2025/02/broken.md': '---\nheadline: "Not closed\n---\nText.\n',
  'content/stories/2025/02/unknown.md': story({ headlin: 'Unknown key', section: 'wrold' }),
  'content/stories/2025/02/late.md': story({ headline: 'A', updated: '2020-01-01' }, '![](nowhere.jpg)'),
  'content/stories/2025/02/dead.mdx': story(
    { headline: 'B' },
    '<PullQuot by="x">Y</PullQuot>\n\n[Dead](story:nowhere)',
  ),
  'content/stories/2025/02/draft.md': story({ headline: 'C', draft: true, sections: 'x' }, '![](nowhere.jpg)'),
  'content/stories/2025/02/s7/index.mdx': story({ headline: 'The same name as index.md' }),
  'content/stories/2025/02/tag.md': story({ headline: 'D' }, 'A <Badge>tag</Badge> that is no HTML.'),
};

let newsroom: SmallNewsroom;

beforeAll(() => {
  newsroom = smallNewsroom({
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/topics.yaml': 'sea: { title: The sea, aliases: [ocean] }\n',
  });
  for (let i = 0; i < 500; i++)
    newsroom.put(
      `content/stories/2025/02/s${i}/index.md`,
      story(
        {
          headline: `Story ${i} "quoted" <b>\u2028é`,
          published: `2025-02-${String((i % 28) + 1).padStart(2, '0')}T10:00:00Z`,
          topics: ['Sea', 'ocean', `Topic ${i % 9}`],
          byline: ['ann', { name: 'Bo', role: 'Reporter' }, 'A passer-by'],
          aliases: i % 5 === 0 ? [`/old/${i}/`, `/?p=${i}`] : undefined,
          related: i > 3 ? [`2025/02/s${i - 3}`, { title: 'Elsewhere', url: 'https://x.example/' }] : undefined,
          series: i % 50 === 0 ? { title: 'A series', part: i + 1 } : undefined,
          draft: i % 31 === 0 ? true : undefined,
          embargo: i % 37 === 0 ? '2031-01-01' : undefined,
          language: i % 41 === 0 ? 'fr' : undefined,
          corrections: i % 43 === 0 ? [{ date: '2025-03-01', type: 'correction', text: 'It was wrong.' }] : undefined,
        },
        `A "text" of ${i}, with [a link](story:2025/02/s${Math.max(0, i - 1)}).\n\n## A heading\n\n- one\n- two`,
      ),
    );
});

afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/** A reader that responds after some ms, and sends and receives copies. */
function readerAfter(ms: number): StoryReader & { batches: number } {
  let reading: Reading | undefined;
  return {
    batches: 0,
    async read(setting, files) {
      this.batches++;
      await sleep(ms);
      reading ??= openReading(structuredClone(setting));
      return await reading.read(files);
    },
    async end() {
      reading?.close();
    },
  };
}

interface Ingested {
  rows: Record<string, unknown[]>;
  problems: Problem[];
  cached: number;
}

async function ingested(name: string, readers?: StoryReader[]): Promise<Ingested> {
  const file = join(newsroom.site, `${name}.db`);
  const index = openIndexHandle(newsroom.site, file);
  try {
    let problems: Problem[] = [];
    const rows: Ingested['rows'] = {};
    let cached = 0;
    try {
      const changes = await transaction(index.db, () =>
        ingest(index, scan(index, Date.parse('2026-01-01')), Date.parse('2026-01-01'), readers && { readers }),
      );
      problems = changes.warnings;
      index.bodyCache?.close();
      index.bodyCache = openBodyCaches(file);
      const stories = index.sql('SELECT file, card, record FROM story').all() as {
        file: string;
        card: string;
        record: string;
      }[];
      for (const { file: path, card, record } of stories)
        if (index.bodyCache?.get?.(`${path} ${JSON.parse(card).language ?? 'en-IE'} ${JSON.parse(record).fileDigest}`))
          cached++;
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      problems = error.problems;
    }
    for (const { name: table } of index.db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .all() as { name: string }[])
      rows[table] = index.db.prepare(`SELECT * FROM "${table}"`).all();
    return { rows, problems, cached };
  } finally {
    closeIndexHandle(index);
  }
}

test('stories that other threads read give the same index, and their texts are in the caches', async () => {
  const alone = await ingested('alone');
  const readers = [readerAfter(3), readerAfter(0)];
  const together = await ingested('together', readers);
  expect(together.rows).toEqual(alone.rows);
  expect(together.problems).toEqual(alone.problems);
  expect(alone.rows.story?.length).toBe(500);
  for (const { batches } of readers) expect(batches).toBeGreaterThan(1);
  expect(alone.cached).toBe(0);
  expect(together.cached).toBe(500);
});

test('each mistake is reported once, in the same order and with the same text', async () => {
  for (const [file, text] of Object.entries(mistakes)) newsroom.put(file, text);
  try {
    const alone = await ingested('alone-wrong');
    const together = await ingested('together-wrong', [readerAfter(0), readerAfter(2)]);
    expect(alone.problems.length).toBeGreaterThan(8);
    expect(together.problems).toEqual(alone.problems);
  } finally {
    for (const file of Object.keys(mistakes)) newsroom.remove(file);
  }
});

test('if a thread fails, the reading ends with the error that it threw', async () => {
  const broken: StoryReader = { read: () => Promise.reject(new Error('the disk is gone')), end: async () => {} };
  await expect(ingested('failing', [broken, readerAfter(1)])).rejects.toThrow('the disk is gone');
});

const files = Array.from({ length: 4_000 }, (_, i) => `content/stories/s${i}.md`);
const setting = { root: '', site: {} as never, bodyCache: '' };
const parsed = (file: string) => ({ file, source: {} }) as unknown as ParsedStory;

test('stories arrive in order, each once, however late they are read, and not all before their turn', async () => {
  let asked = 0;
  let here = 0;
  const reader: StoryReader = {
    async read(_, paths) {
      asked += paths.length;
      await sleep(paths[0]?.endsWith('0.md') ? 4 : 0);
      return JSON.stringify(paths.map(parsed));
    },
    end: async () => {},
  };
  const seen: string[] = [];
  let furthest = 0;
  const readHere = async (file: string) => {
    here++;
    return parsed(file);
  };
  for await (const { stories } of readInOrder(files, [{ reader, setting }], readHere)) {
    furthest = Math.max(furthest, asked + here - seen.length);
    seen.push(...stories.map(({ file }) => file));
    await sleep(1);
  }
  expect(seen).toEqual(files);
  expect(asked + here).toBe(files.length);
  expect(asked).toBeGreaterThan(0);
  expect(furthest).toBeLessThanOrEqual(1_000);
});

test('if the caller stops, the reading stops', async () => {
  let asked = 0;
  const reader: StoryReader = {
    async read(_, paths) {
      asked++;
      await sleep(1);
      return JSON.stringify(paths.map(parsed));
    },
    end: async () => {},
  };
  for await (const { stories } of readInOrder(files, [{ reader, setting }], async (file) => parsed(file)))
    if (stories.length > 0) break;
  const before = asked;
  await sleep(20);
  expect(asked).toBeLessThanOrEqual(before + 1);
});
