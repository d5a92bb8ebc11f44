import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { story } from '../press/small-newsroom.fixture.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';
import { digestToNote, hasIngestedBytes } from './same-content.ts';
import { scan } from './scan.ts';

const mdx = 'content/stories/2025/02/b/index.mdx';
const paths = {
  'content/authors/ann.yaml': 'name: Ann\n',
  'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
  'content/fronts/home.yaml': 'layout: pair\n',
  'content/stories/2025/02/b/t.csv': 'a,b\n1,2\n',
  'content/stories/2025/02/b/p.jpg.yaml': 'credit: Ann\n',
  [mdx]: story({ headline: 'B' }, '<Table src="t.csv" caption="T" />\n\n![A quay](p.jpg)'),
  ...file('2025/02/a'),
};
const picture = (red: number) =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: { r: red, g: 90, b: 120 } } })
    .jpeg()
    .toBuffer();

test('a file with the bytes that were ingested is unchanged, whatever its times are, and one with other bytes is not', async () => {
  const newsroom = await newsroomWith({ ...paths, 'content/stories/2025/02/b/p.jpg': await picture(1) });
  const { index, root } = newsroom;
  const all = [...Object.keys(paths), 'content/site.yaml', 'content/stories/2025/02/b/p.jpg'];
  for (const path of all) utimesSync(join(root, path), 1, 1);
  for (const path of all) expect(hasIngestedBytes(index, path), path).toBe(true);
  expect([...scan(index, Date.now() + 3_600_000).changed]).toEqual([]);
  for (const [path, text] of Object.entries(paths)) newsroom.put(path, text.replace(/Ann|pair|About|1|B/, 'other'));
  newsroom.put('content/stories/2025/02/b/p.jpg', await picture(200));
  for (const path of all) expect(hasIngestedBytes(index, path), path).toBe(path === 'content/site.yaml');
});

test('nothing is known about a file that nothing names, that was deleted, or that is only copied', async () => {
  const newsroom = await newsroomWith({
    ...paths,
    'content/stories/2025/02/b/p.jpg': await picture(1),
    'public/a.txt': 'a',
    'content/b.jpg': await picture(1),
    'content/u.csv': 'a\n1\n',
  });
  for (const path of ['public/a.txt', 'content/b.jpg', 'content/u.csv', 'content/none.yaml'])
    expect(hasIngestedBytes(newsroom.index, path), path).toBe(false);
  newsroom.remove(fileOf('2025/02/a'));
  expect(hasIngestedBytes(newsroom.index, fileOf('2025/02/a'))).toBe(false);
});

test('the scan stores the digest of files that describe the newsroom. That of other files is stored with their contents', async () => {
  const { index } = await newsroomWith({ ...paths, 'content/stories/2025/02/b/p.jpg': await picture(1) });
  for (const path of [
    'content/site.yaml',
    'content/authors/ann.yaml',
    'content/pages/about.md',
    'content/stories/2025/02/b/p.jpg.yaml',
  ])
    expect(digestToNote(index, path), path).toMatch(/^[\w-]{16,}$/);
  for (const path of [
    mdx,
    fileOf('2025/02/a'),
    'content/stories/2025/02/b/t.csv',
    'content/stories/2025/02/b/p.jpg',
    'content/none.yaml',
  ])
    expect(digestToNote(index, path), path).toBeNull();
});
