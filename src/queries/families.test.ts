import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { indexFile } from '../press/index-file.ts';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { digestOfKey, families, subjectOf } from './families.ts';

const file = (id: string) => `content/stories/${id}/index.md`;

/** A text, and front matter keys that make a story use as many queries as possible. */
const rich = (headline: string, more: Record<string, unknown> = {}, text = `A text of ${headline}.`) =>
  story({ headline, section: 'world', topics: ['Harbour'], byline: ['ann'], ...more }, text);

let newsroom: SmallNewsroom;
let index: IndexHandle | undefined;

beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/site.yaml': `${siteYaml.replace('search: false', 'search: true')}security: { contact: [mailto:security@post.example], expires: 2027-06-01 }\nfeeds: [{ id: agency, delay: 2h }]\nwire: true\n`,
    'content/authors/ann.yaml': 'name: Ann Example\nrole: Reporter\n',
    'content/topics.yaml': 'harbour: { title: Harbour, description: Ships. }\n',
    'content/series.yaml': 'the-quay: { description: Stones. }\n',
    'content/fronts/home.yaml':
      'layout: lead\nstories: [{ story: 2025/02/a }]\nbanner: { text: Now, story: 2025/02/b }\n',
    'content/pages/about.md': '---\nheadline: About\naliases: [/who/]\n---\n\nSee [it](story:2025/02/a).\n',
    'theme/pages/ports.mdx': '---\ntitle: Ports\n---\n\nText.\n',
    [file('2025/02/a')]: rich('A', {
      published: '2025-02-01',
      series: { title: 'The quay', part: 1 },
      related: ['2025/02/b'],
    }),
    [file('2025/02/b')]: rich('B', {
      published: '2025-02-02',
      series: { title: 'The quay', part: 2 },
      aliases: ['/old/'],
    }),
    [file('2025/03/c')]: rich(
      'C',
      {
        published: '2025-03-03',
        corrections: [{ date: '2025-03-04', type: 'correction', text: 'It was wrong.' }],
      },
      'See [b](story:2025/02/b).',
    ),
    [file('2025/03/d')]: rich('D', { published: '2025-03-05', language: 'fr', translationOf: '2025/03/c' }),
  });
  await newsroom.press();
}, 120_000);
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/** Queries in the traces whose current result differs from the trace, which means that an edit did not mark them. */
function stale(): string[] {
  index = openIndexHandle(newsroom.site, indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), 'read');
  try {
    const rows = index.sql('SELECT DISTINCT key, digest FROM query JOIN read ON read.query = query.id').all() as {
      key: string;
      digest: string;
    }[];
    expect(rows.length).toBeGreaterThan(20);
    return rows.filter(({ key, digest }) => digestOfKey(index!, key) !== digest).map(({ key }) => key);
  } finally {
    closeIndexHandle(index);
  }
}

/** The kinds of queries that the pages of the newsroom made. */
const ahead: [name: string, ...args: (string | number)[]][] = [
  ['whole', 'topic/harbour', 9],
  ['whole', 'author/ann', 9],
];

/** Only queries that a small newsroom can cause. The page for the list of redirects reads it directly. */
function askAhead(): void {
  const write = openIndexHandle(newsroom.site, indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))));
  try {
    for (const query of ahead) {
      const key = JSON.stringify(query);
      write
        .sql('INSERT OR REPLACE INTO query (key, subject, digest) VALUES (?, ?, ?)')
        .run(key, subjectOf(key), digestOfKey(write, key));
      write
        .sql(
          "INSERT OR IGNORE INTO read SELECT query.id, page.id FROM query, page WHERE key = ? AND address = '/404.html'",
        )
        .run(key);
    }
  } finally {
    closeIndexHandle(write);
  }
}

/** Kinds of queries that the pages of the newsroom made. */
function kindsAsked(): string[] {
  index = openIndexHandle(newsroom.site, indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), 'read');
  const rows = index.sql('SELECT key FROM query').all() as { key: string }[];
  closeIndexHandle(index);
  return [...new Set(rows.map(({ key }) => (JSON.parse(key) as string[])[0]!))].sort();
}

const kinds = families.flatMap((family) => family.kinds ?? []);

test('a query is found by its name, which no other query has', () => {
  const names = kinds.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(subjectOf('["period","site","2025-02",1]')).toBe('period:site:2025-02');
  expect(() => subjectOf('["everything"]')).toThrow('no family has the query everything');
});

describe('after an edit, each query in a trace has the result that it would have now', () => {
  const edits: [what: string, edit: () => void][] = [
    ['of a text', () => newsroom.put(file('2025/02/a'), rich('A', { published: '2025-02-01' }, 'Another text.'))],
    ['of a headline', () => newsroom.put(file('2025/02/a'), rich('Anew', { published: '2025-02-01' }))],
    [
      'of a story that another one translates',
      () => newsroom.put(file('2025/03/c'), rich('Sea', { published: '2025-03-03' })),
    ],
    [
      'of a translation',
      () =>
        newsroom.put(
          file('2025/03/d'),
          rich('Mer', { published: '2025-03-05', language: 'fr', translationOf: '2025/03/c' }),
        ),
    ],
    [
      'of a place in a series',
      () =>
        newsroom.put(file('2025/02/b'), rich('B', { published: '2025-02-02', series: { title: 'The quay', part: 3 } })),
    ],
    ['of a date, into another month', () => newsroom.put(file('2025/02/b'), rich('B', { published: '2025-04-02' }))],
    ['of a topic', () => newsroom.put(file('2025/02/b'), rich('B', { published: '2025-04-02', topics: ['Quay'] }))],
    ['of an author', () => newsroom.put('content/authors/ann.yaml', 'name: Ann Other\n')],
    ['of topics.yaml', () => newsroom.put('content/topics.yaml', 'harbour: { title: Harbours }\n')],
    ['of series.yaml', () => newsroom.put('content/series.yaml', 'the-quay: { title: Our quay }\n')],
    ['of a front', () => newsroom.put('content/fronts/home.yaml', 'layout: lead\nstories: [{ story: 2025/03/c }]\n')],
    ['of a page', () => newsroom.put('content/pages/about.md', '---\nheadline: About us\n---\n\nUs.\n')],
    ['of site.yaml', () => newsroom.put('content/site.yaml', siteYaml.replace(/^name: .*$/m, 'name: Another Post'))],
    [
      'of a correction',
      () =>
        newsroom.put(
          file('2025/03/c'),
          rich('C', {
            published: '2025-03-03',
            corrections: [{ date: '2024-03-04', type: 'correction', text: 'It was worse.' }],
          }),
        ),
    ],
    [
      'of an update, which is no correction',
      () =>
        newsroom.put(
          file('2025/03/d'),
          rich('Mer', {
            published: '2025-03-05',
            language: 'fr',
            translationOf: '2025/03/c',
            corrections: [{ date: '2025-03-06', type: 'update', text: 'The price is known.' }],
          }),
        ),
    ],
    ['that adds a story', () => newsroom.put(file('2025/02/e'), rich('E', { published: '2025-02-01T12:00' }))],
    [
      'that takes a story back',
      () =>
        newsroom.put(
          file('2025/02/e'),
          rich('E', { published: '2025-02-01T12:00', withdrawn: { date: '2025-02-02', reason: 'Wrong.' } }),
        ),
    ],
    ['that makes a draft', () => newsroom.put(file('2025/03/d'), rich('D', { draft: true }))],
    [
      'that removes a story',
      () => {
        newsroom.remove(file('2025/03/c'));
        newsroom.remove('content/fronts/home.yaml');
      },
    ],
    [
      'that removes the last story of an author',
      () => {
        for (const id of ['2025/02/a', '2025/02/b', '2025/02/e']) newsroom.remove(file(id));
        newsroom.put(file('2025/05/f'), story({ headline: 'F' }));
      },
    ],
  ];

  test('before any edit', () => {
    askAhead();
    expect(stale()).toEqual([]);
    // Of those that a small newsroom can bring about; a list of redirects is read by its own page.
    expect(kindsAsked()).toEqual(kinds.map(({ name }) => name).sort());
  });

  for (const [what, edit] of edits)
    test(what, async () => {
      askAhead();
      edit();
      await newsroom.press();
      expect(stale()).toEqual([]);
    }, 60_000);
});
