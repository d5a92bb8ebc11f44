import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test, vi } from 'vitest';
import { indexFile } from './index-file.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * An edit of one story must not scan all stories: with a hundred thousand of them, a correction would be published a
 * second later. SQLite reports how it would execute each query.
 */

/** Tables that a publish may scan, and why. */
const mayBeWalked: Record<string, string> = {
  file: 'the scan compares every file with the disk',
  folder: 'likewise',
  distFile: 'the scan of dist compares every file with the disk',
  distFolder: 'likewise',
  todo: 'holds what this publish does',
  place: 'a part of a list, 200 stories at most',
  banner: 'fronts with a banner',
  delayedFeed: 'feeds for partners that get stories later',
  wanted: 'the lists of such a feed',
  had: 'the lists of a story',
  recent: 'the stories of two days, a thousand at most',
  record: 'authors, pages and fronts',
  series: 'stories that are in a series',
  correction: 'what was corrected',
  redirect: 'addresses of no page',
  page: 'is counted, when their number may have changed',
};

/** Whether a table has a row at all: SQLite plans a scan, but stops at the first row. */
const asksForAnyRow = /^SELECT 1 FROM \w+ LIMIT 1$/;

/** The tables that a query scans from end to end. */
function walked(db: DatabaseSync, query: string): string[] {
  if (asksForAnyRow.test(query)) return [];
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[];
  return steps.flatMap(({ detail }) => {
    const table = /^SCAN (\w+)\b(?! USING (?:COVERING )?INDEX aliasByAddress)/.exec(detail)?.[1];
    return table === undefined || table in mayBeWalked ? [] : [table];
  });
}

afterEach(() => void vi.restoreAllMocks());

/** Publishes, and returns each query that scans a table, with the table. */
async function walksOf(newsroom: SmallNewsroom): Promise<string[]> {
  const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
  const { changed } = await newsroom.press();
  const queries = [...new Set(prepared.mock.calls.map(([query]) => query))];
  prepared.mockRestore();
  expect(changed.length).toBeGreaterThan(0);
  expect(queries.length).toBeGreaterThan(20);
  const db = new DatabaseSync(indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), { readOnly: true });
  try {
    return queries.flatMap((query) => {
      const isOfIndex = /^\s*(?:SELECT|INSERT|UPDATE|DELETE)/i.test(query) && !query.includes('sqlite_master');
      return isOfIndex ? walked(db, query).map((table) => `${table}: ${query.trim()}`) : [];
    });
  } finally {
    db.close();
  }
}

const file = (number: number) => `content/stories/2025/02/s${number}/index.md`;
const text = (number: number, headline = `Story ${number}`) =>
  story({ headline, byline: ['ann'], topics: ['harbour'], published: `2025-02-1${number}T09:00:00Z` });

test('no edit scans the stories, addresses, or traces of the whole archive', async () => {
  const newsroom = smallNewsroom({ 'content/authors/ann.yaml': 'name: Ann\n', [file(1)]: text(1), [file(2)]: text(2) });
  try {
    await newsroom.press();
    newsroom.put(file(1), text(1, 'Another headline'));
    expect(await walksOf(newsroom)).toEqual([]);
    newsroom.put(file(3), text(3));
    expect(await walksOf(newsroom)).toEqual([]);
    newsroom.put(file(3), text(3).replace('sailed', 'set sail'));
    expect(await walksOf(newsroom)).toEqual([]);
    newsroom.remove(file(2));
    expect(await walksOf(newsroom)).toEqual([]);
    newsroom.put('content/authors/ann.yaml', 'name: Ann\nrole: Reporter\n');
    expect(await walksOf(newsroom)).toEqual([]);
  } finally {
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});

test('the target of an old address is one row, however many old addresses a page has', async () => {
  const newsroom = smallNewsroom({ [file(1)]: story({ aliases: ['/old/1/', '/old/2/'] }) });
  try {
    const prepared = vi.spyOn(DatabaseSync.prototype, 'prepare');
    await newsroom.press();
    const queries = [...new Set(prepared.mock.calls.map(([query]) => query))].filter((query) =>
      /own\.owner = alias\.owner/.test(query),
    );
    prepared.mockRestore();
    expect(queries.length).toBeGreaterThan(0);
    const db = new DatabaseSync(indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), { readOnly: true });
    for (const query of queries) {
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[];
      expect(steps.map(({ detail }) => detail)).toContainEqual(
        expect.stringMatching(/^SEARCH own .*owner=\? AND kind=\?/),
      );
    }
    db.close();
  } finally {
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});

test('canary: a query that scans is detected', async () => {
  const newsroom = smallNewsroom({ [file(1)]: text(1).replace('["ann"]', '["Ann"]') });
  try {
    await newsroom.press();
    const db = new DatabaseSync(indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), { readOnly: true });
    expect(walked(db, "SELECT 1 FROM address WHERE address = ? AND kind = 'story'")).toEqual(['address']);
    expect(walked(db, 'SELECT id FROM story WHERE state = ?')).toEqual(['story']);
    expect(walked(db, 'SELECT id FROM story WHERE file = ?')).toEqual([]);
    expect(walked(db, "SELECT 1 FROM address WHERE kind = 'alias' LIMIT 1")).toEqual([]);
    db.close();
  } finally {
    rmSync(newsroom.site, { recursive: true, force: true });
  }
});
