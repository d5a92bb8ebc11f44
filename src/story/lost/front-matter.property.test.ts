import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkData } from '../../yaml/check-data.ts';
import { readSource } from '../../yaml/source.ts';
import { frontMatterSchema } from '../schema.ts';
import { cutValues } from './cut-values.ts';
import { misreadValues } from './misread-values.ts';

/*
 * What a person types into front matter is read as typed, or a message is given: texts with characters that have a
 * meaning in YAML, without quotation marks, in every place for text.
 */

const sign = fc.constantFrom(
  ..."#1 #MeToo &c. & ! !! !!str !x - -- — : a: ,a [x] {y} ] } “q” ‘q’ ' \" It's \\n \\ % @x ` * *x* | > ~ null true 007 1.10 12:30 <b and? ? ,".split(
    ' ',
  ),
);
const word = fc.constantFrom('Harbour', 'weir', 'tide', 'Ó', '潮', 'ميناء', 'No.', '5', 'of');
const text = fc
  .tuple(fc.array(fc.oneof(word, word, sign), { minLength: 1, maxLength: 6 }), fc.constantFrom('', '', '', ' #', ' ##'))
  .map(([words, end]) => words.join(' ') + end);

/** Each place for a text: what is typed, and where it is in the data. */
const places: ((typed: string) => { front: string; path: (string | number)[] })[] = [
  (typed) => ({ front: `standfirst: ${typed}`, path: ['standfirst'] }),
  (typed) => ({ front: `standfirst:\n  ${typed}`, path: ['standfirst'] }),
  (typed) => ({ front: `lead:\n  src: a.jpg\n  caption: ${typed}\n  credit: Ann`, path: ['lead', 'caption'] }),
  (typed) => ({ front: `topics:\n  - ${typed}\n  - two`, path: ['topics', 0] }),
  (typed) => ({ front: `topics:\n- one\n- ${typed}`, path: ['topics', 1] }),
  (typed) => ({ front: `topics: [one, ${typed}]`, path: ['topics', 1] }),
  (typed) => ({
    front: `corrections:\n  - { date: 2025-01-01, type: correction, text: ${typed} }`,
    path: ['corrections', 0, 'text'],
  }),
  (typed) => ({
    front: `corrections:\n  - date: 2025-01-01\n    type: correction\n    text: ${typed}`,
    path: ['corrections', 0, 'text'],
  }),
];

async function read(front: string): Promise<{ isTold: boolean; data: unknown }> {
  const source = readSource('a.md', Buffer.from(`---\nheadline: One\n${front}\n---\n`));
  if ('problems' in source) return { isTold: true, data: undefined };
  const checked = await checkData(frontMatterSchema, source, 'a.md', 'a story');
  const told = [...cutValues('a.md', source), ...misreadValues('a.md', source), ...source.warnings];
  return { isTold: 'problems' in checked || told.length > 0, data: source.data };
}

const plain = (value: unknown): string => String(value).replace(/\s+/g, ' ').trim();
const at = (data: unknown, path: (string | number)[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key as string], data);

test('a text is read as it was typed, or reported', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...places), async (typed, place) => {
      const { front, path } = place(typed);
      const { isTold, data } = await read(front);
      if (isTold) return;
      // Ordinary YAML: markers of nested lists, and a quoted text.
      const meant = /^(["']).*\1( #+)?$/.test(typed) || (/: [[{]| - [[{]/.test(front) && /[,[\]{}]/.test(typed));
      if (!meant) expect(plain(at(data, path)), front).toBe(plain(typed));
    }),
    { numRuns: 4_000 },
  );
});

test('and nothing is reported about a text without special characters', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(...places),
      async (words, place) => {
        const { front } = place(['Harbour', ...words].join(' '));
        expect((await read(front)).isTold, front).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});
