import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { partLength } from '../index/rows.ts';
import { type IngestedNewsroom, openNewsroom } from '../ingest/ingested.fixture.ts';
import { story } from '../press/small-newsroom.fixture.ts';
import {
  queryCorrected,
  queryCorrections,
  queryLatest,
  queryOlder,
  queryPeriod,
  queryPeriods,
  querySeries,
  querySeriesPage,
  querySeriesPlace,
} from './queries.ts';

let newsroom: IngestedNewsroom;

const corrections = (...dates: string[]) => dates.map((date, i) => ({ date, type: 'correction', text: `Wrong ${i}.` }));

beforeAll(async () => {
  newsroom = openNewsroom({ 'content/series.yaml': 'the-sea: { title: The sea itself, description: Salt. }\n' });
  const put = (id: string, front: object) =>
    newsroom.put(`content/stories/${id}.md`, story({ headline: id, ...front }));
  // One more than fits on a page: in a month, in a series, and of corrections.
  for (let i = 0; i <= partLength; i++)
    put(`many/${String(i).padStart(3, '0')}`, {
      section: 'sport',
      published: `2025-04-01T00:00:${String(i % 60).padStart(2, '0')}Z`,
      series: { title: 'Long', part: i + 1 },
      corrections: corrections('2025-04-02'),
    });
  put('a', {
    published: '2024-12-31',
    series: { title: 'The sea', part: 2 },
    topics: ['Ship'],
    corrections: corrections('2024-12-31', '2025-01-01'),
  });
  put('b', { published: '2025-02-01', series: { title: 'The sea', part: 1 }, topics: ['Ship'] });
  put('c', { published: '2025-02-01', series: 'the Sea', topics: ['Ship'], language: 'fr' });
  put('d', { published: '2025-02-03', series: 'The sea', topics: ['Ship'] });
  put('hidden', {
    published: '2031-01-01',
    series: { title: 'The sea', part: 3 },
    topics: ['Ship'],
    corrections: corrections('2025-03-03'),
  });
  put('gone', {
    published: '2025-02-02',
    series: 'The sea',
    topics: ['Ship'],
    withdrawn: { date: '2025-03-01', reason: 'Wrong.' },
  });
  await newsroom.ingest();
});
afterAll(() => newsroom.close());

const ids = (cards: { id: string }[] | undefined) => cards?.map(({ id }) => id).join(' ');

describe('a list', () => {
  test('has its public stories, newest first, and those with the same time by name', () => {
    expect(ids(queryLatest(newsroom.index, 'topic/ship', 9))).toBe('d c b a');
    expect(ids(queryLatest(newsroom.index, 'topic/ship', 2))).toBe('d c');
    expect(queryLatest(newsroom.index, 'topic/none', 9)).toEqual([]);
  });

  test('has the stories that are older than one of its stories, so that nothing newer changes the result', () => {
    expect(ids(queryOlder(newsroom.index, 'topic/ship', 'c', 9))).toBe('b a');
    expect(ids(queryOlder(newsroom.index, 'topic/ship', 'd', 1))).toBe('c');
    expect(queryOlder(newsroom.index, 'topic/ship', 'a', 9)).toEqual([]);
    expect(queryOlder(newsroom.index, 'topic/ship', 'hidden', 9)).toEqual([]);
    expect(queryOlder(newsroom.index, 'section/sport', 'many/100', 99)).toHaveLength(6);
  });

  test('has the periods in which it has stories, newest first: months for the site, years for a topic', () => {
    expect(queryPeriods(newsroom.index, 'site')).toEqual(['2025-04', '2025-02', '2024-12']);
    expect(queryPeriods(newsroom.index, 'topic/ship')).toEqual(['2025', '2024']);
  });
});

describe('a period of a list', () => {
  test('has its stories, oldest first, and the nearest periods that have any', () => {
    const { cards, ...rest } = queryPeriod(newsroom.index, 'site', '2025-02', 1)!;
    expect(ids(cards)).toBe('b c d');
    expect(rest).toEqual({ list: 'site', period: '2025-02', part: 1, parts: 1, older: '2024-12', newer: '2025-04' });
    expect(queryPeriod(newsroom.index, 'site', '2024-12', 1)).toMatchObject({ older: undefined, newer: '2025-02' });
    expect(queryPeriod(newsroom.index, 'site', '2025-04', 1)).toMatchObject({ older: '2025-02', newer: undefined });
    expect(queryPeriod(newsroom.index, 'site', '2025-03', 1)).toBeUndefined();
  });

  test('has a new part for each story that no longer fits, and no story appears twice', () => {
    const one = queryPeriod(newsroom.index, 'section/sport', '2025-04', 1)!;
    const two = queryPeriod(newsroom.index, 'section/sport', '2025-04', 2)!;
    expect([one.cards.length, two.cards.length, one.parts, two.parts]).toEqual([partLength, 1, 2, 2]);
    expect(new Set([...one.cards, ...two.cards].map(({ id }) => id)).size).toBe(partLength + 1);
    expect(queryPeriod(newsroom.index, 'section/sport', '2025-04', 3)).toBeUndefined();
  });
});

describe('corrections', () => {
  test('come newest first, with the story that they correct, and none of a hidden story', () => {
    expect(queryCorrections(newsroom.index, 1)).toMatchObject([
      { text: 'Wrong 0.', story: { address: '/2025/04/200/' } },
    ]);
    const all = queryCorrections(newsroom.index, 999);
    expect(all).toHaveLength(partLength + 3);
    expect(all.slice(-2).map(({ text, story }) => `${text} ${story.headline}`)).toEqual(['Wrong 1. a', 'Wrong 0. a']);
  });

  test('of a year are split into pages, counted from the oldest and shown in reverse', () => {
    const one = queryCorrected(newsroom.index, '2025', 1)!;
    const two = queryCorrected(newsroom.index, '2025', 2)!;
    expect([one.corrections.length, two.corrections.length, one.parts]).toEqual([partLength, 2, 2]);
    expect(one.corrections.at(-1)?.story.headline).toBe('a');
    expect(two.corrections.map(({ story }) => story.headline)).toEqual(['many/200', 'many/199']);
    expect(queryCorrected(newsroom.index, '2024', 1)).toMatchObject({ parts: 1, older: undefined, newer: '2025' });
    expect(queryCorrected(newsroom.index, '2025', 3)).toBeUndefined();
    expect(queryCorrected(newsroom.index, '2023', 1)).toBeUndefined();
  });
});

describe('a series', () => {
  test('has the title and description in series.yaml, or the first spelling in its public stories', () => {
    expect(querySeries(newsroom.index, 'the-sea')).toEqual({
      id: 'the-sea',
      title: 'The sea itself',
      description: 'Salt.',
    });
    expect(querySeries(newsroom.index, 'long')).toEqual({ id: 'long', title: 'Long', description: undefined });
    expect(querySeries(newsroom.index, 'none')).toBeUndefined();
  });

  test('has its stories by number, and then those without a number in order of time', () => {
    expect(ids(querySeriesPage(newsroom.index, 'the-sea', 1)?.cards)).toBe('b a c d');
    expect(querySeriesPage(newsroom.index, 'the-sea', 2)).toBeUndefined();
    expect(querySeriesPage(newsroom.index, 'long', 1)).toMatchObject({ pages: 2, before: 0 });
    expect(querySeriesPage(newsroom.index, 'long', 2)).toMatchObject({
      pages: 2,
      before: partLength,
      cards: [{ id: 'many/200' }],
    });
  });

  test('gives each story the ones before and after it', () => {
    const place = (id: string) => {
      const found = querySeriesPlace(newsroom.index, id);
      return found && [found.series.title, found.previous?.headline, found.next?.headline];
    };
    expect(place('b')).toEqual(['The sea itself', undefined, 'a']);
    expect(place('a')).toEqual(['The sea itself', 'b', 'c']);
    expect(place('d')).toEqual(['The sea itself', 'c', undefined]);
    expect(querySeriesPlace(newsroom.index, 'd')?.previous).toEqual({
      address: '/2025/02/c/',
      headline: 'c',
      language: 'fr',
    });
    for (const id of ['hidden', 'gone', 'none']) expect(place(id)).toBeUndefined();
  });
});
