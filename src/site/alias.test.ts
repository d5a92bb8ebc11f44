import { expect, test } from 'vitest';
import { redirectsFile } from '../hosts/lists.ts';
import { hostModel } from '../hosts/model.ts';
import { isForHosts } from './address.ts';
import { canBeListed, readAlias } from './alias.ts';
import type { Redirect } from './hosting.ts';
import { siteSchema } from './site.ts';

test('an old address becomes an address of this site, or only a line of the list', () => {
  expect(readAlias('/2014/05/old/')).toEqual({ address: '/2014/05/old/' });
  expect(readAlias('/2014//05/old')).toEqual({ address: '/2014/05/old/' });
  expect(readAlias('/old.html')).toEqual({ address: '/old.html' });
  expect(readAlias('/s%C3%A9ries/#x')).toEqual({ address: '/séries/' });
  expect(readAlias('/?p=7')).toEqual({ listOnly: '/?p=7' });
  expect(readAlias('/old/?')).toEqual({ address: '/old/' });
});

test.each([
  '/',
  '/?',
  '/#x',
  '//',
  '/../x/',
  '/a/%2e%2e/b/',
  '/a\\b/',
  '/a\nb/',
  '/a%0Ab/',
  '/a?b\nc=d',
  '//x.example/?p=1',
])('%j is not an old address', (alias) => {
  expect(readAlias(alias)).toBeUndefined();
});

/** How hosts with wildcards read a line: does a request for `path` match it? */
function matches(line: string, path: string): boolean {
  const [from = ''] = line.split(' ');
  const pattern = from
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/:[a-z_]\w*/gi, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}

test('whatever the alias is, no line of the list matches an address that it does not name', () => {
  const aliases = [
    '/*',
    '/*?',
    '/?',
    '/:x',
    '/:x/',
    '/a/:splat/',
    '/%2A',
    '/%3Ax',
    '/wiki/Talk:Harbour/',
    '/x*',
    '/a*b/',
    '/* /a',
    '/?*',
    '/?p=*',
    '/?p=:id',
    '/?/x',
    '/?https://x.example/',
    '/old/?a=1&b=2',
    '/plain/',
    '/2014:05/',
    '/a b/',
    '/a#b/',
  ];
  const from = aliases.flatMap((alias) => {
    const read = readAlias(alias);
    return read ? ['address' in read ? read.address : read.listOnly] : [];
  });
  const site = siteSchema.parse({ name: 'Post', url: 'https://post.example/' });
  const facts = {
    hosts: ['netlify'] as const,
    ownFiles: [],
    hasThemePages: false,
    years: [],
    pages: [],
    withdrawn: [],
  };
  const redirects = from.map((address): Redirect => {
    const [path = '', query] = address.split(/\?(.*)/s);
    return { from: path, ...(query === undefined ? {} : { query }), to: '/2025/02/x/', status: 301, hasPage: true };
  });
  const lines = redirectsFile(hostModel(site, facts, redirects))
    .trim()
    .split('\n');
  expect(lines).toEqual([
    '/old/ a=1 b=2 /2025/02/x/ 301!',
    '/plain/ /2025/02/x/ 301!',
    '/2014:05/ /2025/02/x/ 301!',
    '/a%20b/ /2025/02/x/ 301!',
    '/a/ /2025/02/x/ 301!',
  ]);
  for (const path of ['/', '/2025/02/x/', '/about/', '/wiki/Talk:Harbour/', '/a/x/'])
    expect([path, lines.filter((line) => matches(line, path))]).toEqual([path, []]);
});

test('canary: a line with a wildcard would match', () => {
  expect(matches('/* /2025/02/x/ 301', '/about/')).toBe(true);
  expect(matches('/:x /2025/02/x/ 301', '/about')).toBe(true);
  expect(canBeListed('/*')).toBe(false);
});

test('addresses that hosts interpret are reserved, and addresses that only look like them are not', () => {
  for (const address of [
    '/_headers',
    '/_headers/',
    '/_Redirects/',
    '/_worker.js',
    '/_worker.js/x/',
    '/_routes.json/',
    '/CNAME',
    '/cname/',
    '/.nojekyll',
    '/.well-known/security.txt',
    '/.htaccess/',
    '/functions/api/',
    '/cgi-bin/x/',
    '/web.config',
    '/.git/',
    '/vercel.json',
  ])
    expect([address, isForHosts(address)]).toEqual([address, true]);
  for (const address of ['/headers/', '/_old/x/', '/cname-records/', '/function/', '/2025/02/functions/', '/nojekyll/'])
    expect([address, isForHosts(address)]).toEqual([address, false]);
});
