import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { call } from '../cli/command-line.fixture.ts';
import { digestOfFolder, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';

const at = ['--now', '2025-06-01T12:00:00Z'];
const twoStories = {
  'content/stories/2025/02/harbour/index.md': story({}, 'As [before](story:2025/02/quay).'),
  'content/stories/2025/02/quay/index.md': story({ headline: 'The quay' }),
  'content/stories/2025/02/later/index.md': story({ headline: 'Later', embargo: '2031-11-01T06:00:00Z' }),
};
const edition = async (site: string, kind: string, out: string, ...more: string[]) =>
  call(['edition', kind, '--site', site, '--out', out, ...at, ...more]);

test('the same content produces the same zip, whatever was written before, and other content another one', async () => {
  const [one, two] = [smallNewsroom(twoStories), smallNewsroom()];
  for (const [file, text] of Object.entries(twoStories)) two.put(file, text);
  const zips = [join(one.site, 'a.zip'), join(two.site, 'b.zip')] as const;
  expect((await edition(one.site, 'zip', zips[0])).code).toBe(0);
  await two.press();
  expect((await edition(two.site, 'zip', zips[1])).code).toBe(0);
  expect(readFileSync(zips[0]).equals(readFileSync(zips[1]))).toBe(true);
  two.put('content/stories/2025/02/quay/index.md', story({ headline: 'The old quay' }));
  expect((await edition(two.site, 'zip', zips[1])).code).toBe(0);
  expect(readFileSync(zips[0]).equals(readFileSync(zips[1]))).toBe(false);
});

test('a folder contains the whole site under a url with a path, without files for hosts and what is not public', async () => {
  const newsroom = smallNewsroom(twoStories);
  newsroom.put(
    'content/site.yaml',
    readFileSync(join(newsroom.site, 'content/site.yaml'), 'utf8').replace(
      'https://post.example',
      'https://post.example/paper/',
    ),
  );
  const out = join(newsroom.site, 'edition');
  expect(await edition(newsroom.site, 'folder', out)).toMatchObject({ code: 0, stderr: expect.any(String) });
  const page = readFileSync(join(out, '2025/02/harbour/index.html'), 'utf8');
  expect(page).toMatch(/<a [^>]*href="\.\.\/quay\/index\.html">before<\/a>/);
  expect(page).toContain('<link rel="canonical" href="https://post.example/paper/2025/02/harbour/">');
  expect(page).not.toMatch(/(?:href|src|srcset)="\//);
  const files = newsroom.dist(out);
  expect([...files.keys()].filter((file) => /feed|sitemap|robots|_redirects/.test(file))).toEqual([]);
  expect([...files].filter(([file, text]) => file.includes('later') || text.includes('Later'))).toEqual([]);
});

test('a folder is brought up to date, and deleted pages disappear', async () => {
  const newsroom = smallNewsroom(twoStories);
  const out = join(newsroom.site, 'edition');
  await edition(newsroom.site, 'folder', out);
  newsroom.remove('content/stories/2025/02/quay');
  newsroom.put('content/stories/2025/02/harbour/index.md', story());
  await edition(newsroom.site, 'folder', out);
  expect(existsSync(join(out, '2025/02/quay'))).toBe(false);
  const before = digestOfFolder(out);
  rmSync(out, { recursive: true });
  await edition(newsroom.site, 'folder', out);
  expect(digestOfFolder(out)).toBe(before);
});

describe('nothing is overwritten', () => {
  const newsroom = smallNewsroom(twoStories);
  test('a folder or file of somebody else', async () => {
    const [folder, file] = [join(newsroom.site, 'mine'), join(newsroom.site, 'mine.zip')];
    mkdirSync(folder);
    writeFileSync(join(folder, 'diary.txt'), 'dear diary');
    writeFileSync(file, 'dear diary');
    for (const [kind, out] of [
      ['folder', folder],
      ['zip', file],
    ] as const) {
      const said = await edition(newsroom.site, kind, out);
      expect(said.code).toBe(1);
      expect(said.stderr).toContain('so nothing was written');
      expect(JSON.parse((await edition(newsroom.site, kind, out, '--json')).stdout)).toMatchObject({
        ok: false,
        errors: [{ rule: 'foreign-edition' }],
      });
    }
    expect(readFileSync(file, 'utf8')).toBe('dear diary');
    expect(readFileSync(join(folder, 'diary.txt'), 'utf8')).toBe('dear diary');
    expect(existsSync(join(newsroom.site, 'dist'))).toBe(false);
  });

  test.each([
    ['folder', 'dist', 'the site itself is written there'],
    ['zip', 'dist/paper.zip', 'the site itself is written there'],
    ['folder', '.', 'this is the newsroom itself'],
    ['folder', 'content/stories', 'this is inside content/'],
    ['zip', 'content', 'this is inside content/'],
  ])('%s --out %s', async (kind, out, why) => {
    const said = await edition(newsroom.site, kind, join(newsroom.site, out));
    expect(said).toMatchObject({ code: 2, stdout: '' });
    expect(said.stderr).toContain(why);
  });
});

test('with a mistake in the newsroom, no edition is written', async () => {
  const newsroom = smallNewsroom({ 'content/stories/2025/02/harbour/index.md': story({ section: 'wrold' }) });
  const out = join(newsroom.site, 'paper.zip');
  const said = await edition(newsroom.site, 'zip', out);
  expect(said.code).toBe(1);
  expect(said.stderr).toContain('No edition was written.');
  expect(existsSync(out)).toBe(false);
});

test('an invalid command line is reported', async () => {
  expect((await call(['edition', 'zpi', '--out', 'x'])).stderr).toBe(
    'There is no kind of edition called "zpi".\nDid you mean  broadsheet edition zip ?\n',
  );
  expect((await call(['edition', '--out', 'x'])).stderr).toContain('zip or folder');
  expect((await call(['edition', 'zip'])).stderr).toContain('--out PATH');
});
