import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from './page-text.ts';
import { KnownWords } from './passages.ts';

/** What `KnownWords` finds, in the fewest lines and without an index. */
function missingSlowly(known: readonly string[][], words: readonly string[]): string[] {
  const text = ` ${known.flat().join(' ')} `;
  const isThere = (some: readonly string[]) => text.includes(` ${some.join(' ')} `);
  if (words.length === 0 || isThere(words)) return [];
  if (words.length <= 4) return [words.join(' ')];
  const isFound = words.map((_, at) =>
    [at - 3, at - 2, at - 1, at].some((from) => {
      const run = from < 0 ? [] : words.slice(from, from + 4);
      return run.length === 4 && isThere(run);
    }),
  );
  return words
    .map((word, at) => (isFound[at] ? '|' : word))
    .join(' ')
    .split('|')
    .map((passage) => passage.trim())
    .filter((passage) => passage !== '');
}

test('the passages that another text does not have are found whatever repeats itself', () => {
  const block = fc.array(fc.constantFrom('a', 'b', 'c', 'constructor'), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(block, { maxLength: 6 }), fc.array(block, { maxLength: 6 }), (known, wanted) => {
      const words = new KnownWords(known);
      for (const each of wanted) {
        const found = words.missing(each);
        expect(found.passages).toEqual(missingSlowly(known, each));
        expect(found.missing).toBe(found.passages.flatMap((passage) => passage.split(' ')).length);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a text that repeats four words a hundred thousand times is compared in one pass', () => {
  const blocks = Array.from({ length: 100_000 }, () => ['one', 'two', 'three', 'four']);
  const known = new KnownWords(blocks);
  expect(blocks.filter((block) => known.missing(block).missing > 0)).toEqual([]);
  expect(known.missing([...blocks.flat(), 'five']).passages).toEqual(['five']);
});

test('words of common signs are those that the general way finds', () => {
  const slowly = (text: string) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/['’ʼ`´\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
      .match(/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|[\p{L}\p{M}\p{N}]+/gu) ?? [];
  for (let code = 0; code < 0x3100; code++) {
    const sign = String.fromCharCode(code);
    expect(wordsOf(`a${sign}B ${sign} ${sign}${sign}`), code.toString(16)).toEqual(
      slowly(`a${sign}B ${sign} ${sign}${sign}`),
    );
  }
});
