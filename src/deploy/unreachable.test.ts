import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TargetSettings } from '../newsroom/deploy-schema.ts';
import type { SetupError } from '../problems/problem.ts';
import { newsSite, type SmallSite, smallSite } from './small-site.fixture.ts';
import { unreachable } from './unreachable.ts';

/* A server that cannot be reached is never "a bug in Broadsheet", whichever client says so. */

let site: SmallSite;
beforeEach(() => {
  site = smallSite();
  site.build(newsSite('one', { ferry: 'The first ferry', vote: 'The vote' }));
});
afterEach(() => {
  vi.unstubAllEnvs();
  site.remove();
});

/** A port of this machine on which nothing listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const missing = 'no-such-host.invalid';
const s3 = (endpoint: string): TargetSettings => ({
  kind: 's3',
  bucket: 'paper',
  region: 'eu-west-1',
  endpoint,
  prefix: '',
});
const kinds: [string, (port: number) => TargetSettings, RegExp][] = [
  ['s3, no server', () => s3(`http://${missing}`), /There is no server/],
  ['s3, no program', (port) => s3(`http://127.0.0.1:${port}`), /No program answers at 127\.0\.0\.1:\d+/],
  ['sftp, no server', () => ({ kind: 'sftp', host: missing, path: '/var/www' }), /There is no server no-such-host/],
  [
    'sftp, no program',
    (port) => ({ kind: 'sftp', host: '127.0.0.1', port, path: '/var/www' }),
    /No program answers at/,
  ],
  [
    'git, no server',
    () => ({ kind: 'git', url: `ssh://git@${missing}/x.git`, branch: 'pages', history: 'squash' }),
    /There is no server no-such-host/,
  ],
  [
    'git, no program',
    (port) => ({ kind: 'git', url: `git://127.0.0.1:${port}/x.git`, branch: 'pages', history: 'squash' }),
    /No program answers at/,
  ],
  ['rsync, no server', () => ({ kind: 'rsync', to: `paper@${missing}:/var/www` }), /There is no such server/],
];

test.each(kinds)('%s: says so, with what to do', async (_, settings, said) => {
  // The client of S3 asks the process for them.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  const settled = settings(await freePort());
  const failed = await site
    .deploy(undefined, {
      settings: settled,
      retries: { retries: 1, pauseMs: 1, pauseMsMax: 1 },
      env: { ...process.env, HOME: join(site.folder, 'home') },
    })
    .then(
      () => undefined,
      (error: unknown) => error as SetupError,
    );
  const problem = failed?.problems?.[0];
  expect(problem?.message, String(failed)).toMatch(said);
  expect(problem?.hint).toContain('content/deploy.yaml');
});

test.each([
  [
    { code: 'EHOSTUNREACH', address: '10.0.0.1', port: 443 },
    'The server 10.0.0.1:443 does not answer. Nothing was sent.',
  ],
  [
    { code: 'CERT_HAS_EXPIRED' },
    'The certificate of the server is not valid, so it may be another server. Nothing was sent.',
  ],
  [{ code: 'EPROTO' }, 'The server does not speak https at this port. Nothing was sent.'],
  [{ cause: Object.assign(new Error('x'), { code: 'ENETUNREACH' }) }, 'The server does not answer. Nothing was sent.'],
])('%o is one of them', (details, said) => {
  expect(unreachable(Object.assign(new Error('failed'), details), 'live', false)?.problems[0]?.message).toBe(
    `live: ${said}`,
  );
});

test('other errors are not, and what was sent is not denied', () => {
  expect(unreachable(new Error('AccessDenied'), 'live', false)).toBeUndefined();
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '::1', port: 22 });
  expect(unreachable(refused, 'live', true)?.message).toContain('The next deploy continues where this one stopped');
});
