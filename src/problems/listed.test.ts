import { expect, test } from 'vitest';
import { listed } from './listed.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b, and c'],
  [[1, 2, '3 more'], '1, 2, and 3 more'],
])('%j', (items, text) => expect(listed(items)).toBe(text));

test('with or', () => expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b, or c'));
