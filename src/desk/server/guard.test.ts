import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  hostileRequests,
  hostileTargets,
  requestOf,
  sendRaw,
  statusOf,
  strangeHosts,
} from '../../dev/hostile-requests.fixture.ts';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

// Any web page in the user's browser can send requests to this machine, and can point its own name at it.

const file = 'content/stories/2025/02/harbour.md';
const secret = 'Zanzibar';

async function opened() {
  const desk = await openTestDesk({ [file]: storyText(secret), '.env': secret, 'content/deploy.yaml': secret });
  await desk.context.index.refresh(); // so that the cache exists
  const port = desk.desk.port;
  const token = `x-desk-token: ${desk.context.token}`;
  const session = (more: string[], host = `localhost:${port}`) =>
    sendRaw(port, requestOf('/desk/api/session', host, more));
  return { ...desk, port, token, session };
}

describe('the host', () => {
  test('names of this machine, with the port of the desk', async () => {
    const { session, token, port } = await opened();
    for (const host of ['localhost', '127.0.0.1', '[::1]'])
      expect(statusOf(await session([token], `${host}:${port}`)), host).toBe(200);
  });

  test('any other name or port is refused, with the token and on every address', async () => {
    const { token, port } = await opened();
    const hosts = [
      ...strangeHosts,
      ...strangeHosts.map((host) => `${host}:${port}`),
      'localhost',
      '127.0.0.1',
      `localhost:${port + 1}`,
      `evil.localhost:${port}`,
      `localhost.:${port}`,
    ].filter((host) => !/^(?:localhost|127\.0\.0\.1):\d+$/.test(host) || !host.endsWith(`:${port}`));
    for (const host of hosts)
      for (const target of ['/desk/', '/desk/api/session', '/desk/desk.js', '/'])
        expect(
          statusOf(await sendRaw(port, requestOf(target, host, [token]))),
          `${host} ${target}`,
        ).toBeGreaterThanOrEqual(400);
  });

  test('a complete address in the request line must be ours, too', async () => {
    const { token, port } = await opened();
    const target = `http://evil.example:${port}/desk/api/session`;
    expect(statusOf(await sendRaw(port, requestOf(target, `localhost:${port}`, [token])))).toBe(403);
  });
});

describe('the token', () => {
  test('every request to the API needs it, reading too', async () => {
    const { session, port, context } = await opened();
    const wrong = ['x-desk-token: x', `x-desk-token: ${context.token}x`, `cookie: x-desk-token=${context.token}`];
    for (const more of [[], ...wrong.map((line) => [line])]) {
      const said = await session(more);
      expect(statusOf(said), more.join()).toBe(403);
      expect(said).toContain('Reload it.');
    }
    const target = `/desk/api/session?x-desk-token=${context.token}`;
    expect(statusOf(await sendRaw(port, requestOf(target, `localhost:${port}`)))).toBe(403);
  });
});

describe('the page that asks', () => {
  test.each([
    ['Origin: http://evil.example'],
    ['Origin: null'],
    ['Origin: http://localhost:1'],
    ['Sec-Fetch-Site: cross-site'],
    ['Sec-Fetch-Site: same-site'],
    ['Sec-Fetch-Site: none'],
  ])('is another one (%s)', async (line) => {
    const { session, token, port } = await opened();
    expect(statusOf(await session([token, line]))).toBe(403);
    const put = requestOf('/desk/api/file', `localhost:${port}`, [token, line, 'Content-Length: 0'], 'PUT');
    expect(statusOf(await sendRaw(port, put))).toBe(403);
  });

  test('is the desk itself', async () => {
    const { session, token, port } = await opened();
    const lines = [token, 'Sec-Fetch-Site: same-origin', `Origin: http://localhost:${port}`];
    expect(statusOf(await session(lines))).toBe(200);
  });

  test('the desk is opened from a bookmark or by a link, and not inside another page', async () => {
    const { port } = await opened();
    const open = (...more: string[]) =>
      sendRaw(
        port,
        requestOf(
          '/desk/',
          `localhost:${port}`,
          more.map((line) => `Sec-Fetch-${line}`),
        ),
      );
    for (const site of ['none', 'cross-site', 'same-site', 'same-origin'])
      expect(statusOf(await open(`Site: ${site}`, 'Mode: navigate', 'Dest: document')), site).toBe(200);
    for (const dest of ['iframe', 'frame', 'embed', 'object'])
      expect(statusOf(await open('Site: cross-site', 'Mode: navigate', `Dest: ${dest}`)), dest).toBe(403);
    expect(statusOf(await open('Site: cross-site', 'Mode: no-cors', 'Dest: script'))).toBe(403);
  });
});

test('every response has the strict policy, and the page with the token is kept by nobody', async () => {
  const { port } = await opened();
  const { headers } = await fetch(`http://localhost:${port}/desk/`);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('no request ends the desk', async () => {
  const { port, session, token } = await opened();
  const requests = hostileTargets.flatMap((target) =>
    ['GET', 'POST'].map((method) => requestOf(target, `localhost:${port}`, [token], method)),
  );
  for (const bytes of [...requests, ...hostileRequests])
    expect(await sendRaw(port, bytes, !requests.includes(bytes)), bytes.slice(0, 80)).not.toMatch(
      /^location: (?:\/\/|http)/im,
    );
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'];
  expect(statusOf(await session([token, ...upgrade]))).not.toBe(101);
  expect(statusOf(await session([token]))).toBe(200);
});

describe('only content files of the newsroom', () => {
  const outside = [
    '../.env',
    '../content/site.yaml',
    '../.broadsheet/desk/index.db',
    '../.broadsheet-desk/desk.db',
    'stories/../../.env',
    'stories/../site.yaml',
    'stories/./2025/02/harbour.md',
    'stories//2025/02/harbour.md',
    '/etc/passwd',
    '/content/site.yaml',
    'stories\\2025\\02\\harbour.md',
    'stories/..\\..\\.env',
    'C:\\windows\\win.ini',
    'stories/C:/x.md',
    'stories/2025/02/harbour.md\0',
    'stories/2025/02/harbour.md\0.md',
    'stories/2025/02/harbour.md/',
    'stories/2025/02/HARBOUR.md',
    'Stories/2025/02/harbour.md',
    'SITE.yaml',
    'stories/con.md',
    'stories/aux/index.md',
    'stories/2025/nul.md',
    'stories/x.md::$DATA.md',
    'stories/x /a.md',
    'stories/x./a.md',
    'stories/.hidden/a.md',
    'stories/.a.md',
    'stories/a.md.tmp',
    'stories/~a.md',
    'stories/linked.md',
    'stories/elsewhere/a.md',
    'stories/elsewhere/new.md',
    'stories/inside.md',
    'stories/2025',
    'stories/2025/02/harbour.md/x.md',
    'stories/2025/02/harbour.md/x/y.md',
    'deploy.yaml',
    '.env',
    'stories/a.txt',
    'stories/a.md.js',
    'pages/sub/a.md',
    'authors/a.js',
    `stories/${'x'.repeat(300)}.md`,
    `stories/${'x/'.repeat(600)}a.md`,
    '',
    ' ',
    '\ud800.md',
  ];

  test('are read and written', async () => {
    const { ask, site, put } = await opened();
    put('outside/a.md', secret);
    symlinkSync(join(site, '.env'), join(site, 'content/stories/linked.md'));
    symlinkSync(join(site, 'outside'), join(site, 'content/stories/elsewhere'));
    symlinkSync(join(site, file), join(site, 'content/stories/inside.md'));
    mkdirSync(join(site, 'content/pages'), { recursive: true });
    const put404 = { base: '', change: { text: 'hacked' } };
    for (const path of outside) {
      const read = await ask('GET', `file?path=${encodeURIComponent(path.toWellFormed())}`);
      expect([400, 404], path).toContain(read.status);
      expect(JSON.stringify(read.json), path).not.toContain(secret);
      expect([400, 404], path).toContain((await ask('PUT', 'file', { path, ...put404 })).status);
    }
    expect(readFileSync(join(site, '.env'), 'utf8')).toBe(secret);
    expect(readFileSync(join(site, 'outside/a.md'), 'utf8')).toBe(secret);
    // The canary: with its own name, the story is there.
    expect((await ask('GET', `file?path=stories/2025/02/harbour.md`)).json.text).toContain(secret);
  });

  test('nothing of the newsroom or the cache has an address', async () => {
    const { port, token } = await opened();
    for (const path of [
      '/content/site.yaml',
      '/.env',
      '/.broadsheet/desk/index.db',
      '/.broadsheet-desk/desk.db',
      '/desk/../content/site.yaml',
      '/desk/%2e%2e/.env',
      '/desk/..%2f..%2f.env',
      '/desk/../../package.json',
      '/desk/api/../../.env',
      '/desk/preview/../../.env',
      '/desk/preview/x/.env',
    ]) {
      const said = await sendRaw(port, requestOf(path, `localhost:${port}`, [token]));
      expect(said, path).not.toMatch(new RegExp(`${secret}|SQLite format|"name": "broadsheet"|post\\.example`));
    }
  });
});

describe('what is sent', () => {
  test('a body that is too long is refused before it is read', async () => {
    const { port, token } = await opened();
    const more = [token, 'Content-Type: application/json', 'Content-Length: 900000000'];
    const said = await sendRaw(port, requestOf('/desk/api/file', `localhost:${port}`, more, 'PUT'));
    expect(statusOf(said)).toBe(413);
    expect(said).toContain('too long');
  });

  test('5 MB of text are saved, and more is refused', async () => {
    const { ask } = await openTestDesk();
    const path = 'stories/2025/02/long.md';
    const body = 'word "x"\n'.repeat(500_000);
    const text = storyText('Long', '', body);
    expect((await ask('PUT', 'file', { path, base: '', change: { text } })).status).toBe(200);
    const more = await ask('PUT', 'file', { path: 'stories/more.md', base: '', change: { text: `${text}${body}` } });
    expect(more.status).toBe(400);
    expect(more.json.error.says).toContain('5 MB');
  });

  test.each([
    ['not JSON', '{', 'application/json'],
    ['another type', '{}', 'text/plain'],
    ['a form', 'path=x', 'application/x-www-form-urlencoded'],
    ['another shape', '{"path":1}', 'application/json'],
    ['more than is known', '{"path":"site.yaml","base":"","change":{},"x":1}', 'application/json'],
    ['a list', '[]', 'application/json'],
  ])('%s is refused in a sentence', async (_, body, type) => {
    const { context, desk } = await openTestDesk();
    const response = await fetch(`http://localhost:${desk.port}/desk/api/file`, {
      method: 'PUT',
      headers: { 'x-desk-token': context.token, 'content-type': type },
      body,
    });
    expect([400, 415]).toContain(response.status);
    expect(((await response.json()) as { error: { says: string } }).error.says).toMatch(/^This request .*\.$/);
  });
});

test('the part that a save writes first is hidden from every scan', async () => {
  const { site, ask } = await opened();
  writeFileSync(join(site, 'content/stories/2025/02/.harbour.md.1.tmp'), 'half');
  expect((await ask('GET', 'file?path=stories/2025/02/.harbour.md.1.tmp')).status).toBe(404);
});
