import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Downloads, type FetchOptions } from './downloads.ts';
import { retryAfterMs } from './host-pace.ts';
import { hostileServer, photo, quick, redirect, send } from './hostile-server.fixture.ts';
import type { FetchLimits } from './limits.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'fetch-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The options for a server on loopback, which the test has named. */
const allow = (host: string, more: Partial<FetchOptions> = {}): FetchOptions => ({
  hosts: [host],
  privateHosts: ['127.0.0.1'],
  agent: 'Broadsheet/test',
  limits: quick,
  ...more,
});

/** Downloads addresses, and says what became of each, without the server. */
async function fetchAll(origin: string, paths: string[], options: FetchOptions, into = folder()) {
  const downloads = new Downloads(into, options);
  for (const path of paths) downloads.fileOf(path.includes('://') ? path : origin + path);
  await downloads.fetch();
  const became = downloads.lines().map(({ address, state, reason }) => {
    const at = address.replace(origin, '');
    return [at, reason === undefined ? state : `${state}: ${reason.replaceAll(origin, '')}`];
  });
  return { became: Object.fromEntries(became) as Record<string, string>, downloads, into };
}

test('a picture is kept under its own name, with the ending of what it is, and found again', async () => {
  const bytes = await photo();
  const server = await hostileServer({
    '/uploads/Harbour%20wall.PNG': send(bytes, { 'Content-Type': 'text/plain' }),
    '/show.php?id=3': send(bytes),
  });
  const { became, downloads, into } = await fetchAll(
    server.origin,
    ['/uploads/Harbour%20wall.PNG', '/uploads/Harbour%20wall.PNG#top', '/show.php?id=3'],
    allow(server.host),
  );
  expect(became).toEqual({ '/uploads/Harbour%20wall.PNG': 'fetched', '/show.php?id=3': 'fetched' });
  const path = downloads.fileOf(`${server.origin}/uploads/Harbour%20wall.PNG#top`) ?? '';
  expect(path).toMatch(/\/Harbour-wall\.jpg$/);
  expect(downloads.fileOf(`${server.origin}/show.php?id=3`)).toMatch(/\/show\.jpg$/);
  expect(readFileSync(path).equals(bytes)).toBe(true);
  expect([...server.agents]).toEqual(['Broadsheet/test']);
  // Also without the permission to download.
  expect(new Downloads(into, undefined).fileOf(`${server.origin}/show.php?id=3`)).toMatch(/show\.jpg$/);
});

describe('a second run', () => {
  test('asks only for what is missing', async () => {
    const bytes = await photo();
    const server = await hostileServer({
      '/a.jpg': send(bytes),
      '/later.jpg': (response, request, times) =>
        (times < 2 ? send('', {}, 404) : send(bytes))(response, request, times),
    });
    const options = allow(server.host);
    const { into } = await fetchAll(server.origin, ['/a.jpg', '/later.jpg'], options);
    const again = await fetchAll(server.origin, ['/a.jpg', '/later.jpg'], options, into);
    expect(again.became).toEqual({ '/a.jpg': 'kept', '/later.jpg': 'fetched' });
    expect(server.asked.sort()).toEqual(['/a.jpg', '/later.jpg', '/later.jpg']);
  });

  test('asks again for a file that is gone or shortened, and after a line of the record was cut', async () => {
    const bytes = await photo();
    const server = await hostileServer(
      Object.fromEntries(['/a.jpg', '/b.jpg', '/c.jpg'].map((at) => [at, send(bytes)])),
    );
    const options = allow(server.host);
    const { into, downloads } = await fetchAll(server.origin, ['/a.jpg', '/b.jpg'], options);
    rmSync(downloads.fileOf(`${server.origin}/a.jpg`) ?? '');
    truncateSync(downloads.fileOf(`${server.origin}/b.jpg`) ?? '', 10);
    appendFileSync(join(into, 'record.jsonl'), `\n{"address":"${server.origin}/c.jp`);
    writeFileSync(join(into, 'left.part'), 'half');
    const second = await fetchAll(server.origin, ['/a.jpg', '/b.jpg', '/c.jpg'], options, into);
    expect(Object.values(second.became)).toEqual(['fetched', 'fetched', 'fetched']);
    const third = await fetchAll(server.origin, ['/a.jpg', '/b.jpg', '/c.jpg'], options, into);
    expect(Object.values(third.became)).toEqual(['kept', 'kept', 'kept']);
    expect(readdirSync(into).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a record that points outside of the folder is not believed', async () => {
    const into = folder();
    writeFileSync(
      join(into, 'record.jsonl'),
      '\n{"address":"https://old.example/a.jpg","file":"../../etc/passwd","bytes":1}',
    );
    expect(new Downloads(into, undefined).fileOf('https://old.example/a.jpg')).toBeUndefined();
  });
});

describe('what is not a whole picture is not kept', () => {
  test('whatever the header says', async () => {
    const bytes = await photo();
    const server = await hostileServer({
      '/page.jpg': send('<!doctype html><title>Gone</title>', { 'Content-Type': 'image/jpeg' }),
      '/pdf.jpg': send('%PDF-1.7 text', { 'Content-Type': 'image/jpeg' }),
      '/empty.jpg': send(''),
      '/half.jpg': send(bytes.subarray(0, bytes.length / 2)),
      '/short.jpg': (response) => {
        // It says that the file is shorter than it is.
        response.socket?.end(
          Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length - 900}\r\n\r\n`), bytes]),
        );
      },
      '/204.jpg': send('', {}, 204),
      '/404.jpg': send(bytes, {}, 404),
      '/500.jpg': send('', {}, 500),
      '/once.jpg': (response, request, times) =>
        (times === 1 ? send('', {}, 502) : send(bytes))(response, request, times),
    });
    const paths = [
      '/page.jpg',
      '/pdf.jpg',
      '/empty.jpg',
      '/half.jpg',
      '/short.jpg',
      '/204.jpg',
      '/404.jpg',
      '/500.jpg',
      '/once.jpg',
    ];
    const { became, into } = await fetchAll(server.origin, paths, allow(server.host));
    expect(became['/page.jpg']).toMatch(/^failed: .*It is a web page/);
    expect(became['/pdf.jpg']).toMatch(/^failed: .*PDF/);
    expect(became['/empty.jpg']).toMatch(/^failed: The file is empty/);
    expect(became['/half.jpg']).toMatch(/^failed: .*incomplete/);
    expect(became['/short.jpg']).toMatch(/^failed: /);
    expect(became['/204.jpg']).toBe('failed: the server answered 204');
    expect(became['/404.jpg']).toBe('failed: the server answered 404');
    expect(became['/500.jpg']).toBe('failed: the server answered 500');
    expect(became['/once.jpg']).toBe('fetched');
    const count = (path: string) => server.asked.filter((asked) => asked === path).length;
    expect(['/page.jpg', '/404.jpg', '/500.jpg', '/half.jpg', '/once.jpg'].map(count)).toEqual([1, 1, 2, 2, 2]);
    expect(readdirSync(into).sort()).toHaveLength(2);
  });

  test('a connection that is cut is tried once more', async () => {
    const bytes = await photo();
    const cut = (response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'Content-Length': String(bytes.length) });
      response.write(bytes.subarray(0, 1000), () => response.destroy());
    };
    const server = await hostileServer({
      '/once.jpg': (response, request, times) => (times === 1 ? cut(response) : send(bytes)(response, request, times)),
      '/always.jpg': cut,
      '/atonce.jpg': (response) => response.destroy(),
      '/longer.jpg': (response) => {
        response.socket?.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 150000\r\n\r\n'), bytes]));
      },
    });
    const { became } = await fetchAll(
      server.origin,
      ['/once.jpg', '/always.jpg', '/atonce.jpg', '/longer.jpg'],
      allow(server.host),
    );
    expect(became).toEqual({
      '/once.jpg': 'fetched',
      '/always.jpg': 'failed: the connection was cut',
      '/atonce.jpg': 'failed: the connection was cut',
      '/longer.jpg': 'failed: the connection was cut',
    });
    expect(server.asked).toHaveLength(8);
  });

  test('a file above the limit, whether the server says so or not', async () => {
    const parts = (response: import('node:http').ServerResponse) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(50_000)));
      };
      response.on('drain', more);
      more();
    };
    const server = await hostileServer({
      '/says.jpg': send('x', { 'Content-Length': '9000000000' }),
      '/endless.jpg': parts,
      '/bomb.svg': send(gzipSync(Buffer.alloc(5_000_000, ' ')), { 'Content-Encoding': 'gzip' }),
      '/odd.jpg': send('x', { 'Content-Encoding': 'magic' }),
    });
    const { became } = await fetchAll(
      server.origin,
      ['/says.jpg', '/endless.jpg', '/bomb.svg', '/odd.jpg'],
      allow(server.host),
    );
    const tooLarge = 'failed: larger than 0 MB, which is the limit for a file';
    expect(became).toEqual({
      '/says.jpg': tooLarge,
      '/endless.jpg': tooLarge,
      '/bomb.svg': tooLarge,
      '/odd.jpg': 'failed: sent in an encoding that is not known (magic)',
    });
    expect(server.asked).toHaveLength(4);
  });

  test('a server that is silent, or sends a byte now and then', async () => {
    const drip = (response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'Content-Length': '5000' });
      const timer = setInterval(() => response.write('x'), 40);
      response.on('close', () => clearInterval(timer));
    };
    const server = await hostileServer({ '/silent.jpg': () => {}, '/drip.jpg': drip });
    const fetchWith = (path: string, limits: Partial<FetchLimits>) =>
      fetchAll(server.origin, [path], allow(server.host, { limits: { ...quick, ...limits } }));
    const silent = await fetchWith('/silent.jpg', { silenceMs: 150 });
    expect(silent.became).toEqual({ '/silent.jpg': 'failed: nothing came for 1 s' });
    const slow = await fetchWith('/drip.jpg', { slowAfterMs: 300 });
    expect(slow.became).toEqual({ '/drip.jpg': 'failed: slower than 1024 bytes/s' });
    expect(server.asked).toHaveLength(4);
  });

  test('a compressed drawing is unpacked', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>';
    const server = await hostileServer({ '/a.svg': send(gzipSync(svg), { 'Content-Encoding': 'gzip' }) });
    const { downloads } = await fetchAll(server.origin, ['/a.svg'], allow(server.host));
    expect(readFileSync(downloads.fileOf(`${server.origin}/a.svg`) ?? '', 'utf8')).toBe(svg);
  });
});

describe('redirects', () => {
  test('are followed, and each address is checked anew', async () => {
    const bytes = await photo();
    const secret = await hostileServer({ '/secret.jpg': send(bytes) });
    const server = await hostileServer({
      '/a.jpg': redirect('/b.jpg'),
      '/b.jpg': redirect('c.jpg'),
      '/c.jpg': send(bytes),
      '/circle.jpg': redirect('/circle2.jpg'),
      '/circle2.jpg': redirect('/circle.jpg#again'),
      '/nowhere.jpg': send('', {}, 302),
      '/file.jpg': redirect('file:///etc/passwd'),
      '/elsewhere.jpg': redirect(`${secret.origin}/secret.jpg`),
      '/private.jpg': redirect('http://10.0.0.1/secret.jpg'),
      '/decimal.jpg': redirect(`http://2130706433:${secret.port}/secret.jpg`),
      ...Object.fromEntries([...Array(9).keys()].map((n) => [`/n${n}.jpg`, redirect(`/n${n + 1}.jpg`)])),
    });
    const paths = [
      '/a.jpg',
      '/circle.jpg',
      '/nowhere.jpg',
      '/file.jpg',
      '/elsewhere.jpg',
      '/private.jpg',
      '/decimal.jpg',
      '/n0.jpg',
    ];
    const { became } = await fetchAll(server.origin, paths, allow(server.host));
    expect(became).toMatchObject({
      '/a.jpg': 'fetched',
      '/circle.jpg': 'failed: its redirects form a circle',
      '/nowhere.jpg': 'failed: the server answered 302 without an address',
      '/file.jpg': 'refused: it leads to file:///etc/passwd: only http and https are downloaded',
      '/n0.jpg': 'failed: more than 5 redirects',
    });
    for (const path of ['/elsewhere.jpg', '/private.jpg', '/decimal.jpg'])
      expect(became[path]).toMatch(/^refused: it leads to .* is not one of your hosts/);
    expect(secret.asked).toEqual([]);
  });

  test('canary: to a private address of a host that is allowed, but may not be private', async () => {
    const secret = await hostileServer({ '/secret.jpg': send(await photo()) });
    const server = await hostileServer({ '/a.jpg': redirect(`http://localhost:${secret.port}/secret.jpg`) });
    const options = allow(server.host, { hosts: [server.host, `localhost:${secret.port}`] });
    const { became } = await fetchAll(server.origin, ['/a.jpg'], options);
    expect(became['/a.jpg']).toMatch(/^refused: it leads to .*localhost has the address .* not a public address/);
    expect(secret.asked).toEqual([]);
    const permitted = await fetchAll(server.origin, ['/a.jpg'], {
      ...options,
      privateHosts: ['127.0.0.1', 'localhost'],
    });
    expect(permitted.became['/a.jpg']).toBe('fetched');
  });
});

describe('canary: addresses of a host', () => {
  test.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fe80::1', '::ffff:127.0.0.1', '100.64.0.1'])(
    'a name that means %s is refused after it was looked up',
    async (address) => {
      const server = await hostileServer({ '/a.jpg': send(await photo()) });
      const host = `old.example:${server.port}`;
      const resolve = async () => [
        { address: '93.184.216.34', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ];
      const { became } = await fetchAll(`http://${host}`, ['/a.jpg'], allow(host, { resolve }));
      expect(became['/a.jpg']).toMatch(/^refused: old\.example has the address/);
      expect(server.asked).toEqual([]);
    },
  );

  test('the address that was checked is the one that is connected to, although the name then means another', async () => {
    const server = await hostileServer({ '/a.jpg': send(await photo()) });
    const host = `old.example:${server.port}`;
    let asked = 0;
    // Only the first answer leads to the server. There is no such name outside of this test.
    const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
    const options = allow(host, { resolve, privateHosts: ['old.example'] });
    const { became } = await fetchAll(`http://${host}`, ['/a.jpg'], options);
    expect(became['/a.jpg']).toBe('fetched');
    expect(asked).toBe(1);
  });

  test('a host that does not exist, or refuses connections', async () => {
    const closed = createServer();
    await new Promise<void>((settle) => closed.listen(0, '127.0.0.1', settle));
    const { port } = closed.address() as AddressInfo;
    await new Promise((settle) => closed.close(settle));
    const resolve = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const gone = await fetchAll('http://gone.example', ['/a.jpg'], allow('gone.example', { resolve }));
    expect(gone.became['/a.jpg']).toBe('failed: there is no such host');
    const refused = await fetchAll(`http://127.0.0.1:${port}`, ['/a.jpg'], allow(`127.0.0.1:${port}`));
    expect(refused.became['/a.jpg']).toBe('failed: the server refuses connections');
  });

  test('nothing on another host is even looked up', async () => {
    let asked = 0;
    const resolve = async () => [{ address: '127.0.0.1', family: 4 + 0 * asked++ }];
    const { became, into } = await fetchAll('http://other.example', ['/a.jpg'], allow('old.example', { resolve }));
    expect(became['/a.jpg']).toMatch(/^refused: other\.example is not one of your hosts/);
    expect(asked).toBe(0);
    expect(existsSync(join(into, 'record.jsonl'))).toBe(false);
  });
});

describe('polite', () => {
  const many = async (count: number) => {
    const bytes = await photo();
    const paths = [...Array(count).keys()].map((n) => `/${n}.jpg`);
    return { paths, answers: Object.fromEntries(paths.map((path) => [path, send(bytes)])) };
  };

  test('four at the same time, and no more', async () => {
    const bytes = await photo();
    const paths = [...Array(12).keys()].map((n) => `/${n}.jpg`);
    const server = await hostileServer(
      Object.fromEntries(paths.map((path) => [path, (response) => void setTimeout(() => response.end(bytes), 30)])),
    );
    await fetchAll(server.origin, paths, allow(server.host));
    expect(server.most()).toBe(4);
  });

  test('a pause between the beginnings of two requests to a host', async () => {
    const { paths, answers } = await many(5);
    const server = await hostileServer(answers);
    const began = performance.now();
    await fetchAll(server.origin, paths, allow(server.host, { limits: { ...quick, pauseMs: 60 } }));
    expect(performance.now() - began).toBeGreaterThan(4 * 60 - 10);
  });

  test('Retry-After is waited for, by every request to that host', async () => {
    const bytes = await photo();
    const times: number[] = [];
    const server = await hostileServer({
      '/a.jpg': (response, request, count) => {
        times.push(performance.now());
        (count === 1 ? send('', { 'Retry-After': '1' }, 429) : send(bytes))(response, request, count);
      },
    });
    const { became } = await fetchAll(server.origin, ['/a.jpg'], allow(server.host));
    expect(became['/a.jpg']).toBe('fetched');
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(950);
  });

  test('Retry-After is a number of seconds or a date, and anything else is ignored', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    for (const header of [undefined, '', 'soon']) expect(retryAfterMs(header, now)).toBeUndefined();
  });

  test('a server that asks for more patience than the limit is not asked again in this run', async () => {
    const { paths, answers } = await many(9);
    const server = await hostileServer({ ...answers, '/0.jpg': send('', { 'Retry-After': '86400' }, 503) });
    const limits: FetchLimits = { ...quick, atOnce: 1 };
    const { became } = await fetchAll(server.origin, paths, allow(server.host, { limits }));
    expect(became['/0.jpg']).toBe(
      'failed: the server answered 503 and asks to wait for 86400 s. Run the same command again later',
    );
    expect(became['/8.jpg']).toContain('asked to wait for 86400 s, so it was not asked again');
    expect(server.asked).toEqual(['/0.jpg']);
  });

  test('a host that fails again and again is not asked again in this run', async () => {
    const server = await hostileServer(
      Object.fromEntries([...Array(30).keys()].map((n) => [`/${n}.jpg`, send('', {}, 500)])),
    );
    const limits: FetchLimits = { ...quick, atOnce: 1, failuresMax: 6 };
    const { became } = await fetchAll(
      server.origin,
      [...Array(30).keys()].map((n) => `/${n}.jpg`),
      allow(server.host, { limits }),
    );
    expect(server.asked).toHaveLength(6);
    expect(became['/29.jpg']).toContain('failed 6 times in a row, so it was not asked again');
  });
});
