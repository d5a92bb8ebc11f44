import { expect, test } from 'vitest';
import type { IndexHandle } from '../index/handle.ts';
import { file, newsroomWith } from '../ingest/ingested.fixture.ts';
import type { ListKey } from '../site/address.ts';
import type { Touched } from './family.ts';
import { hasPage } from './has-page.ts';
import { querySitemap } from './queries.ts';
import { sitemapFamily } from './sitemap.ts';

const addresses = (index: IndexHandle, part?: string) => {
  const map = querySitemap(index, part);
  return map.kind === 'urls' ? map.urls.map(({ address }) => address) : map.parts.map(({ address }) => address);
};

/** Adds stories to the counts and lists of the index, without files, because ingesting a thousand would take seconds. */
function grow(index: IndexHandle, by: number): void {
  const { card } = index.sql('SELECT card FROM story LIMIT 1').get() as { card: string };
  for (let i = 0; i < by; i++) {
    index
      .sql("INSERT INTO story VALUES (?, '', 'ready', 0, 1, ?, '2025-03-01', '', ?, '', '{}')")
      .run(`s${i}`, i, card);
    index.sql("INSERT INTO listing VALUES ('site', '2025-03', ?, ?)").run(i, `s${i}`);
  }
  index.sql("INSERT INTO period VALUES ('site', '2025-03', ?)").run(by);
}

const files = {
  ...file('2025/02/a', { topics: ['Quay'], byline: ['ann'], series: 'The sea', aliases: ['/old/'] }),
  ...file('2025/02/later', { published: '2031-01-01', topics: ['Ship'] }),
  'content/authors/ann.yaml': 'name: Ann\n',
  'content/authors/bob.yaml': 'name: Bob\n',
  'content/pages/about.md': '---\nheadline: About\naliases: [/who/]\n---\n\nUs.\n',
  'public/a.html': 'a',
};

test('a small site has one sitemap: everything that readers find, and no old addresses', async () => {
  const { index } = await newsroomWith(files);
  expect(addresses(index)).toEqual([
    '/',
    '/world/',
    '/sport/',
    '/about/',
    '/corrections/',
    '/search/',
    '/series/the-sea/',
    '/topics/quay/',
    '/authors/ann/',
    '/2025/02/a/',
  ]);
  expect(addresses(index, '2025-02')).toEqual([]);
});

test('the date of a story is when it was updated or published', async () => {
  const { index } = await newsroomWith({
    ...file('2025/02/a', { published: '2025-02-01' }),
    ...file('2025/02/b', { published: '2025-02-02', updated: '2025-02-03T10:00Z' }),
  });
  const map = querySitemap(index);
  expect(map.kind === 'urls' && map.urls.slice(-2)).toEqual([
    { address: '/2025/02/b/', lastmod: Date.parse('2025-02-03T10:00Z'), isDay: undefined },
    { address: '/2025/02/a/', lastmod: Date.parse('2025-02-01'), isDay: true },
  ]);
});

test('a site of more than a thousand stories has a sitemap for each month, and one for everything else', async () => {
  const { index } = await newsroomWith(files);
  grow(index, 999);
  expect(querySitemap(index).kind).toBe('urls');
  expect(hasPage(index, { kind: 'sitemap', part: '2025-02' })).toBe(false);
  grow2(index);
  expect(addresses(index)).toEqual(['/sitemap-pages.xml', '/sitemap-2025-03.xml', '/sitemap-2025-02.xml']);
  expect(addresses(index, '2025-02')).toEqual(['/2025/02/a/']);
  expect(addresses(index, 'pages').at(-1)).toBe('/authors/ann/');
  expect(hasPage(index, { kind: 'sitemap', part: '2025-02' })).toBe(true);
  expect(hasPage(index, { kind: 'sitemap', part: '2025-01' })).toBe(false);
  expect([...(sitemapFamily.addresses?.(index) ?? [])]).toEqual([
    '/sitemap-pages.xml',
    '/sitemap-2025-03.xml',
    '/sitemap-2025-02.xml',
  ]);
});

/** One story more. */
const grow2 = (index: IndexHandle) =>
  index.sql("UPDATE period SET length = length + 1 WHERE list = 'site' AND period = '2025-03'").run();

/** What the family makes of an edit of a list or of a month, when the site has so many stories after it. */
function touched(index: IndexHandle, edit: { list: ListKey; period?: string; before: number; after: number }) {
  const [wanted, dropped, subjects] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const touched: Touched = {
    subjects,
    pictures: new Set(),
    want: (address) => wanted.add(address),
    drop: (address) => dropped.add(address),
    addresses: () => ['/sitemap-pages.xml', '/sitemap-2025-02.xml', '/sitemap-2025-03.xml', '/sitemap-2020-01.xml'],
  };
  if (edit.period) sitemapFamily.period?.(index, { ...edit, period: edit.period }, touched);
  else sitemapFamily.list?.(index, edit, touched);
  return { wanted: [...wanted], dropped: [...dropped], subjects: [...subjects] };
}

test('the story that makes a site large adds all parts, and the one that makes it small removes them', async () => {
  const { index } = await newsroomWith(files);
  grow(index, 1000);
  const parts = ['/sitemap-pages.xml', '/sitemap-2025-03.xml', '/sitemap-2025-02.xml'];
  expect(touched(index, { list: 'site', before: 1000, after: 1001 })).toEqual({
    wanted: parts,
    dropped: ['/sitemap-2020-01.xml'],
    subjects: [],
  });
  expect(touched(index, { list: 'site', before: 1001, after: 1002 })).toEqual({
    wanted: [],
    dropped: [],
    subjects: [],
  });
  expect(touched(index, { list: 'site', before: 1001, after: 1000 })).toMatchObject({
    wanted: [],
    dropped: expect.arrayContaining(parts),
  });
  expect(touched(index, { list: 'site', before: 999, after: 1000 })).toEqual({ wanted: [], dropped: [], subjects: [] });
});

test('in a large site, a month gets its part with its first story, and loses it with its last', async () => {
  const { index } = await newsroomWith(files);
  const month = { list: 'site' as const, period: '2025-04' };
  expect(touched(index, { ...month, before: 0, after: 1 })).toMatchObject({ wanted: [] });
  grow(index, 1000);
  expect(touched(index, { ...month, before: 0, after: 1 })).toMatchObject({
    wanted: ['/sitemap-2025-04.xml'],
    dropped: [],
  });
  expect(touched(index, { ...month, before: 1, after: 0 })).toMatchObject({
    wanted: [],
    dropped: ['/sitemap-2025-04.xml'],
  });
  expect(touched(index, { ...month, before: 1, after: 2 })).toMatchObject({ wanted: [], dropped: [] });
  expect(touched(index, { ...month, list: 'section/world', before: 0, after: 1 })).toMatchObject({ wanted: [] });
});

test('the sitemap changes with the first and the last story of a topic or an author, whose fronts appear and disappear', async () => {
  const { index } = await newsroomWith(files);
  const subjects = (list: ListKey, before: number, after: number) => touched(index, { list, before, after }).subjects;
  expect(subjects('topic/quay', 0, 1)).toEqual(['sitemap:', 'sitemap:pages']);
  expect(subjects('author/ann', 1, 0)).toEqual(['sitemap:', 'sitemap:pages']);
  for (const list of ['section/world', 'corrections'] as const) expect(subjects(list, 0, 1)).toEqual([]);
  expect(subjects('topic/quay', 1, 2)).toEqual([]);
});
