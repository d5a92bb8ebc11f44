import { expect, test } from 'vitest';
import type { ShownPicture } from '../../pictures/picture.ts';
import type { Card } from '../../story/card.ts';
import { arrangeFront } from './arrange.ts';

const picture = { facts: {}, alt: 'a ferry' } as ShownPicture;
const card = (id: string, more: Partial<Card> = {}): Card => ({
  id,
  address: `/${id}/`,
  headline: id,
  type: 'news',
  byline: [],
  published: 0,
  ...more,
});
const ids = (cards: Card[]) => cards.map(({ id }) => id).join(' ');

test('the newest story with a picture opens the page, and the others keep their order', () => {
  const front = arrangeFront([card('a'), card('b', { lead: picture }), card('c')], []);
  expect(front.cover?.id).toBe('b');
  expect(ids(front.secondary)).toBe('a c');
});

test('without any picture the newest story opens the page', () => {
  expect(arrangeFront([card('a'), card('b')], []).cover?.id).toBe('a');
});

test('a story at the top of the page is not in the block of its section again', () => {
  const front = arrangeFront([card('a', { lead: picture })], [{ section: 'world', cards: [card('a'), card('z')] }]);
  expect(front.rails.map((rail) => ids(rail.cards))).toEqual(['z']);
});

test('a section with nothing left has no block', () => {
  expect(arrangeFront([card('a')], [{ section: 'world', cards: [card('a')] }]).rails).toEqual([]);
});

test('a section of opinion stands in columns of voices', () => {
  const cards = [card('x', { type: 'opinion' }), card('y', { type: 'opinion' })];
  expect(arrangeFront([], [{ section: 'opinion', cards }]).rails[0]?.shape).toBe('voices');
});

test('an empty newsroom has an empty front', () => {
  expect(arrangeFront([], [])).toEqual({ cover: undefined, secondary: [], latest: [], rails: [] });
});
