import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { benchNow, corpusOf, unlinkedEvery } from './corpus.ts';
import { engine } from './engine.ts';
import { storyFile, writeNewsroom } from './newsroom.ts';

const wordsOf = (value: unknown): number => JSON.stringify(value).split(/\s+/).length;

describe('the corpus', () => {
  const corpus = corpusOf(500);
  const stories = Array.from({ length: 500 }, (_, number) => corpus.story(number));

  test('is the same each time, in any order', () => {
    const again = corpusOf(500);
    expect(again.story(333)).toEqual(stories[333]);
    expect(again.story(7)).toEqual(stories[7]);
  });

  test('has other words with another seed', () => expect(corpusOf(500, 2).story(7).body).not.toEqual(stories[7]!.body));

  test('spreads the stories evenly over ten years, oldest first', () => {
    const dates = stories.map(({ published }) => published);
    expect(dates).toEqual([...dates].sort());
    expect(new Set(dates.map((date) => date.slice(0, 7))).size).toBe(120);
    expect(corpus.outline(500).published >= '2026-01-01').toBe(true);
    expect(corpus.outline(500).published < benchNow).toBe(true);
  });

  test('has about 450 words in each story', () => {
    const counts = stories.map(({ body }) => wordsOf(body));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(400);
    expect(mean).toBeLessThan(500);
  });

  test('gives every story its own address', () =>
    expect(new Set(stories.map(({ address }) => address)).size).toBe(stories.length));

  test('links only to older stories that the benchmark leaves unchanged', () => {
    const links = stories.flatMap(({ number, body }) =>
      [...JSON.stringify(body).matchAll(/\(story:(\d+)\)|"to":(\d+)/g)].map((match) => [
        number,
        Number(match[1] ?? match[2]),
      ]),
    );
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(([from, to]) => to! >= from! || to! % unlinkedEvery === 0)).toEqual([]);
  });

  test('needs .mdx exactly if a story contains a component', () =>
    expect(stories.filter((story) => story.hasComponent !== storyFile(story).endsWith('.mdx'))).toEqual([]));
});

describe('the newsroom that is written from it', () => {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'));
  beforeAll(() => {
    writeNewsroom(corpusOf(50), join(home, 'one'));
    writeNewsroom(corpusOf(50), join(home, 'two'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('has the same bytes each time', () => expect(digestOf(join(home, 'one'))).toBe(digestOf(join(home, 'two'))));

  test('builds without an error or a warning', () => {
    const args = [
      'build',
      '--site',
      join(home, 'one'),
      '--out',
      join(home, 'dist'),
      '--now',
      benchNow,
      '--report',
      join(home, 'report.json'),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, [engine, ...args], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).not.toMatch(/warning|content\//);
    expect(status).toBe(0);
    const corpus = corpusOf(50);
    for (const number of [0, 1, 6, 49]) statSync(join(home, 'dist', corpus.outline(number).address, 'index.html'));
  }, 90_000);
});

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const file of (readdirSync(folder, { recursive: true }) as string[]).sort())
    if (statSync(join(folder, file)).isFile()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
