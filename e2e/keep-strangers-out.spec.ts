import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  hostileRequests,
  hostileTargets,
  requestOf,
  sendRaw,
  spellingsOf,
  statusOf,
  strangeHosts,
} from '../src/dev/hostile-requests.fixture.ts';
import { type DevPaper, startDev } from './dev-paper.ts';

// `dev` runs on an editor's machine for weeks. Any page on the web can send it requests, and with --host, so can anyone
// on the network. Nobody must get more than a reader gets, and nobody must be able to stop it.

const secret = 'Zanzibar';
const files = {
  'content/site.yaml': 'name: The Example Post\nurl: https://x.example/\nsections:\n  - { id: world, title: World }\n',
  'content/stories/2025/02/harbour.md': '---\nheadline: Harbour\npublished: 2025-02-12\n---\n\nText.\n',
  'content/stories/2025/02/sketch.md': `---\nheadline: ${secret}\npublished: 2025-02-12\ndraft: true\n---\n\n${secret}.\n`,
  'public/sound.mp3': 'abcdef',
  '.env': `KEY=${secret}`,
  '.git/config': secret,
  'theme/tokens.css': ':root { --accent: #1d6141; }',
  'theme/notes.md': secret,
};

let dev: DevPaper;
test.beforeAll(async () => {
  dev = await startDev(files, ['--host', '0.0.0.0', '--allow-host', 'paper.example']);
});
test.afterAll(() => dev?.stop());

test('no spelling of a file outside the site returns it', async () => {
  expect((await dev.get('/2025/02/harbour/')).status).toBe(200); // so that everything exists
  const wanted = [
    '.broadsheet/dev/index.db',
    '.broadsheet/dev/index.db-wal',
    '.broadsheet/pictures.db',
    'content/stories/2025/02/sketch.md',
    'content/site.yaml',
    '.env',
    '.git/config',
    'theme/notes.md',
  ].map((file) => join(dev.home, file));
  const targets = [...wanted, '/etc/passwd'].flatMap(spellingsOf).map((target) => target.replaceAll(' ', '%20'));
  for (const target of targets) {
    const said = await sendRaw(
      dev.port,
      requestOf(target, 'localhost', [`Accept: ${target.length % 2 ? '*/*' : 'text/html'}`]),
    );
    expect(said, target).not.toMatch(new RegExp(`${secret}|SQLite format|The Example Post\\\\nurl|root:x:0`));
    expect(said, target).not.toMatch(/^x-powered-by/im);
  }
  // The canary: what a page needs is really there, so the rest was refused by the gate and not because the address is
  // wrong.
  const style = encodeURI(join(dev.home, 'theme/tokens.css'));
  expect(await sendRaw(dev.port, requestOf(`/@fs${style}`))).toContain('1d6141');
});

test('no request ends the server', async () => {
  const requests = hostileTargets.map((target) => requestOf(target));
  for (const bytes of [...requests, ...hostileRequests])
    expect(await sendRaw(dev.port, bytes, !requests.includes(bytes)), bytes.slice(0, 80)).not.toMatch(
      /^location: (?:\/\/|http)/im,
    );
  expect(dev.isRunning()).toBe(true);
  expect((await dev.get('/2025/02/harbour/')).text).toContain('Harbour');
  const part = await dev.request('/sound.mp3', { range: 'bytes=1-2' });
  expect([part.status, await part.text()]).toEqual([206, 'bc']);
  expect(statusOf(await sendRaw(dev.port, requestOf('/', 'localhost', [], 'HEAD')))).toBe(200);
  expect(statusOf(await sendRaw(dev.port, requestOf('/', 'localhost', [], 'POST')))).toBe(405);
});

test('it responds only to its own names', async () => {
  for (const host of ['localhost', '127.0.0.1:1', '192.168.0.1', 'paper.example'])
    expect(statusOf(await sendRaw(dev.port, requestOf('/robots.txt', host))), host).toBe(200);
  for (const host of strangeHosts.filter((name) => !/^[\d.[]/.test(name) || /evil/.test(name)))
    expect(statusOf(await sendRaw(dev.port, requestOf('/robots.txt', host))), host).toBeGreaterThanOrEqual(400);
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Protocol: vite-hmr',
    'Origin: http://evil.example',
  ];
  expect(
    statusOf(await sendRaw(dev.port, `GET / HTTP/1.1\r\nHost: evil.example\r\n${upgrade.join('\r\n')}\r\n\r\n`, true)),
  ).not.toBe(101);
  expect(dev.isRunning()).toBe(true);
});
