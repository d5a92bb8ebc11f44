import { expect, test } from 'vitest';
import { lineCounter, splice, unspliced } from './splice.ts';

test('what is not edited stays byte for byte, and every place knows where it came from', () => {
  const once = splice(unspliced('one two three'), [{ start: 4, end: 7, text: 'II (two)' }]);
  expect(once.text).toBe('one II (two) three');
  expect(once.origin(0)).toBe(0);
  expect(once.origin(6)).toBe(4);
  expect(once.origin(once.text.indexOf('three'))).toBe(8);
  const twice = splice(once, [{ start: 0, end: 4, text: '' }]);
  expect(twice.origin(twice.text.indexOf('three'))).toBe(8);
});

test('of two edits that overlap, the one that begins first wins', () => {
  expect(
    splice(unspliced('abcdef'), [
      { start: 2, end: 3, text: 'X' },
      { start: 1, end: 5, text: '-' },
    ]).text,
  ).toBe('a-f');
});

test('lines count from 1', () => {
  const lineOf = lineCounter('a\nb\n\nc');
  expect([0, 1, 2, 4, 5].map(lineOf)).toEqual([1, 1, 2, 3, 4]);
});
