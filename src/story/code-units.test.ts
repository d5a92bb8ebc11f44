import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeUnitsOf } from './code-units.ts';

const unitsIn = (text: string) => [...codeUnitsOf(text).subarray(0, text.length)];

test('the code units of a text are those that charCodeAt returns, for one text after another', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 5 }), (texts) => {
      for (const text of texts)
        expect(unitsIn(text)).toEqual(Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
    }),
  );
});

test('halves of characters stay as they are', () => {
  expect(unitsIn('a\ud83d')).toEqual([0x61, 0xd83d]);
  expect(unitsIn('\ude00b')).toEqual([0xde00, 0x62]);
});

test('a text can have any length, and be part of another', () => {
  const long = `${'é'.repeat(200_000)}—`;
  expect(unitsIn(long.slice(199_998))).toEqual([0xe9, 0xe9, 0x2014]);
  expect(unitsIn(long).at(-1)).toBe(0x2014);
  expect(unitsIn('')).toEqual([]);
});
