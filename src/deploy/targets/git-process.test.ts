import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openObjects } from './git-process.ts';

/* A git that is killed while nobody waits for it. No later read may wait for ever. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-git-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens objects with a program in place of git. */
function openWith(program: string) {
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${program}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return openObjects({ repository: folder, env: { PATH: `${folder}${delimiter}${process.env.PATH}` } });
}

const ended = async ({ hasEnded }: ReturnType<typeof openWith>) =>
  await expect.poll(hasEnded, { timeout: 30_000 }).toBe(true);

test('it ends before the first read', async () => {
  const objects = openWith('exit 1');
  await ended(objects);
  await expect(objects.read('a')).rejects.toThrow('git cat-file: it ended early');
});

test('it ends between two reads', async () => {
  const objects = openWith('read object; printf \'%s blob 3\\nabc\\n\' "$object"');
  expect((await objects.read('a'))?.toString()).toBe('abc');
  await ended(objects);
  await expect(objects.read('b')).rejects.toThrow('git cat-file: it ended early');
});

test('it ends while one waits', async () => {
  const objects = openWith('read object; exit 1');
  await expect(objects.read('a')).rejects.toThrow('git cat-file: it ended early');
});
