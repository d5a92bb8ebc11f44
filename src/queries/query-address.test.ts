import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { file, type IngestedNewsroom, openNewsroom } from '../ingest/ingested.fixture.ts';
import type { Address } from '../site/address.ts';
import { hasPage } from './has-page.ts';
import { queryAddress } from './query-address.ts';

let newsroom: IngestedNewsroom;

beforeAll(async () => {
  newsroom = openNewsroom({
    ...file('2025/02/a', {
      aliases: ['/old/'],
      byline: ['ann'],
      topics: ['Quay'],
      series: 'The sea',
      corrections: [{ date: '2025-02-13', type: 'correction', text: 'Wrong.' }],
    }),
    ...file('2025/02/later', { published: '2031-01-01', aliases: ['/later/'] }),
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/authors/bob.yaml': 'name: Bob\n',
    'content/pages/über.md': '---\nheadline: About\n---\n\nUs.\n',
  });
  await newsroom.ingest();
});
afterAll(() => newsroom.close());

describe('an address belongs to', () => {
  test.each<[string, Address | undefined]>([
    ['/', { kind: 'home' }],
    ['/search/', { kind: 'search' }],
    ['/2025/02/a/', { kind: 'story', story: '2025/02/a' }],
    ['/über/', { kind: 'page', page: 'über' }],
    ['/u\u0308ber/', { kind: 'page', page: 'über' }],
    ['/world/', { kind: 'section', section: 'world' }],
    ['/world/feed.xml', { kind: 'feed', list: 'section/world', format: 'xml' }],
    ['/world/feed.json', { kind: 'feed', list: 'section/world', format: 'json' }],
    ['/culture/feed.xml', undefined],
    ['/feed.xml', { kind: 'feed', list: 'site', format: 'xml' }],
    ['/feed.atom', { kind: 'feed', list: 'site', format: 'atom' }],
    ['/topics/harbour/feed.atom', { kind: 'feed', list: 'topic/harbour', format: 'atom' }],
    ['/authors/ann/feed.json', { kind: 'feed', list: 'author/ann', format: 'json' }],
    ['/corrections/feed.xml', { kind: 'feed', list: 'corrections', format: 'xml' }],
    ['/2025/02/feed.atom', { kind: 'feedArchive', list: 'site', period: '2025-02', part: 1 }],
    ['/world/2025/02/part-2/feed.atom', { kind: 'feedArchive', list: 'section/world', period: '2025-02', part: 2 }],
    ['/2025/02/feed.xml', undefined],
    ['/topics/harbour/2025/feed.atom', undefined],
    ['/corrections/2025/feed.atom', undefined],
    ['/search/feed.xml', undefined],
    ['/feeds/agency/feed.json', { kind: 'partnerFeed', feed: 'agency', format: 'json' }],
    ['/old/', { kind: 'alias', to: '/2025/02/a/' }],
    ['/later/', undefined],
    ['/2025/02/', { kind: 'period', list: 'site', period: '2025-02', part: 1 }],
    ['/topics/quay/2025/part-2/', { kind: 'period', list: 'topic/quay', period: '2025', part: 2 }],
    ['/2025/02/A/', undefined],
    ['/2025/02/b/', undefined],
  ])('%s', (pathname, address) => expect(queryAddress(newsroom.index, pathname)).toEqual(address));
});

describe('in dev, an address has a page only if readers would find one', () => {
  test.each<[boolean, Address]>([
    [true, { kind: 'home' }],
    [true, { kind: 'story', story: '2025/02/a' }],
    [false, { kind: 'story', story: '2025/02/later' }],
    [true, { kind: 'topic', topic: 'quay' }],
    [false, { kind: 'topic', topic: 'ship' }],
    [true, { kind: 'author', author: 'ann' }],
    [false, { kind: 'author', author: 'bob' }],
    [true, { kind: 'series', series: 'the-sea', part: 1 }],
    [false, { kind: 'series', series: 'the-sea', part: 2 }],
    [true, { kind: 'period', list: 'site', period: '2025-02', part: 1 }],
    [false, { kind: 'period', list: 'site', period: '2025-02', part: 2 }],
    [false, { kind: 'period', list: 'site', period: '2025-03', part: 1 }],
    [true, { kind: 'year', year: '2025' }],
    [false, { kind: 'year', year: '2024' }],
    [true, { kind: 'corrections', part: 1 }],
    [true, { kind: 'corrections', period: '2025', part: 1 }],
    [false, { kind: 'corrections', period: '2024', part: 1 }],
    [true, { kind: 'sitemap' }],
    [false, { kind: 'sitemap', part: '2025-02' }],
    [true, { kind: 'mark' }],
  ])('%s: %o', (expected, address) => expect(hasPage(newsroom.index, address)).toBe(expected));
});
