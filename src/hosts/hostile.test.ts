import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAlias } from '../site/alias.ts';
import type { Redirect } from '../site/hosting.ts';
import { siteSchema } from '../site/site.ts';
import { htaccessFile } from './apache.ts';
import { encodedPath, sentQuery } from './encode.ts';
import { headersFile, redirectsFile } from './lists.ts';
import { hostModel } from './model.ts';
import { nginxFiles } from './nginx.ts';
import { type Running, servers, start, whyNotRun } from './servers.fixture.ts';
import { azureFile, vercelFile } from './vercel.ts';

/*
 * An old address is what an editor or an import wrote. Whatever it contains, no format reads a part of it as a directive, a
 * pattern, or another line, and each address leads to its own target and to no other.
 */

const attempts = [
  '/a" ; return 200 "owned/',
  '/a";}location / {return 200 owned;}/',
  "/a'; return 200 'owned/",
  '/$host$request_uri/',
  ['/$', '{HOME}/'].join(''),
  '/{$HOME}/',
  '/{env.HOME}/',
  '/{http.request.host}/',
  '/%{REQUEST_URI}/',
  '/a{2}b/',
  '/{/',
  '/}/',
  '/a b c/',
  '/ leading/',
  '/trailing /',
  '/a#b/',
  '/#/',
  '/a.b+c(d)[e]^f|g?/',
  '/(.*)/',
  '/.+/',
  '/a|b/',
  '/^x$/',
  '/\\d+/',
  '/a`b`/',
  '/<script>/',
  '/import redirects.caddy/',
  '/default/',
  '/hostnames/',
  '/volatile/',
  '/include "x"/',
  '/~^(.*)$/',
  '/http:/evil.example/',
  '/a,b;c=d&e/',
  '/100%/',
  '/%zz/',
  '/a%2fb/',
  '/a%26b/',
  '/a%3Fb=c/',
  '/a%23b/',
  '/a%25b/',
  '/[R=302,L]/',
  '/RewriteRule .* - [F]/',
  '/a\tb/',
  '/a\nb/',
  '/a\r\nX-Owned: 1/',
  '/a\u2028b/',
  '/a\u0000b/',
  '/ümläut/',
  '/стара гавань/',
  '/港口/',
  '/👩‍🚀/',
  '/e\u0301/',
  `/${'long-'.repeat(45)}/`,
  `/${'é/'.repeat(400)}`,
  '/*/',
  '/:splat/',
  '/:x/',
  '/301/',
  '/a/../b/',
  '//evil.example/',
  '/x.php?a=$1&b={c}',
  '/x.php?a="; return 200 "owned',
  '/x.php?a=b c',
  '/x.php?a=%0aSet-Cookie:x',
  '/x.php?a=(.*)',
  '/x.php?a=é',
  '/x.php?a=b#c',
  '/x.php?a=b\nc',
  '/?a=\\"',
];

const letters = fc.constantFrom(...'abcXYZ019-_.~ "\'$`{}()[]<>|^&;,=+*:!@#%?\\/\t\n\r\u2028éя港');
const random = fc.sample(
  fc.array(letters, { minLength: 1, maxLength: 24 }).map((parts) => `/r/${parts.join('')}/`),
  { numRuns: 300, seed: 20261127 },
);

const site = siteSchema.parse({ name: 'Post', url: 'https://post.example/' });

/** Every address that a newsroom can have as an alias, each with its own target. */
const redirects: Redirect[] = [];
const taken = new Set<string>();
for (const written of [...attempts, ...random]) {
  const read = readAlias(written);
  if (!read) continue;
  const address = 'address' in read ? read.address : read.listOnly;
  const [from = '', query] = address.split(/\?(.*)/s);
  const key = `${encodedPath(from).toLowerCase().replace(/\/+$/, '')}?${query === undefined ? '' : sentQuery(query)}`;
  if (taken.has(key) || decodeURIComponentSafe(from).includes('\n')) continue;
  taken.add(key);
  redirects.push({
    from,
    ...(query === undefined ? {} : { query }),
    to: `/target/${redirects.length}/`,
    status: redirects.length % 7 === 0 ? 302 : 301,
  });
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const facts = { ownFiles: [], hasThemePages: false, years: [], pages: [], withdrawn: [] };
const model = hostModel(site, { ...facts, hosts: ['netlify'] }, redirects);
const sentOf = ({ from, query }: Redirect) => encodedPath(from) + (query === undefined ? '' : `?${sentQuery(query)}`);

test('what is no address of this site does not get that far', () => {
  for (const written of [
    '/a\nb/',
    '/a\r\nX-Owned: 1/',
    '/a\tb/',
    '/a\u2028b/',
    '/a\u0000b/',
    '/\\d+/',
    '//evil.example/?a=b',
    '/a/../b/',
    '/x.php?a=b\nc',
    '/\ud800/',
  ])
    expect([written, readAlias(written)]).toEqual([written, undefined]);
  expect(redirects.length).toBeGreaterThan(200);
});

test('_redirects: each line has its own words, and no pattern', () => {
  const lines = redirectsFile(model).trim().split('\n');
  expect(lines.length).toBeGreaterThan(150);
  for (const line of lines) {
    const words = line.split(' ');
    expect(words.at(-1), line).toMatch(/^30[12]!$/);
    expect(words.at(-2), line).toMatch(/^\/target\/\d+\/$/);
    expect(words[0], line).toMatch(/^\/[^\s#*]*$/);
    for (const parameter of words.slice(1, -2)) expect(parameter, line).toMatch(/^[^/=:][^=]*=[^*]*$/);
  }
  const common = redirectsFile({ ...model, hosts: [] })
    .trim()
    .split('\n');
  expect(common.filter((line) => line.split(' ').length !== 3)).toEqual([]);
  expect(common.filter((line) => !/ 30[12]$/.test(line))).toEqual([]);
});

test('vercel.json: each source matches its own address and no other', () => {
  const { redirects: entries } = JSON.parse(vercelFile(model)) as {
    redirects: { source: string; destination: string; has?: { value: string }[] }[];
  };
  const sent = redirects.map((one) => encodedPath(one.from));
  for (const { source, destination, has = [] } of entries.slice(0, 120)) {
    // What is left of path-to-regexp after everything special is escaped is a regular expression for this text.
    const pattern = new RegExp(`^${source}$`);
    const number = Number(/(\d+)/.exec(destination)?.[1]);
    expect(
      sent.filter((path) => pattern.test(path)),
      source,
    ).toContain(sent[number]);
    expect(
      sent.filter((path) => pattern.test(path) && path !== sent[number]),
      source,
    ).toEqual([]);
    expect(source.replace(/\\./g, ''), source).not.toMatch(/[:*+?(){}[\]|^$]/);
    for (const { value } of has) expect(value.replace(/\\./g, '')).not.toMatch(/[*+?()[\]{}|^$]/);
  }
});

test('staticwebapp.config.json is JSON of at most 20 KB, with wildcards only where they are meant', () => {
  const text = azureFile(model);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_480);
  const { routes } = JSON.parse(text) as { routes: { route: string; redirect?: string }[] };
  expect(routes.length).toBeGreaterThan(50);
  for (const { route, redirect } of routes) if (redirect) expect(route).not.toContain('*');
});

test('.htaccess and the maps of nginx have as many lines as they have entries', () => {
  const rules = htaccessFile(model)
    .split('\n')
    .filter((line) => /RewriteRule .* \[R=30[12]/.test(line));
  expect(rules.length).toBe(redirects.length);
  const maps = nginxFiles(model, '/etc/nginx', false);
  const lines = `${maps.get('redirects.map')}${maps.get('queries.map')}`
    .split('\n')
    .filter((line) => line.includes('target'));
  for (const line of lines) expect(line).toMatch(/^"(?:[^"\\]|\\.)*" "(?:[^"\\$]|\\.)*";$/);
});

test('a header of site.yaml cannot begin another one', () => {
  const named = (headers: Record<string, string>) =>
    siteSchema.safeParse({ name: 'Post', url: 'https://post.example/', headers }).success;
  for (const value of ['a\nX-Owned: 1', 'a\r\nb', 'é', '$host', 'a`b', 'a\\', ''])
    expect([value, named({ 'X-A': value })]).toEqual([value, false]);
  for (const name of ['X A', 'X:A', 'X\nA', '', 'Set-Cookie', 'Content-Type', '"'])
    expect([name, named({ [name]: 'a' })]).toEqual([name, false]);
  expect(named({ 'X-A': 'a "b" {c}; d=\'e\' %F' })).toBe(true);
  const text = headersFile(hostModel(site, { ...facts, headers: { 'X-A': 'a # b' } }, []));
  expect(text.split('\n').filter((line) => line.includes('X-A'))).toEqual(['  X-A: a # b']);
});

describe.each(servers)('%s', (server) => {
  const reason = whyNotRun(server);
  if (reason !== undefined) {
    test('is installed', ({ skip }) => skip(reason));
    return;
  }
  const root = mkdtempSync(join(tmpdir(), 'host-hostile-'));
  let running: Running;
  beforeAll(async () => {
    mkdirSync(join(root, 'there'));
    writeFileSync(join(root, '404.html'), '<!doctype html>Nothing here');
    writeFileSync(join(root, 'there/index.html'), '<!doctype html>There');
    running = await start(
      server,
      hostModel(site, { ...facts, headers: { 'X-Own': 'a "b" {c}; d=\'e\' %F #g' } }, redirects),
      root,
    );
  }, 60_000);
  afterAll(async () => {
    await running?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  test('each old address leads to its own target', async () => {
    const wrong: string[] = [];
    for (const one of redirects) {
      // A server refuses a slash that is encoded, and reads `%25` as the sign itself.
      if (/%2f|%5c|%00|%25/i.test(one.from) || /%/.test(decodeURIComponentSafe(one.from))) continue;
      const { status, headers } = await running.ask(sentOf(one));
      const location = headers.location?.replace(/^https?:\/\/[^/]*/, '');
      if (status !== one.status || location !== one.to)
        wrong.push(`${sentOf(one)}: ${status} ${location} instead of ${one.to}`);
    }
    expect(wrong).toEqual([]);
  });

  test('and nothing else is redirected or answered', async () => {
    for (const path of ['/', '/anything/', '/aXb+c(d)[e]^f|g/', '/a2b/', '/x/', '/target/1/', '/owned', '/abc/']) {
      const { status, body, headers } = await running.ask(path);
      expect([path, headers['x-owned'], body.toString().startsWith('owned')]).toEqual([path, undefined, false]);
      expect([path, status]).toEqual([path, path === '/' && status === 403 ? 403 : 404]);
    }
    const { status, headers } = await running.ask('/there/');
    expect([status, headers['x-own']]).toEqual([200, 'a "b" {c}; d=\'e\' %F #g']);
  });
});
