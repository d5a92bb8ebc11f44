import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifestFile, partFile } from '../site/manifest.ts';
import { publishedSite, put } from './published.fixture.ts';
import { type HostHabits, type StaticHost, staticHost } from './static-host.fixture.ts';
import { verifySite } from './verify.ts';
import { requestsAtOnce, siteOnTheWeb } from './web.ts';

/* A site is requested from hosts with all kinds of habits. */

let folder: string;
let host: StaticHost | undefined;
beforeEach(() => {
  folder = publishedSite().folder;
});
afterEach(async () => {
  await host?.close();
  host = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function verified(habits: HostHabits = {}, address = (url: string) => url) {
  host = await staticHost(folder, habits);
  return await verifySite(siteOnTheWeb(address(host.url), { pauseMs: 1 }));
}

const good = { changed: [], missing: [], added: [], isListed: false };

describe('a site that nobody changed is as published', () => {
  test.each<[string, HostHabits]>([
    ['on an ordinary host', {}],
    ['below a path', { base: '/paper' }],
    ['with gzip', { coding: 'gzip' }],
    ['with brotli', { coding: 'br' }],
    ['on a host that sends its front page for missing files', { fallback: '<p>Another front page</p>' }],
    ['on a host that sends the front page of the site for missing files', { fallback: '<p>Home</p>' }],
  ])('%s', async (_, habits) => {
    expect(await verified(habits)).toMatchObject({ ...good, files: 9 });
  });

  test('with any form of the address', async () => {
    for (const form of [
      (url: string) => url.slice(0, -1),
      (url: string) => `${url}index.html`,
      (url: string) => `${url}?utm=1#top`,
    ]) {
      expect(await verified({ base: '/paper' }, form)).toMatchObject(good);
      await host?.close();
    }
  });

  test('on a host that redirects to addresses without index.html, and without .html', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (!/(?:\/index|404)\.html$/.test(path)) return false;
      response.writeHead(308, { location: path.replace(/(?:index)?\.html$/, '') }).end();
      return true;
    };
    put(folder, '404/index.html', '<p>Not found</p>');
    expect(await verified({ answer })).toMatchObject(good);
  });

  test('on a host that has no index files, only the files themselves', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (!path.endsWith('/')) return false;
      response.writeHead(403).end('no listing');
      return true;
    };
    expect(await verified({ answer })).toMatchObject(good);
  });

  test('where a page has status 404 or 410 with the published bytes', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      const file = { '/404.html': '404.html', '/2025/03/weir/': '2025/03/weir/index.html' }[path];
      if (!file) return false;
      response.writeHead(path === '/404.html' ? 404 : 410).end(readFileSync(join(folder, file)));
      return true;
    };
    expect(await verified({ answer })).toMatchObject(good);
  });

  test('where the host keeps its own files to itself', async () => {
    rmSync(join(folder, '_headers'));
    expect(await verified()).toMatchObject({ ...good, unserved: ['_headers'] });
  });

  test('where the host redirects an old address itself', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (!path.startsWith('/old/')) return false;
      response.writeHead(301, { location: '/2025/02/ferry/' }).end();
      return true;
    };
    expect(await verified({ answer })).toMatchObject({
      ...good,
      redirected: [{ from: 'old/ferry/index.html', to: '2025/02/ferry/index.html' }],
    });
  });

  test('where the host fails now and then, or is busy', async () => {
    // By address, because requests come in any order: each fails up to three times, in different ways.
    const asked = new Map<string, number>();
    const answer: HostHabits['answer'] = (request, response, path) => {
      const times = asked.get(path) ?? 0;
      asked.set(path, times + 1);
      const place = [...asked.keys()].indexOf(path);
      if (times >= place % 4) return false;
      const way = (place + times) % 3;
      if (way === 0) response.writeHead(503).end('busy');
      else if (way === 1) response.writeHead(429, { 'retry-after': '0' }).end();
      else request.socket.destroy();
      return true;
    };
    expect(await verified({ answer })).toMatchObject(good);
  });

  test('where a file that is compressed itself is sent as compressed', async () => {
    rmSync(folder, { recursive: true });
    const archive = gzipSync('words').toString('latin1');
    folder = publishedSite({ 'archive.txt.gz': archive }).folder;
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (path !== '/archive.txt.gz') return false;
      response.writeHead(200, { 'content-encoding': 'gzip' });
      // As the fixture wrote it: in UTF-8, so it is not an archive, but a page of these bytes that cannot be unpacked.
      response.end(readFileSync(join(folder, 'archive.txt.gz')));
      return true;
    };
    const { changed } = await verified({ answer });
    expect(changed).toEqual(['archive.txt.gz']);
  });
});

describe('what differs', () => {
  test('is named, with what is known about it', async () => {
    writeFileSync(join(folder, 'index.html'), '<p>HOME</p>');
    writeFileSync(join(folder, '2025/02/ferry/index.html'), '<p>The ferry sank</p>');
    rmSync(join(folder, 'feed.xml'));
    put(folder, 'shell.php', 'x');
    const found = await verified();
    expect(found).toMatchObject({
      changed: ['2025/02/ferry/index.html', 'index.html'],
      missing: ['feed.xml'],
      added: [],
    });
    expect(Object.fromEntries(found.reasons)).toEqual({
      'index.html': 'other bytes, same size',
      '2025/02/ferry/index.html': '21 bytes instead of 16',
      'feed.xml': 'status 404',
    });
  });

  test('a script that a host adds to pages counts as changed', async () => {
    const change = (path: string, bytes: Buffer) =>
      path.endsWith('/') ? Buffer.concat([bytes, Buffer.from('<script src="/cdn-cgi/x.js"></script>')]) : bytes;
    expect((await verified({ change })).changed).toEqual([
      '2025/02/ferry/index.html',
      '2025/03/weir/index.html',
      'index.html',
      'old/ferry/index.html',
    ]);
  });

  test('a missing file is missing although the host answers with 200', async () => {
    rmSync(join(folder, 'feed.xml'));
    expect(await verified({ fallback: '<p>Our app</p>' })).toMatchObject({ changed: [], missing: ['feed.xml'] });
  });

  test('a page that leads to another host, in a circle, or to another story', async () => {
    const targets: Record<string, string> = {
      '/2025/02/ferry/': 'https://evil.example/',
      '/2025/03/weir/': '/2025/03/weir/?again',
      '/feed.xml': 'http://',
    };
    const answer: HostHabits['answer'] = (_, response, path) => {
      const location = targets[path];
      if (location === undefined) return false;
      response.writeHead(302, { location }).end();
      return true;
    };
    const { changed, reasons } = await verified({ answer });
    expect(changed).toEqual(['2025/02/ferry/index.html', '2025/03/weir/index.html', 'feed.xml']);
    expect(reasons.get('2025/02/ferry/index.html')).toContain('another host, https://evil.example');
    expect(reasons.get('2025/03/weir/index.html')).toContain('more than 5 times');
  });

  test('a file that never ends is not read to the end', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (path !== '/feed.xml') return false;
      const more = () => void (response.destroyed || response.write('x'.repeat(1e5), more));
      more();
      return true;
    };
    const { changed, reasons } = await verified({ answer });
    expect(changed).toEqual(['feed.xml']);
    expect(reasons.get('feed.xml')).toBe('much longer');
  });

  test('a file that always fails, and one whose compression is broken', async () => {
    const answer: HostHabits['answer'] = (_, response, path) => {
      if (path === '/feed.xml') response.writeHead(500).end();
      else if (path === '/404.html') response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
      else return false;
      return true;
    };
    const { changed, reasons } = await verified({ answer });
    expect(changed).toEqual(['404.html', 'feed.xml']);
    expect(reasons.get('feed.xml')).toBe('status 500');
  });
});

describe('a site that cannot be compared', () => {
  test('has no manifest', async () => {
    rmSync(join(folder, '.well-known'), { recursive: true });
    await expect(verified()).rejects.toMatchObject({ problems: [{ rule: 'manifest-missing' }] });
    await host?.close();
    await expect(verified({ fallback: '<p>Our app</p>' })).rejects.toMatchObject({
      problems: [{ rule: 'manifest-missing' }],
    });
  });

  test('has a manifest that was changed, or lacks a part', async () => {
    writeFileSync(join(folder, manifestFile), '{}');
    await expect(verified()).rejects.toMatchObject({ problems: [{ rule: 'manifest-damaged', file: manifestFile }] });
    await host?.close();
    rmSync(folder, { recursive: true });
    folder = publishedSite().folder;
    rmSync(join(folder, partFile('2025-02')));
    await expect(verified()).rejects.toMatchObject({ problems: [{ file: partFile('2025-02') }] });
  });

  test.each<[string, HostHabits['answer']]>([
    ['answers with an error', (_, response) => !!response.writeHead(500).end()],
    ['asks for a password', (_, response) => !!response.writeHead(401).end()],
    ['ends the connection', (request) => !!request.socket.destroy()],
    ['redirects to another host', (_, response) => !!response.writeHead(301, { location: 'https://x.example/' }).end()],
  ])('because its host %s', async (_, answer) => {
    await expect(verified({ answer })).rejects.toMatchObject({ problems: [{ rule: 'site-unreachable' }] });
  });

  test('because there is no such host', async () => {
    const site = siteOnTheWeb('http://127.0.0.1:1/', { pauseMs: 1 });
    await expect(verifySite(site)).rejects.toMatchObject({
      problems: [{ rule: 'site-unreachable', message: expect.stringContaining('refused the connection') }],
    });
  });
});

test(`at most ${requestsAtOnce} files are requested at the same time, each once`, async () => {
  rmSync(folder, { recursive: true });
  folder = publishedSite(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`n/${i}.txt`, `${i}`]))).folder;
  const told: number[] = [];
  host = await staticHost(folder);
  await verifySite(siteOnTheWeb(host.url), { onProgress: (done, total) => told.push(done / total) });
  expect(host.mostAtOnce()).toBe(requestsAtOnce);
  expect(host.asked.filter((path) => path.startsWith('/n/')).length).toBe(100);
  expect(told.at(-1)).toBe(1);
});
