import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holderHere } from '../lock.ts';
import { filesIn, newsSite, type SmallSite, smallSite } from '../small-site.fixture.ts';
import { workFolder } from '../target.ts';
import { promisesOfTargets } from '../target-contract.fixture.ts';
import { uploadOfText } from '../upload.ts';
import { folderTarget } from './folder.ts';

const times = { beatMs: 50, watchMs: 200 };

promisesOfTargets('folder', async () => {
  const above = mkdtempSync(join(tmpdir(), 'target-'));
  const root = join(above, 'www');
  return {
    open: () => folderTarget('live', root, times),
    readable: async () => new Map([...filesIn(root)].filter(([path]) => !path.startsWith(`${workFolder}/`))),
    async change(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    close: async () => rmSync(above, { recursive: true, force: true }),
  };
});

let site: SmallSite;
let root: string;
beforeEach(() => {
  site = smallSite();
  root = join(site.folder, 'www');
  site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote' }));
});
afterEach(() => site.remove());

test('after a deploy, the folder is the site and nothing else', async () => {
  await site.deploy(undefined);
  expect(filesIn(root)).toEqual(site.files());
  expect(readdirSync(root)).not.toContain(workFolder);
});

test('folders that become empty are deleted, and the root stays', async () => {
  await site.deploy(undefined);
  site.build({ 'index.html': 'a' });
  await site.deploy(undefined);
  expect(readdirSync(root).sort()).toEqual(['.well-known', 'index.html']);
});

test('without any knowledge, the bytes in the folder are compared', async () => {
  await site.deploy(undefined);
  const report = await site.deploy(undefined, { stateFolder: join(site.folder, 'other-state') });
  expect([report.sent, report.unchanged, report.problems]).toEqual([[], site.files().size, []]);
});

test('a change with the same size and time is seen by the time that nobody can set', async () => {
  await site.deploy(undefined);
  const { atime, mtime } = statSync(join(root, '_redirects'));
  writeFileSync(join(root, '_redirects'), '/xxx/ / 301\n');
  utimesSync(join(root, '_redirects'), atime, mtime);
  expect((await site.deploy(undefined)).kept).toEqual(['_redirects']);
});

test('a link in the folder is never followed', async () => {
  const elsewhere = join(site.folder, 'elsewhere');
  mkdirSync(elsewhere);
  mkdirSync(root);
  symlinkSync(elsewhere, join(root, 'world'));
  const report = await site.deploy(undefined);
  expect(report.kept).toContain('world/index.html');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('an empty folder in place of a file gives way', async () => {
  mkdirSync(join(root, 'feed.xml'), { recursive: true });
  await site.deploy(undefined);
  expect(filesIn(root)).toEqual(site.files());
});

test('incomplete files are in a folder that nobody else can read', async () => {
  const target = folderTarget('live', root, times);
  const lock = await target.lock(holderHere('deploy', new Date()));
  await target.put(uploadOfText('index.html', 'text'));
  expect(statSync(join(root, workFolder)).mode & 0o77).toBe(0);
  await lock.release();
  expect(existsSync(join(root, workFolder))).toBe(false);
});

test('a folder above that does not exist is refused, because a disk may not be mounted', async () => {
  const settings = { kind: 'folder', path: join(site.folder, 'no/disk/www') } as const;
  await expect(site.deploy(undefined, { settings })).rejects.toThrow('There is no folder');
  expect(existsSync(join(site.folder, 'no'))).toBe(false);
});
