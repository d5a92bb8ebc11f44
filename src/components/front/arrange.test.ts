import { describe, expect, test } from 'vitest';
import type { ShownPicture } from '../../pictures/picture.ts';
import type { Package } from '../../queries/results.ts';
import type { Card } from '../../story/card.ts';
import { arrangeFront, arrangeSection, type Front } from './arrange.ts';

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

const packages = (found: Package[]) =>
  found.map((entry) => entry.card.id + (entry.with.length ? `(${ids(entry.with)})` : '')).join(' ');
const everyOne = ({ banner, covers, secondary, latest, pinned, rails }: Front): string[] =>
  [
    ...[banner?.story, pinned].flatMap((found) => found ?? []),
    ...[...covers, ...secondary].flatMap((entry) => [entry.card, ...entry.with]),
    ...latest,
    ...rails.flatMap((rail) => rail.cards),
  ].map(({ id }) => id);
const many = (count: number, more: Partial<Card> = {}) => Array.from({ length: count }, (_, i) => card(`s${i}`, more));

test('the newest story with a picture opens the page, and the others keep their order', () => {
  const front = arrangeFront([card('a'), card('b', { lead: picture }), card('c')], []);
  expect(front.covers[0]?.card.id).toBe('b');
  expect(packages(front.secondary)).toBe('a c');
});

test('without any picture the newest story opens the page', () => {
  expect(arrangeFront([card('a'), card('b')], []).covers[0]?.card.id).toBe('a');
});

test('a story at the top of the page is not repeated in the block of its section', () => {
  const front = arrangeFront([card('a', { lead: picture })], [{ section: 'world', cards: [card('a'), card('z')] }]);
  expect(front.rails.map((rail) => ids(rail.cards))).toEqual(['z']);
});

test('a section without remaining stories has no block', () => {
  expect(arrangeFront([card('a')], [{ section: 'world', cards: [card('a')] }]).rails).toEqual([]);
});

test('an opinion section is shown in columns of voices', () => {
  const cards = [card('x', { type: 'opinion' }), card('y', { type: 'opinion' })];
  expect(arrangeFront([], [{ section: 'opinion', cards }]).rails[0]?.shape).toBe('voices');
});

test('an empty newsroom has an empty front', () => {
  expect(arrangeFront([], [])).toEqual({ layout: 'lead', covers: [], secondary: [], latest: [], rails: [] });
});

test('stories that an editor named come first and in that order; the latest fill the rest', () => {
  const stories = [
    { card: card('x'), with: [card('y')] },
    { card: card('s2'), with: [] },
  ];
  const front = arrangeFront(many(9), [], { layout: 'lead', stories });
  expect(packages([...front.covers, ...front.secondary])).toBe('x(y) s2 s0 s1 s3');
  expect(ids(front.latest)).toBe('s4 s5 s6 s7 s8');
});

test('no story appears twice, wherever it is named', () => {
  const latest = many(30);
  const sections = [
    { section: 'world', cards: latest.slice(0, 18) },
    { section: 'sport', cards: latest.slice(18) },
  ];
  const stories = [
    { card: latest[3]!, with: [latest[3]!, latest[5]!, latest[9]!] },
    { card: latest[9]!, with: [latest[5]!, latest[20]!] },
    { card: latest[3]!, with: [] },
  ];
  for (const layout of ['lead', 'package', 'pair', 'words'] as const) {
    const decided = { layout, stories, pinned: latest[9]!, banner: { text: 'A', story: latest[0]! } };
    const ids = everyOne(arrangeFront(latest, sections, decided, () => [latest[1]!, latest[9]!, latest[25]!]));
    expect(ids.filter((id, place) => ids.indexOf(id) < place)).toEqual([]);
    expect(ids).toContain('s9');
  }
});

test('stories that a story names as related belong to the package that it leads, unless an editor named others', () => {
  const related = () => [card('r'), card('s1')];
  expect(packages(arrangeFront(many(2), [], undefined, related).covers)).toBe('s0(r)');
  const stories = [{ card: card('x'), with: [card('y')] }];
  expect(packages(arrangeFront([], [], { layout: 'lead', stories }, related).covers)).toBe('x(y)');
});

test('two stories open the layout "pair"', () => {
  const front = arrangeFront(many(4), [], { layout: 'pair', stories: [] });
  expect(packages(front.covers)).toBe('s0 s1');
});

test('a paid story does not become the lead by itself', () => {
  const paid = card('paid', { lead: picture, sponsor: { name: 'A' } });
  expect(arrangeFront([paid, card('a'), card('b', { lead: picture })], []).covers[0]?.card.id).toBe('b');
});

test('in a small paper, the blocks of the sections get what the list of the latest leaves over', () => {
  const latest = many(13, { section: 'world' });
  const front = arrangeFront(latest, [{ section: 'world', cards: latest }]);
  expect(ids(front.latest)).toBe('s5 s6 s7 s8');
  expect(front.rails.map((rail) => ids(rail.cards))).toEqual(['s9 s10 s11 s12']);
});

describe('a section front has a lead, however few stories it has', () => {
  test.each([1, 2, 3, 4, 9])('%i without any picture: the newest, with a large headline', (count) => {
    const { layout, cover, beside, river } = arrangeSection(many(count));
    expect([layout, cover?.card.id]).toEqual(['words', 's0']);
    expect(beside.length).toBe(Math.min(3, count - 1));
    expect(beside.length + river.length).toBe(count - 1);
  });

  test('the newest with a picture, and no story is lost or appears twice', () => {
    const cards = [card('a'), card('b', { lead: picture }), card('c')];
    const { layout, cover, beside, river } = arrangeSection(cards);
    expect([layout, cover?.card.id, packages(beside), ids(river)]).toEqual(['lead', 'b', 'a c', '']);
  });

  test('a paid story does not become the lead by itself', () => {
    const paid = card('paid', { lead: picture, sponsor: { name: 'A' } });
    expect(arrangeSection([paid, card('a')]).cover?.card.id).toBe('a');
  });

  test('an empty section has none', () => expect(arrangeSection([]).cover).toBeUndefined());
});

test('a section front opens with what an editor named, and no story appears twice', () => {
  const stories = [{ card: card('s2'), with: [] }];
  const front = arrangeSection(many(8), { layout: 'lead', stories, pinned: card('s1') });
  expect(front.cover?.card.id).toBe('s2');
  expect(packages(front.beside)).toBe('s0 s3 s4');
  expect(ids(front.river)).toBe('s5 s6 s7');
});
