import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type DevPaper, startDev } from './dev-paper.ts';

// A reporter writes, saves, and looks: `broadsheet dev` shows what was saved, and reports what is wrong with it.

const harbour = 'content/stories/2025/02/harbour/index.md';
const second = 'content/stories/2025/02/second.md';
const site = `name: The Example Post
url: https://x.example/paper/
sections:
  - { id: world, title: World }
`;
const story = (headline: string, section = 'world') =>
  `---\nheadline: ${headline}\nsection: ${section}\npublished: 2025-02-12\n---\n\nThe first ferry sailed at seven.\n`;

let dev: DevPaper;
const put = (file: string, text: string) => dev.put(file, text);
const get = (path: string) => dev.get(path);

test.beforeAll(async () => {
  dev = await startDev({
    'content/site.yaml': site,
    [harbour]: story('Harbour reopens'),
    // The gallery shows its examples with a picture of the newsroom.
    'content/stories/2025/02/brushes/index.md':
      '---\nheadline: Brushes\npublished: 2025-02-01\nlead: { src: brushes.jpg, alt: Brushes in a pot, credit: Ann Example }\n---\n\nText.\n',
    'content/stories/2025/02/brushes/brushes.jpg': await readFile(
      join(import.meta.dirname, '../content/stories/2024/05/last-signwriter/paint-brushes.jpg'),
    ),
  });
});

test.afterAll(() => dev?.stop());

test('an edit, a new story, a mistake, and its correction are visible in the next request', async () => {
  expect(dev.paper).toMatch(/\/paper$/);
  expect((await get('/2025/02/harbour/')).text).toContain('Harbour reopens');

  await put(harbour, story('Harbour closes'));
  expect((await get('/2025/02/harbour/')).text).toContain('Harbour closes');
  expect((await get('/')).text).toContain('Harbour closes');

  await put(second, story('A second story'));
  expect((await get('/world/')).text).toContain('A second story');
  expect((await get('/feed.xml')).text).toContain('A second story');

  await put(harbour, story('Harbour closes', 'wrold'));
  const wrong = (await get('/2025/02/harbour/')).text;
  expect(wrong).toContain('There is no section');
  expect(wrong).toContain(`${harbour}:3`);

  await put(harbour, story('Mended'));
  expect((await get('/2025/02/harbour/')).text).toContain('Mended');

  await dev.remove(second);
  expect((await get('/2025/02/second/')).status).toBe(404);
  expect((await get('/')).text).not.toContain('A second story');
});

test('the gallery shows every component, and only to editors', async () => {
  const { status, text } = await get('/gallery/');
  expect(status).toBe(200);
  for (const name of ['PullQuote', 'Timeline', 'Table', 'Embed']) expect(text).toContain(name);
});
