import { expect, test } from 'vitest';
import { listOf, separatorsOf } from './lists.ts';

test.each([
  ['en-GB', 'A, B and C'],
  ['en-IE', 'A, B and C'],
  ['en-US', 'A, B, and C'],
  ['de', 'A, B und C'],
  ['fr', 'A, B et C'],
  ['es', 'A, B y C'],
  ['ga', 'A, B agus C'],
  ['uk', 'A, B і C'],
  ['ar', 'A وB وC'],
  ['fa', 'A،‏ B، و C'],
])('%s', (language, expected) => {
  expect(listOf(language, ['A', 'B', 'C'])).toBe(expected);
  const [first = '', second = ''] = separatorsOf(language, ['A', 'B', 'C']);
  expect(`A${first}B${second}C`).toBe(expected);
});

test.each([0, 1, 2, 5])('%i items have one separator less', (count) =>
  expect(separatorsOf('en-GB', Array(count).fill('A'))).toHaveLength(Math.max(0, count - 1)),
);

test('the word between two names can depend on them', () => {
  expect(separatorsOf('es', ['Ana', 'Luis'])).toEqual([' y ']);
  expect(separatorsOf('es', ['Ana', 'Inés'])).toEqual([' e ']);
});
