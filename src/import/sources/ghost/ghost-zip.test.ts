import { expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from '../../small-archive.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { exportOf, post } from './ghost.fixture.ts';

const data = exportOf({
  posts: [
    post({ feature_image: '__GHOST_URL__/content/images/2019/05/boat.jpg', html: '<p>Text.</p>' }),
    post({
      id: 'p2',
      slug: 'b',
      title: 'B',
      html: '<p>T</p><img alt="x" src="__GHOST_URL__/content/images/size/w600/2019/05/sea.jpg">',
    }),
  ],
});
const redirects = '301:\n  /old-storm/: /storm/\n';

const run = async (files: Record<string, string | Uint8Array>, source = '.') => {
  const archive = smallArchive(files);
  const receipt = await archive.runAs('ghost', source);
  expect(receipt.files.in).toBe(
    receipt.files.stories + receipt.files.drafts + receipt.files.pages + receipt.files.skipped,
  );
  expect(await contractProblems(archive.stories)).toEqual([]);
  return { archive, receipt };
};

/** As `ghost backup` writes it: the content of the folder `content`, and the exports in `data`. */
const backup = async () => ({
  'data/content-from-v5.82.0-on-2024-05-05-10-00-00.json': data,
  'data/members-from-v5.82.0-on-2024-05-05-10-00-00.csv': 'id,email\n1,reader@example.org\n',
  'data/redirects.yaml': redirects,
  'images/2019/05/boat.jpg': await picture(),
  'images/2019/05/sea_o.jpg': await picture(),
  'images/2019/05/unused.jpg': await picture(),
  'themes/casper/package.json': '{"name":"casper"}',
  'settings/routes.yaml': 'routes: {}',
});

test.each(['', 'backup-2024/'])('a backup as a zip, with "%s" around it', async (around) => {
  const entries = Object.entries(await backup()).map(([name, bytes]) => ({ name: around + name, data: bytes }));
  const { archive, receipt } = await run({ 'backup.zip': zipOf(entries) }, 'backup.zip');
  expect(receipt.files).toMatchObject({ in: 2, stories: 2, skipped: 0 });
  expect(archive.story('2019/05/storm')).toContain('lead: { src: boat.jpg');
  expect(archive.story('2019/05/storm')).toContain('aliases: [/storm/, /old-storm/]');
  expect(archive.list()).toContain('2019/05/b/sea-o.jpg');
  expect(receipt.others).toEqual({
    used: [`${around}images/2019/05/boat.jpg`, `${around}images/2019/05/sea_o.jpg`],
    unused: [`${around}images/2019/05/unused.jpg`],
    generator: 3,
    private: [`${around}data/members-from-v5.82.0-on-2024-05-05-10-00-00.csv`],
    notUnderstood: [],
    left: [],
  });
  const again = await archive.runAs('ghost', 'backup.zip');
  expect(again.files).toMatchObject({ written: 0, unchanged: 2 });
});

test('the same as a folder, and a folder around the folder content', async () => {
  const { archive, receipt } = await run(await backup());
  expect(archive.story('2019/05/storm')).toContain('aliases: [/storm/, /old-storm/]');
  expect(receipt.pictures.copied).toBe(2);
  const whole = await run({
    'ghost.json': data,
    'content/images/2019/05/boat.jpg': await picture(),
    'content/data/redirects.json': '[{"from":"/old-storm/","to":"/storm/"}]',
  });
  expect(whole.archive.story('2019/05/storm')).toContain('aliases: [/storm/, /old-storm/]');
  expect(whole.receipt.pictures.copied).toBe(1);
});

test('a bomb among the pictures, and names that lead outside, stop nothing', async () => {
  const zip = zipOf([
    { name: 'ghost.json', data },
    { name: 'content/images/2019/05/boat.jpg', data: Buffer.alloc(30_000_000) },
    { name: 'content/images/2019/05/sea.jpg', data: await picture(), claims: 3 },
    { name: '../../content/images/x.jpg', data: await picture() },
  ]);
  const { receipt } = await run({ 'ghost.zip': zip }, 'ghost.zip');
  expect(receipt.files).toMatchObject({ stories: 2, skipped: 0 });
  expect(receipt.pictures.copied).toBe(0);
  expect(receipt.notes.map(({ note }) => note)).toContain('its name leads outside of the zip, so it is not read');
});

test('a zip without an export, with two, and one that is damaged', async () => {
  const zip = (...names: string[]) => zipOf(names.map((name) => ({ name, data })));
  await expect(run({ 'a.zip': zip('a.txt') }, 'a.zip')).rejects.toThrow('contains no Ghost export');
  await expect(run({ 'a.zip': zip('a.json', 'b.json') }, 'a.zip')).rejects.toThrow('several files that end in .json');
  await expect(run({ 'a.zip': zip('a.json').subarray(0, 100) }, 'a.zip')).rejects.toThrow('cannot be unpacked');
  const cut = zipOf([{ name: 'a.json', data, claims: 10 }]);
  await expect(run({ 'a.zip': cut }, 'a.zip')).rejects.toThrow('larger than it claims');
});
