import { expect, test } from 'vitest';
import { bodyIds } from './headings.ts';

test.each(['FN Herstal wins the order', 'fn', 'FN-', 'fnref-1', 'fnref-', 'fn-', 'fn-1', 'Main', 'text fn x'])(
  'a heading "%s" gets an id that is free, however often it is used',
  (words) => {
    const ids = bodyIds();
    const given = [1, 2, 3].map(() => ids.forHeading(words));
    expect(new Set(given).size).toBe(3);
    for (const id of given) expect(id).not.toMatch(/^fn(?:ref)?-/);
  },
);

test('a link to the id that such a heading had before leads to it', () => {
  const ids = bodyIds();
  const id = ids.forHeading('FN Herstal wins the order');
  expect(id).toBe('text-fn-herstal-wins-the-order');
  expect(ids.find('fn-herstal-wins-the-order')).toBe(id);
});

test('many equal headings, and headings that look like the next number', () => {
  const ids = bodyIds();
  for (let n = 0; n < 2000; n++) ids.note(`a-${n}`);
  expect(ids.forHeading('a')).toBe('a');
  expect(ids.forHeading('a')).toBe('a-2000');
  expect(ids.forHeading('a')).toBe('a-2001');
});
