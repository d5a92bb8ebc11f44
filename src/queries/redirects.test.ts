import { expect, test } from 'vitest';
import { file, fileOf, newsroomWith } from '../ingest/ingested.fixture.ts';
import { story } from '../press/small-newsroom.fixture.ts';
import { queryAlias, queryRedirects, redirectFamily } from './redirects.ts';

const page = (aliases: string) => `---\nheadline: About\naliases: [${aliases}]\n---\n\nUs.\n`;
const hasList = ({ index }: Awaited<ReturnType<typeof newsroomWith>>) => redirectFamily.optional?.(index)[0]?.[1];

test('every alias of public content leads to its current address, sorted', async () => {
  const { index } = await newsroomWith({
    ...file('2025/02/a', { aliases: ['/z/', '/?p=1'] }),
    ...file('2025/02/later', { aliases: ['/later/', '/?p=2'], published: '2031-01-01' }),
    ...file('2025/02/gone', { aliases: ['/gone/'], withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }),
    'content/pages/about.md': page('/who/'),
  });
  expect(queryRedirects(index)).toEqual([
    { from: '/?p=1', to: '/2025/02/a/' },
    { from: '/gone/', to: '/2025/02/gone/' },
    { from: '/who/', to: '/about/' },
    { from: '/z/', to: '/2025/02/a/' },
  ]);
  expect(['/z/', '/who/', '/later/', '/none/', '/about/'].map((address) => queryAlias(index, address))).toEqual([
    '/2025/02/a/',
    '/about/',
    undefined,
    undefined,
    undefined,
  ]);
});

test.each<[string, Record<string, string>, boolean]>([
  ['an alias of a story', file('2025/02/a', { aliases: ['/old/'] }), true],
  ['an alias of a page', { 'content/pages/about.md': page('/old/') }, true],
  ['one with a query, of a story', file('2025/02/a', { aliases: ['/?p=1'] }), true],
  ['one with a query, of a page', { 'content/pages/about.md': page('"/?p=1"') }, true],
  ['none', {}, false],
  ['one of a story that waits', file('2025/02/b', { aliases: ['/old/', '/?p=1'], published: '2031-01-01' }), false],
  ['one that hosts would read as a pattern', file('2025/02/b', { aliases: ['/old/:name/'] }), false],
])('there is a list of redirects if it has any lines: %s', async (_, files, expected) =>
  expect(hasList(await newsroomWith({ ...file('2025/02/a'), ...files }))).toBe(expected),
);

test('the list is removed with its last line', async () => {
  const newsroom = await newsroomWith(file('2025/02/a', { aliases: ['/old/'] }));
  expect(hasList(newsroom)).toBe(true);
  newsroom.put(fileOf('2025/02/a'), story());
  await newsroom.ingest();
  expect(hasList(newsroom)).toBe(false);
});
