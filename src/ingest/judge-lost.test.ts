import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { error, type Problem } from '../problems/problem.ts';
import type { IngestRun, Losing } from './ingest-run.ts';
import { judgeLost } from './judge-lost.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.parse('2025-06-01T12:00:00Z');

/** Whether a loss is an error, given the newest public story and the files of dist. */
function judged(
  found: Partial<Losing>,
  { newest = now - day, dist }: { newest?: number; dist?: string[] } = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  const index = openIndexHandle('/nowhere', ':memory:');
  onTestFinished(() => {
    closeIndexHandle(index);
    rmSync(folder, { recursive: true });
  });
  for (const file of dist ?? []) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  index.sql("INSERT INTO story VALUES ('a', 'a', 'ready', ?, 1, 0, '', '', '{}', '', '{}')").run(newest);
  index.sql("INSERT INTO story VALUES ('b', 'b', 'ready', ?, 0, 0, '', '', '{}', '', '{}')").run(now + 900 * day);
  const reported: Problem[] = [];
  const losing: Losing = {
    problems: [error('words-lost', { file: 'a', line: 1 }, 'Words are lost.')],
    addresses: ['/2025/02/a/'],
    wasPublic: false,
    due: now - day,
    ...found,
  };
  judgeLost(
    index,
    { losing: [losing], now, report: (all: Problem[]) => reported.push(...all) } as unknown as IngestRun,
    folder,
  );
  expect(reported).toHaveLength(1);
  return reported[0]!.severity;
}

test('a story that readers have seen only causes a warning: the index has it as public, or dist has its page', () => {
  expect(judged({ wasPublic: true })).toBe('warning');
  expect(judged({}, { dist: ['index.html', '2025/02/a/index.html'] })).toBe('warning');
  expect(judged({ addresses: ['/new/', '/old/'] }, { dist: ['index.html', 'old/index.html'] })).toBe('warning');
});

test('a new story is refused', () => {
  expect(judged({}, { dist: ['index.html'] })).toBe('error');
  expect(judged({}, { dist: ['index.html', '2025/02/b/index.html'] })).toBe('error');
});

test('a scheduled story is refused, even if there is a page at its address', () => {
  expect(judged({ due: now + 1 }, { dist: ['index.html', '2025/02/a/index.html'] })).toBe('error');
  expect(judged({ due: now + day }, { newest: now + 90 * day })).toBe('error');
  expect(judged({ due: now }, { dist: ['index.html', '2025/02/a/index.html'] })).toBe('warning');
});

test('without an index and a dist, as on a build server, a story counts as published if it is a month older than the newest', () => {
  expect(judged({ due: now - 31 * day - 1 }, { newest: now - day })).toBe('warning');
  expect(judged({ due: now - 31 * day }, { newest: now - day })).toBe('error');
  expect(judged({ due: now - day })).toBe('error');
  expect(judged({ due: undefined })).toBe('warning');
});

test('a draft is never refused', () => expect(judged({ isDraft: true })).toBe('warning'));
