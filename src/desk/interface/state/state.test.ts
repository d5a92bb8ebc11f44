import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, wordsOf } from './differences.ts';
import { blocksOf, compareByBlock } from './merge.ts';
import { valueAt, withEdit, withOneMore } from './values.ts';

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });

describe('differences', () => {
  test('both lists can be made from them, and the same stretches are in both', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const runs = differences(before, after);
        const side = (kind: string) => runs.filter((run) => run.kind !== kind).flatMap(({ items }) => items);
        expect(side('added')).toEqual(before);
        expect(side('removed')).toEqual(after);
      }),
    );
  });

  test('they are the shortest: one word in a sentence', () => {
    const runs = differences(wordsOf('The council voted on Monday.'), wordsOf('The council voted on Tuesday.'));
    expect(runs.map(({ kind, items }) => [kind, items.join('')])).toEqual([
      ['same', 'The council voted on '],
      ['removed', 'Monday.'],
      ['added', 'Tuesday.'],
    ]);
  });

  test('words join to the text again', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(wordsOf(text).join('')).toBe(text)));
    expect(wordsOf('a  b\n\nc ').join('')).toBe('a  b\n\nc ');
  });
});

describe('a comparison of two sides by block', () => {
  const base = 'One.\n\nTwo.\n\nThree.\n';

  test('edits of different blocks need no choice', () => {
    const stretches = compareByBlock(base, 'One!\n\nTwo.\n\nThree.\n', 'One.\n\nTwo.\n\nThree!\n');
    expect(stretches.map(({ kind }) => kind)).toEqual(['agreed', 'agreed', 'agreed']);
    expect(stretches.map((one) => (one.kind === 'agreed' ? one.text : '')).join('')).toBe('One!\n\nTwo.\n\nThree!\n');
  });

  test('edits of one block are a conflict, unless they are the same', () => {
    expect(compareByBlock(base, 'One.\n\nTwo!\n\nThree.\n', 'One.\n\nTwo?\n\nThree.\n')).toEqual([
      { kind: 'agreed', text: 'One.\n\n', from: 'both' },
      { kind: 'conflict', base: 'Two.\n\n', mine: 'Two!\n\n', theirs: 'Two?\n\n' },
      { kind: 'agreed', text: 'Three.\n', from: 'both' },
    ]);
    expect(compareByBlock(base, `${base}\nFour.\n`, `${base}\nFour.\n`).some(({ kind }) => kind === 'conflict')).toBe(
      false,
    );
  });

  test('a block that one side deleted and the other changed is a conflict', () => {
    const stretches = compareByBlock(base, 'One.\n\nThree.\n', 'One.\n\nTwo?\n\nThree.\n');
    expect(stretches.filter(({ kind }) => kind === 'conflict')).toHaveLength(1);
  });

  test('if one side changed nothing, the result is the other side; choosing one side gives that side’s blocks', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', '```\nx\n\ny\n```'), { maxLength: 8 })
      .map((blocks) => (blocks.length > 0 ? `${blocks.join('\n\n')}\n` : ''));
    const merged = (base: string, mine: string, theirs: string, choice: 'mine' | 'theirs') =>
      compareByBlock(base, mine, theirs)
        .map((one) => (one.kind === 'agreed' ? one.text : one[choice]))
        .join('');
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(merged(base, other, base, 'mine')).toBe(other);
        expect(merged(base, base, other, 'mine')).toBe(other);
        expect(merged(base, other, other, 'mine')).toBe(other);
      }),
    );
  });

  test('blocks join to the text again, and a fence is one block', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(blocksOf(text).join('')).toBe(text)));
    expect(blocksOf('a\n\n```\nb\n\nc\n```\n\nd')).toEqual(['a\n\n', '```\nb\n\nc\n```\n\n', 'd']);
  });
});

describe('values after an edit', () => {
  const values = { headline: 'A', byline: ['x', { name: 'Y' }], lead: { alt: 'b' } };

  test('a value, a nested one, a new one, and a removed one', () => {
    expect(withEdit(values, { path: ['headline'], value: 'B' }).headline).toBe('B');
    expect(valueAt(withEdit(values, { path: ['byline', 1, 'role'], value: 'R' }), ['byline', 1])).toEqual({
      name: 'Y',
      role: 'R',
    });
    expect(withEdit(values, { path: ['pictures', 'a.b.jpg', 'alt'], value: 'c' })).toMatchObject({
      pictures: { 'a.b.jpg': { alt: 'c' } },
    });
    expect(withEdit(values, { path: ['headline'] })).not.toHaveProperty('headline');
  });

  test('a group that becomes empty is removed with its last value', () =>
    expect(withEdit(values, { path: ['lead', 'alt'] })).not.toHaveProperty('lead'));

  test('entries are inserted, moved, and removed, and a key gets another name', () => {
    expect(withEdit(values, { path: ['byline', 0], insert: 'z' }).byline).toEqual(['z', 'x', { name: 'Y' }]);
    expect(withEdit(values, { path: ['byline'], move: { from: 1, to: 0 } }).byline).toEqual([{ name: 'Y' }, 'x']);
    expect(withEdit(values, { path: ['byline', 0] }).byline).toEqual([{ name: 'Y' }]);
    expect(withEdit(values, { path: ['lead', 'alt'], key: 'caption' }).lead).toEqual({ caption: 'b' });
  });

  test('keys typed into one field are one edit, and two removals of an entry are two', () => {
    const typed = [{ path: ['headline'], value: 'B' }];
    expect(withOneMore(typed, { path: ['headline'], value: 'BC' })).toEqual([{ path: ['headline'], value: 'BC' }]);
    expect(withOneMore([{ path: ['byline', 0] }], { path: ['byline', 0] })).toHaveLength(2);
  });
});
