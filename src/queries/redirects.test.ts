import { expect, test } from 'vitest';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import { siteYaml } from '../press/small-newsroom.fixture.ts';
import { queryAlias, queryRedirects } from './redirects.ts';

const page = (aliases: string) => `---\nheadline: About\naliases: [${aliases}]\n---\n\nUs.\n`;
test('every alias of public content leads to its current address, sorted', async () => {
  const { index } = await newsroomWith({
    ...file('2025/02/a', { aliases: ['/z/', '/?p=1'] }),
    ...file('2025/02/later', { aliases: ['/later/', '/?p=2'], published: '2031-01-01' }),
    ...file('2025/02/gone', { aliases: ['/gone/'], withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }),
    'content/pages/about.md': page('/who/'),
  });
  expect(queryRedirects(index)).toEqual([
    { from: '/', query: 'p=1', to: '/2025/02/a/', status: 301 },
    { from: '/gone/', to: '/2025/02/gone/', status: 301, hasPage: true },
    { from: '/who/', to: '/about/', status: 301, hasPage: true },
    { from: '/z/', to: '/2025/02/a/', status: 301, hasPage: true },
  ]);
  expect(['/z/', '/who/', '/later/', '/none/', '/about/'].map((address) => queryAlias(index, address))).toEqual([
    '/2025/02/a/',
    '/about/',
    undefined,
    undefined,
    undefined,
  ]);
});

const siteWith = (lines: string) => ({ 'content/site.yaml': `${siteYaml}${lines}` });

test('redirects of site.yaml come last, and a folder knows whether pages are in it', async () => {
  const { index } = await newsroomWith({
    ...file('2025/02/a', { aliases: ['/z/'] }),
    ...siteWith('redirects:\n  /rss.xml: /feed.xml\n  /2025/*: /\n  /1999/*: /world/*\n'),
  });
  expect(queryRedirects(index)).toEqual([
    { from: '/z/', to: '/2025/02/a/', status: 301, hasPage: true },
    { from: '/rss.xml', to: '/feed.xml', status: 301 },
    { from: '/2025/', isFolder: true, to: '/', status: 301, isOverPages: true },
    { from: '/1999/', isFolder: true, to: '/world/', keepsRest: true, status: 301 },
  ]);
});

test('an old address that no file can hold beside the new one is only in the list', async () => {
  const { index } = await newsroomWith(
    file('2025/02/a', { aliases: ['/2025/02/A/', '/2025/02/a/index.html', '/cgi-bin/story.pl', '/Old/', '/old/'] }),
  );
  expect(queryRedirects(index).map(({ from, hasPage = false }) => [from, hasPage])).toEqual([
    ['/2025/02/A/', false],
    ['/2025/02/a/index.html', false],
    ['/Old/', true],
    ['/cgi-bin/story.pl', false],
    ['/old/', false],
  ]);
});
