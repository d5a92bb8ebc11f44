import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partLength } from '../index/rows.ts';
import { story } from '../press/small-newsroom.fixture.ts';
import { file, type IngestedNewsroom, openNewsroom } from './ingested.fixture.ts';
import { addressesOfPeriod, standingOf } from './standing.ts';

let newsroom: IngestedNewsroom;

beforeAll(async () => {
  newsroom = openNewsroom({
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/authors/bob.yaml': 'name: Bob\n',
    'content/pages/about.md': '---\nheadline: About\naliases: [/who/]\n---\n\nUs.\n',
    'public/a.txt': 'a',
    ...file('2025/02/a', { byline: ['ann'], topics: ['Quay'], series: 'The river', aliases: ['/old/'] }),
    ...file('2025/02/draft', { draft: true, topics: ['Ship'] }),
    ...file('2025/02/later', { published: '2031-02-01', aliases: ['/later/'], section: 'sport' }),
    ...file('2024/12/wrong', {
      published: '2024-12-01',
      corrections: [{ date: '2024-12-02', type: 'correction', text: 'It was wrong.' }],
    }),
  });
  // One full part, and one story on the second.
  for (let i = 0; i < partLength - 1; i++)
    newsroom.put(
      `content/stories/2025/03/s${i}.md`,
      story({ headline: `S${i}`, published: '2025-03-02', series: 'Long' }),
    );
  for (const last of ['y', 'z'])
    newsroom.put(
      `content/stories/2025/03/${last}.md`,
      story({ headline: last, published: '2025-03-03', series: 'Long' }),
    );
  await newsroom.ingest();
});
afterAll(() => newsroom.close());

const standing = (address: string) => standingOf(newsroom.index, address);

describe('what readers find at an address', () => {
  test.each([
    '/',
    '/2025/02/a/',
    '/2025/02/a/index.html',
    '/about/',
    '/a.txt',
    '/world/',
    '/sport/',
    '/world/feed.xml',
    '/feed.xml',
    '/search/',
    '/assets/any.css',
    '/2025/',
    '/2025/02/',
    '/2025/03/',
    '/2025/03/part-2/',
    '/world/2025/03/part-2/',
    '/topics/quay/',
    '/topics/quay/2025/',
    '/authors/ann/',
    '/series/the-river/',
    '/series/long/part-2/',
    '/corrections/',
    '/corrections/2024/',
  ])('%s exists', (address) => expect(standing(address)).toEqual({ kind: 'there' }));

  test.each([
    ['/old/', '/2025/02/a/'],
    ['/who/', '/about/'],
  ])('%s has moved', (address, to) => expect(standing(address)).toEqual({ kind: 'moved', to }));

  test.each([
    ['/2025/02/later/', 'story/2025/02/later'],
    ['/later/', 'story/2025/02/later'],
    ['/2025/02/draft/', 'story/2025/02/draft'],
  ])('%s is scheduled with its story', (address, owner) =>
    expect(standing(address)).toEqual({ kind: 'waiting', owner }),
  );

  test.each([
    ['/2025/02/A/', '/2025/02/a/'],
    ['/2025/02/a', '/2025/02/a/'],
    ['/About/', '/about/'],
    ['/a.txt/', '/a.txt'],
    ['/A.txt', '/a.txt'],
    ['/topics/quay', '/topics/quay/'],
  ])('%s is nearly %s', (address, other) => expect(standing(address)).toEqual({ kind: 'nearly', address: other }));

  test.each([
    '/topics/ship/',
    '/authors/bob/',
    '/series/none/',
    '/series/long/part-3/',
    '/2023/',
    '/2025/01/',
    '/2025/03/part-3/',
    '/sport/2025/02/',
    '/corrections/2025/',
    '/topics/quay/2024/',
  ])('%s is a list without stories', (address) => expect(standing(address)).toEqual({ kind: 'empty' }));

  test.each(['/2025/02/b/', '/politics/', '/b.txt', '/2025/02/a/feed.xml'])('there is nothing at %s', (address) =>
    expect(standing(address)).toEqual({ kind: 'nothing' }),
  );
});

test('a story that is removed can remove its month, and the year of the site', () => {
  expect(addressesOfPeriod('site', '2025-02')).toEqual(['/2025/02/', '/2025/']);
  expect(addressesOfPeriod('section/world', '2025-02')).toEqual(['/world/2025/02/']);
  expect(addressesOfPeriod('topic/quay', '2025')).toEqual(['/topics/quay/2025/']);
});
