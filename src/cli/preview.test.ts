import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  hostileRequests,
  hostileTargets,
  requestOf,
  sendRaw,
  statusOf,
  strangeHosts,
} from '../dev/hostile-requests.fixture.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { start } from './command-line.fixture.ts';
import { openPreview } from './preview.ts';

const file = 'content/stories/2025/02/harbour/index.md';

/** Starts a command that serves. @returns the address that it prints, without a trailing slash */
async function serving(argv: string[], cache: string): Promise<string> {
  // In a test, Astro mistakes its own server for a test and does not respond.
  const notInTest = { VITEST: undefined, NODE_ENV: undefined };
  const { child, ended } = start([...argv, '--port', String(43_000 + (process.pid % 2000))], cache, notInTest);
  let said = '';
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      said += data;
      const found = /https?:\/\/[^\s]+/.exec(said)?.[0];
      if (found) resolve(found.replace(/\/$/, ''));
    });
    void ended.then(({ stderr }) => reject(new Error(`it ended: ${said}${stderr}`)));
  });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return await address;
}

const get = async (url: string) => {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, text: await response.text(), to: response.headers.get('location') };
};

test('preview serves what was built, under the path of the url, as a plain host would', {
  timeout: 120_000,
}, async () => {
  const newsroom = smallNewsroom({
    [file]: story(),
    'content/site.yaml': siteYaml.replace('post.example', 'x.example/paper/'),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press();
  const address = await serving(['preview', '--site', newsroom.site], join(newsroom.site, '.broadsheet'));
  expect(address).toMatch(/\/paper$/);
  expect((await get(`${address}/`)).text).toContain('Harbour reopens after storm');
  expect(await get(`${address}/2025/02/harbour`)).toMatchObject({ status: 301, to: '/paper/2025/02/harbour/' });
  expect(await get(`${address}/nowhere/`)).toMatchObject({ status: 404, text: newsroom.dist().get('404.html') });
  expect((await get(address.replace('/paper', '/2025/02/harbour/'))).status).toBe(404);
});

describe('preview in the hands of strangers', () => {
  let newsroom: SmallNewsroom;
  const servers: Server[] = [];
  const serve = async (host = '127.0.0.1', allowed: string[] = []) => {
    const server = await openPreview(join(newsroom.site, 'dist'), '', { port: 0, isPortWanted: true, host, allowed });
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  beforeAll(async () => {
    newsroom = smallNewsroom({
      [file]: story(),
      'public/.well-known/security.txt': 'Contact: us',
      'public/sound.mp3': 'abcdef',
    });
    await newsroom.press();
  }, 120_000);
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(newsroom.site, { recursive: true, force: true });
  });

  test('no request ends it or gets more than the site', async () => {
    const port = await serve();
    const requests = hostileTargets.map((target) => requestOf(target));
    for (const bytes of [...requests, ...hostileRequests]) {
      const said = await sendRaw(port, bytes, !requests.includes(bytes));
      expect(said, JSON.stringify(bytes.slice(0, 80))).not.toMatch(/root:|A constant file|^HTTP\/1\.1 500|\n\s+at /);
      expect(said, JSON.stringify(bytes.slice(0, 80))).not.toMatch(/^location: (?:\/\/|http)/im);
    }
    for (const target of hostileTargets.filter((one) => !one.startsWith('/?')))
      expect(statusOf(await sendRaw(port, requestOf(target))), target.slice(0, 60)).toBeGreaterThanOrEqual(400);
    expect(statusOf(await sendRaw(port, requestOf('/2025/02/harbour/')))).toBe(200);
  }, 60_000);

  test('a file that is deleted during a request is not found, which is not a bug', async () => {
    const port = await serve();
    const path = join(newsroom.site, 'dist/sound.mp3');
    chmodSync(path, 0);
    const { status } = await get(`http://localhost:${port}/sound.mp3`);
    chmodSync(path, 0o644);
    expect([200, 404]).toContain(status); // 200 for clients that may read everything
    rmSync(path);
    expect((await get(`http://localhost:${port}/sound.mp3`)).status).toBe(404);
    writeFileSync(path, 'abcdef');
    expect(await get(`http://localhost:${port}/sound.mp3`)).toMatchObject({ status: 200, text: 'abcdef' });
  });

  test('HEAD, parts of a file, and a file that the client has cached get the responses of a file host', async () => {
    const port = await serve();
    const sound = `http://localhost:${port}/sound.mp3`;
    const part = await fetch(sound, { headers: { range: 'bytes=1-2' } });
    expect([part.status, await part.text()]).toEqual([206, 'bc']);
    expect((await fetch(sound, { headers: { range: 'bytes=9-' } })).status).toBe(416);
    const head = await fetch(sound, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '6', '']);
    // Not with fetch, which bypasses every cache when it is given a tag.
    const known = [`If-None-Match: ${head.headers.get('etag')}`];
    expect(statusOf(await sendRaw(port, requestOf('/sound.mp3', 'localhost', known)))).toBe(304);
    expect((await fetch(sound, { method: 'POST', body: 'x' })).status).toBe(405);
    expect(await get(`http://localhost:${port}/.well-known/security.txt`)).toMatchObject({ text: 'Contact: us' });
  });

  test('it responds only to the names of this machine, and to those that were allowed', async () => {
    const ask = async (port: number, host: string) => statusOf(await sendRaw(port, requestOf('/', host)));
    const own = await serve();
    for (const host of [
      'localhost',
      'localhost:1',
      'LOCALHOST',
      'paper.localhost',
      '127.0.0.1',
      '[::1]:4321',
      'localhost.',
    ])
      expect(await ask(own, host), host).toBe(200);
    for (const host of strangeHosts) expect(await ask(own, host), host).toBeGreaterThanOrEqual(400);
    const network = await serve('0.0.0.0', ['preview.example']);
    for (const host of ['localhost', '192.168.0.1:4321', '[2001:db8::1]', 'preview.example', hostname()])
      expect(await ask(network, host), host).toBe(200);
    for (const host of ['evil.example', 'x.preview.example', '127.0.0.1.evil.example', ''])
      expect(await ask(network, host), host).toBeGreaterThanOrEqual(400);
  });
});
