import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missingImportFlags } from './import-flags.mjs';

const folder = mkdtempSync(join(tmpdir(), 'import-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @param megabytes the size of the file, which takes no room on the disk */
function file(name: string, megabytes: number): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  truncateSync(path, megabytes * 1024 * 1024);
  return path;
}

test.each([
  ['a large export', () => ['wordpress', file('large.xml', 11), '--section', 'world'], true],
  ['a folder with a large part', () => [join(file('parts/1.xml', 11), '..')], true],
  ['a small export', () => ['wordpress', file('small.xml', 1)], false],
  ['a folder of posts', () => ['markdown', join(file('posts/a.md', 0), '..')], false],
  ['nothing there', () => ['wordpress', 'no-such-file.xml', '\0'], false],
])('the heap of an import is small for %s: %#', (_, args, isSmall) => {
  const flags = missingImportFlags(args(), []);
  expect(flags.length > 0).toBe(isSmall);
  expect(missingImportFlags(args(), flags)).toEqual([]);
});
