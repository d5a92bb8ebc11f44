import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';

// A reporter writes, saves, and looks: `broadsheet dev` shows what was saved, and says what is wrong with it.

const bin = join(import.meta.dirname, '../src/cli/bin.mjs');
const harbour = 'content/stories/2025/02/harbour/index.md';
const second = 'content/stories/2025/02/second.md';
const site = `name: The Example Post
url: https://x.example/paper/
sections:
  - { id: world, title: World }
`;
const story = (headline: string, section = 'world') =>
  `---\nheadline: ${headline}\nsection: ${section}\npublished: 2025-02-12\n---\n\nThe first ferry sailed at seven.\n`;

let home: string;
let stop: () => Promise<void>;
let paper: string;

const put = async (file: string, text: string) => {
  await mkdir(dirname(join(home, file)), { recursive: true });
  await writeFile(join(home, file), text);
};
const get = async (path: string) => {
  const response = await fetch(paper + path, { headers: { accept: 'text/html' } });
  return { status: response.status, text: await response.text() };
};

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'broadsheet dev '));
  await put('content/site.yaml', site);
  await put(harbour, story('Harbour reopens'));
  // The gallery shows its examples with a picture of the newsroom.
  await put(
    'content/stories/2025/02/brushes/index.md',
    '---\nheadline: Brushes\npublished: 2025-02-01\nlead: { src: brushes.jpg, alt: Brushes in a pot, credit: Ann Example }\n---\n\nText.\n',
  );
  await copyFile(
    join(import.meta.dirname, '../content/stories/2024/05/last-signwriter/paint-brushes.jpg'),
    join(home, 'content/stories/2025/02/brushes/brushes.jpg'),
  );
  const port = await freePort();
  const child = spawn(process.execPath, [bin, 'dev', '--site', home, '--port', String(port)]);
  stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  await expect.poll(() => said, { timeout: 120_000 }).toMatch(/https?:\/\/\S+\//);
  paper = /https?:\/\/\S+(?=\/)/.exec(said)?.[0] ?? '';
});

test.afterAll(async () => {
  await stop?.();
  if (home) await rm(home, { recursive: true, force: true });
});

test('an edit, a new story, a mistake and its mending show on the next request', async () => {
  expect(paper).toMatch(/\/paper$/);
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

  await rm(join(home, second));
  expect((await get('/2025/02/second/')).status).toBe(404);
  expect((await get('/')).text).not.toContain('A second story');
});

test('the gallery shows every component, to those who write only', async () => {
  const { status, text } = await get('/gallery/');
  expect(status).toBe(200);
  for (const name of ['PullQuote', 'Timeline', 'Table', 'Embed']) expect(text).toContain(name);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
