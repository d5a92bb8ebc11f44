import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchFiles } from './watch-files.ts';

let site: string;
let changes: number;
let stop: () => void;

beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'newsroom-watch-'));
  mkdirSync(join(site, 'content/stories'), { recursive: true });
  changes = 0;
  stop = watchFiles(
    site,
    () => {
      changes += 1;
    },
    () => {},
  );
});
afterEach(() => {
  stop();
  rmSync(site, { recursive: true, force: true });
});

/** Waits until as many changes were reported. */
const untilChanges = (count: number) => vi.waitFor(() => expect(changes).toBeGreaterThanOrEqual(count), 10_000);
const pause = () => new Promise((resolve) => setTimeout(resolve, 400));

test('a burst of changes is reported once', async () => {
  for (let i = 0; i < 20; i++) writeFileSync(join(site, `content/stories/s${i}.md`), 'Words');
  await untilChanges(1);
  await pause();
  expect(changes).toBe(1);
});

test('a change in a new folder of a new folder is reported', async () => {
  mkdirSync(join(site, 'theme/components'), { recursive: true });
  await untilChanges(1);
  await pause();
  const before = changes;
  writeFileSync(join(site, 'theme/components/Foot.astro'), '<p/>');
  await untilChanges(before + 1);
});

test('a change in a folder that was moved in, or that replaces another one, is reported', async () => {
  mkdirSync(join(site, 'elsewhere/2026/03'), { recursive: true });
  renameSync(join(site, 'elsewhere'), join(site, 'content/stories/moved'));
  await untilChanges(1);
  await pause();
  let before = changes;
  writeFileSync(join(site, 'content/stories/moved/2026/03/a.md'), 'Words');
  await untilChanges(before + 1);

  rmSync(join(site, 'content/stories/moved'), { recursive: true });
  mkdirSync(join(site, 'content/stories/moved/2027'), { recursive: true });
  await untilChanges(before + 2);
  await pause();
  before = changes;
  writeFileSync(join(site, 'content/stories/moved/2027/b.md'), 'Words');
  await untilChanges(before + 1);
});

test('what is beside the newsroom is not', async () => {
  writeFileSync(join(site, 'notes.txt'), 'x');
  mkdirSync(join(site, 'dist'));
  writeFileSync(join(site, 'dist/index.html'), 'x');
  await pause();
  expect(changes).toBe(0);
});

test('what editors and systems leave beside the texts is not', async () => {
  mkdirSync(join(site, 'content/.obsidian'));
  writeFileSync(join(site, 'content/.obsidian/workspace.json'), 'x');
  for (const name of ['.DS_Store', '~$word.docx', '.a.md.swp', 'a.md~', 'Thumbs.db'])
    writeFileSync(join(site, 'content/stories', name), 'x');
  await pause();
  expect(changes).toBe(0);
});

test('nothing is reported after the end', async () => {
  stop();
  writeFileSync(join(site, 'content/site.yaml'), 'x');
  await pause();
  expect(changes).toBe(0);
});
