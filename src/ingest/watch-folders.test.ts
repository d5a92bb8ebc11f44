import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchFolder, watchFolders } from './watch-folders.ts';

/** A tree that is watched, with as many watches as a system has. */
function watched(folders: string[], limit: number) {
  const root = mkdtempSync(join(tmpdir(), 'newsroom-watch-'));
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  const asked: string[] = [];
  const events: (string | null)[] = [];
  const onLimit = vi.fn();
  const watcher = watchFolders(root, (name) => events.push(name), {
    onLimit,
    pollMs: 20,
    watchOne(folder, onEvent) {
      asked.push(relative(root, folder));
      return asked.length > limit ? undefined : watchFolder(folder, onEvent);
    },
  });
  onTestFinished(() => {
    watcher?.close();
    rmSync(root, { recursive: true, force: true });
  });
  const until = (name: string) => vi.waitFor(() => expect(events).toContain(name), 10_000);
  return { root, asked, events, onLimit, until };
}

// Other systems watch a whole tree by themselves.
const isLinux = process.platform === 'linux';

test.runIf(isLinux)('hidden folders and installed packages are not watched', async () => {
  const { root, asked, onLimit, until } = watched(
    ['a/b', '.git/objects', 'node_modules/x', 'a/node_modules/y', '.well-known'],
    100,
  );
  expect(asked.sort()).toEqual(['', '.well-known', 'a', 'a/b']);
  mkdirSync(join(root, 'c/node_modules/z'), { recursive: true });
  await until('c');
  expect(asked.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(onLimit).not.toHaveBeenCalled();
});

test.runIf(isLinux).each([0, 1, 2])('beyond %i watches, folders are compared, and it is said once', async (limit) => {
  const { root, events, onLimit, until } = watched(['a/b/c', 'd/e'], limit);
  expect(onLimit).toHaveBeenCalledTimes(1);
  for (const path of ['a/b/c/1.md', 'd/e/2.md', 'd/3.md', 'a/4.md']) {
    writeFileSync(join(root, path), 'Words');
    await until(path);
  }
  mkdirSync(join(root, 'd/e/new/inner'), { recursive: true });
  await until('d/e/new');
  writeFileSync(join(root, 'd/e/new/inner/5.md'), 'Words');
  await vi.waitFor(() => expect(events.some((name) => name?.startsWith('d/e/new/inner'))).toBe(true), 10_000);
  events.length = 0;
  writeFileSync(join(root, 'd/e/2.md'), 'Other words');
  await until('d/e/2.md');
  events.length = 0;
  rmSync(join(root, 'd/e/2.md'));
  await until('d/e/2.md');
  rmSync(join(root, 'a/b'), { recursive: true });
  await until('a/b');
  expect(onLimit).toHaveBeenCalledTimes(1);
});
