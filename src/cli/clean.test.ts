import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { smallNewsroom } from '../press/small-newsroom.fixture.ts';
import { markerFile } from '../press/write.ts';
import { call } from './command-line.fixture.ts';

/** A newsroom with a site, and a cache with a thousand bytes in each of its places and in one that is not ours. */
function newsroom() {
  const { site, remove } = smallNewsroom();
  onTestFinished(() => remove('.'));
  const put = (file: string) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), 'x'.repeat(1000));
  };
  for (const name of ['index', 'dev', 'bundle', 'fonts', 'renditions', 'theirs']) put(`.broadsheet/${name}/file`);
  put(`dist/${markerFile}`);
  return {
    site,
    put,
    clean: (...argv: string[]) => call(['clean', '--site', site, ...argv], { env: {} }),
    left: () =>
      readdirSync(join(site, '.broadsheet'))
        .filter((name) => name !== 'lock.db')
        .sort(),
  };
}

test('deletes the index and the templates, says how much it was, and keeps what takes longest', async () => {
  const { site, clean, left } = newsroom();
  expect(await clean()).toEqual({
    code: 0,
    stdout: 'Deleted the index and the record of pages: 2.0 kB, the templates: 2.0 kB.\n',
    stderr: '',
  });
  expect(left()).toEqual(['renditions', 'theirs']);
  expect(existsSync(join(site, 'dist', markerFile))).toBe(true);
  expect((await clean()).stdout).toBe('There was nothing to delete.\n');
});

test('--pictures and --dist delete these too, and never what others put into the cache', async () => {
  const { site, clean, left } = newsroom();
  expect((await clean('--pictures', '--dist')).stdout).toContain(
    'the renditions of pictures: 1.0 kB, the site: 1.0 kB',
  );
  expect(left()).toEqual(['theirs']);
  expect(existsSync(join(site, 'dist'))).toBe(false);
});

test('what the desk keeps stays, because nothing else has it; its index and lists do not', async () => {
  const { site, put, clean, left } = newsroom();
  put('.broadsheet-desk/desk.db');
  put('.broadsheet/desk/stories.db');
  await clean('--pictures', '--dist');
  expect(existsSync(join(site, '.broadsheet-desk/desk.db'))).toBe(true);
  expect(left()).toEqual(['theirs']);
});

test('a folder that Broadsheet did not write is not deleted, and nothing else is', async () => {
  const { site, put, clean, left } = newsroom();
  put('web/photo.jpg');
  const before = left();
  expect(await clean('--dist', '--out', join(site, 'web'))).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('was not written by Broadsheet'),
  });
  expect(existsSync(join(site, 'web/photo.jpg'))).toBe(true);
  expect(left()).toEqual(before);
});

test.each([
  [['--unused'], '--unused can only be used with --pictures.'],
  [['--unused', '--pictures', '--dist'], 'it cannot be used with --dist.'],
])('%j deletes nothing', async (argv, message) => {
  const { clean, left } = newsroom();
  const before = left();
  expect(await clean(...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  expect(left()).toEqual(before);
});

test('a folder that is no newsroom is left alone', async () => {
  const { site, clean, left } = newsroom();
  rmSync(join(site, 'content'), { recursive: true });
  expect((await clean()).code).toBe(1);
  expect(left()).toContain('index');
});
