import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PurgeOptions, purge } from './purge.ts';

let folder: string;
let server: Server;
let service: string;
let requests: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[];
let answers: number[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'newsroom-purge-'));
  requests = [];
  answers = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => (body += data));
    request.on('end', () => {
      const { method, url, headers } = request;
      requests.push({ ...(method && { method }), ...(url && { url }), headers, body });
      response.writeHead(answers.shift() ?? 200).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const options = (settings: PurgeOptions['settings'], env: NodeJS.ProcessEnv = {}): PurgeOptions => ({
  name: 'live',
  settings,
  url: 'https://paper.example/',
  folder: join(folder, 'state'),
  env: { PATH: process.env.PATH, ...env },
  site: folder,
  retries: { retries: 2, pauseMs: 1, pauseMsMax: 2 },
  services: { cloudflare: service, fastly: service },
});
const cloudflare = { kind: 'cloudflare', zone: 'abc' } as const;
const withToken = { CLOUDFLARE_API_TOKEN: 'secret' };

describe('Cloudflare', () => {
  test('gets complete addresses, at most thirty with a request, and the token', async () => {
    const addresses = Array.from({ length: 31 }, (_, i) => `/2025/02/s${i + 100}/`);
    await purge(addresses, options(cloudflare, withToken));
    expect(requests.map(({ url }) => url)).toEqual(Array(2).fill('/client/v4/zones/abc/purge_cache'));
    expect(requests.flatMap(({ body }) => (JSON.parse(body) as { files: string[] }).files)).toEqual(
      addresses.map((address) => `https://paper.example${address}`),
    );
    expect(requests[0]?.headers.authorization).toBe('Bearer secret');
  });

  test('is asked again if it fails, and not for ever', async () => {
    answers = [503, 429, 200];
    await purge(['/'], options(cloudflare, withToken));
    expect(requests.length).toBe(3);
    answers = [503, 503, 503, 200];
    await expect(purge(['/'], options(cloudflare, withToken))).rejects.toThrow(/answered 503/);
    expect(requests.length).toBe(6);
  });

  test('a wrong or missing token is named, and never printed', async () => {
    answers = [403];
    await expect(purge(['/'], options(cloudflare, withToken))).rejects.toThrow(/did not accept the token/);
    await expect(purge(['/'], options(cloudflare, withToken))).resolves.toBeUndefined();
    await expect(purge(['/'], options(cloudflare))).rejects.toThrow(/CLOUDFLARE_API_TOKEN is not set/);
    answers = [403];
    const said = await purge(['/'], options(cloudflare, withToken)).catch((error: Error) => error.message);
    expect(said).not.toContain('secret');
  });
});

test('Fastly gets one request for each address', async () => {
  await purge(['/', '/2025/02/harbour/'], options({ kind: 'fastly' }, { FASTLY_API_TOKEN: 'secret' }));
  expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /purge/paper.example/',
    'POST /purge/paper.example/2025/02/harbour/',
  ]);
  expect(requests[0]?.headers['fastly-key']).toBe('secret');
});

describe('a command', () => {
  const script = (text: string) => {
    const file = join(folder, 'tell.mjs');
    writeFileSync(file, text);
    return options({ kind: 'command', run: [process.execPath, file] });
  };

  test('gets the addresses in its input, in the folder of the newsroom', async () => {
    const told = script(
      `import { readFileSync, writeFileSync } from 'node:fs'; writeFileSync('told', readFileSync(0));`,
    );
    await purge(['/', '/a%20b/'], told);
    expect(readFileSync(join(folder, 'told'), 'utf8')).toBe('https://paper.example/\nhttps://paper.example/a%20b/\n');
  });

  test('that fails says why in its own words', async () => {
    await expect(purge(['/'], script(`console.error('no such cache'); process.exit(3);`))).rejects.toThrow(
      /no such cache/,
    );
    await expect(purge(['/'], script('process.exit(3);'))).rejects.toThrow(/ended with 3/);
    await expect(purge(['/'], options({ kind: 'command', run: ['no-such-program'] }))).rejects.toThrow(
      /no program no-such/,
    );
  });

  test('may leave its input unread', async () => {
    const many = Array.from({ length: 50_000 }, (_, i) => `/2025/02/s${i}/`);
    await purge(many, script('process.exit(0);'));
  });
});

test('the addresses of a purge that failed are named by the next one, once', async () => {
  answers = [403];
  await purge(['/a/'], options(cloudflare, withToken)).catch(() => {});
  await purge(['/b/'], options(cloudflare, withToken));
  await purge(['/c/'], options(cloudflare, withToken));
  const named = requests.map(({ body }) => (JSON.parse(body) as { files: string[] }).files);
  expect(named.slice(1)).toEqual([
    ['https://paper.example/a/', 'https://paper.example/b/'],
    ['https://paper.example/c/'],
  ]);
});

test('a site under a path is named with it', async () => {
  await purge(['/a/'], { ...options(cloudflare, withToken), url: 'https://host.example/paper/' });
  expect(requests[0]?.body).toContain('https://host.example/paper/a/');
});

test('if nothing changed, nobody is told', async () => {
  await purge([], options(cloudflare));
  expect(requests).toEqual([]);
});
