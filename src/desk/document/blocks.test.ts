import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { storiesAndPosts } from './archive.fixture.ts';
import { type Block, type Slot, writeBlocks } from './blocks.ts';

const reader = unified().use(remarkParse).use(remarkGfm);
const read = (text: string): Root => reader.parse(text) as Root;

/** The blocks that an editor holds. It does not hold the definitions of links. */
const blocksIn = (text: string) => read(text).children.filter(({ type }) => type !== 'definition');
const slotsIn = (text: string): Slot[] =>
  blocksIn(text).map(({ position }) => ({ start: position!.start.offset!, end: position!.end.offset! }));
const keptAll = (slots: readonly Slot[]): Block[] => slots.map((_, kept) => ({ kept }));

/** What blocks mean, without their positions. Whether a list has empty lines between its entries is not compared. */
function meaning(node: Nodes): unknown {
  const { position: _, spread: __, children, ...rest } = node as Nodes & { spread?: boolean; children?: Nodes[] };
  return children ? { ...rest, children: children.map(meaning) } : rest;
}
const meaningOf = (text: string): unknown[] => blocksIn(text).map(meaning);

const written = (body: string, blocks: (number | string)[], eol = '\n'): string =>
  writeBlocks(
    body,
    slotsIn(body),
    blocks.map((one) => (typeof one === 'number' ? { kept: one } : { text: one })),
    eol,
  );

describe('what is written', () => {
  const body = '\n# Head\nOne\n\n\n\nTwo\n- a\n- b\n\n***\nEnd';
  test.each<[string, (number | string)[], string]>([
    ['nothing changes', [0, 1, 2, 3, 4, 5], body],
    ['one block', [0, 1, 'Zwei', 3, 4, 5], body.replace('Two', 'Zwei')],
    ['a heading stays above its text', ['# Foot', 1, 2, 3, 4, 5], body.replace('Head', 'Foot')],
    ['a heading becomes text', ['Head', 1, 2, 3, 4, 5], body.replace('# Head\n', 'Head\n\n')],
    ['two blocks next to each other', [0, 'Uno', 'Due', 3, 4, 5], body.replace('One', 'Uno').replace('Two', 'Due')],
    ['a block is divided', [0, 'O', 'ne', 2, 3, 4, 5], body.replace('One', 'O\n\nne')],
    ['two blocks become one', [0, 'OneTwo', 3, 4, 5], body.replace('One\n\n\n\nTwo', 'OneTwo')],
    ['a block is deleted', [0, 1, 2, 4, 5], body.replace('Two\n- a\n- b', 'Two')],
    ['the first block is deleted', [1, 2, 3, 4, 5], body.replace('# Head\n', '')],
    ['the last block is deleted', [0, 1, 2, 3, 4], body.replace('\nEnd', '')],
    ['a block moves', [0, 2, 1, 3, 4, 5], '\n# Head\n\nTwo\n\nOne\n\n- a\n- b\n\n***\nEnd'],
    ['a new block', [0, 'New', 1, 2, 3, 4, 5], body.replace('# Head\n', '# Head\n\nNew\n\n')],
    ['a new last block', [0, 1, 2, 3, 4, 5, 'New\nline'], `${body}\n\nNew\nline`],
    ['a copied block', [0, 1, 1, 2, 3, 4, 5], body.replace('One', 'One\n\nOne')],
    ['other blocks instead of all', ['New'], '\nNew'],
    ['nothing is left', [], '\n'],
  ])('%s', (_, blocks, after) => {
    expect(written(body, blocks)).toBe(after);
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    expect(written(windows(body), blocks, '\r\n')).toBe(windows(after));
  });

  test.each<[string, string, (number | string)[], string]>([
    ['an empty body', '', ['A', 'B'], '\nA\n\nB\n'],
    ['a body of empty lines', '\n\n', ['A'], '\nA\n'],
    ['nothing in nothing', '', [], ''],
    ['empty lines stay if nothing is written', '\n\n', [], '\n\n'],
    ['definitions alone', '[a]: /b\n', ['A'], '\nA\n\n[a]: /b\n'],
    ['definitions between blocks that go', 'A\n\n[a]: /b\n\nB\n\nC\n', [2], '[a]: /b\n\nC\n'],
    ['definitions between blocks that are exchanged', 'A [a]\n\n[a]: /b\n\nB\n', [1, 0], 'B\n\nA [a]\n\n[a]: /b\n'],
    [
      'definitions between blocks that are copied',
      'A\n\n[a]: /b\n\nB\n',
      [0, 1, 0, 1],
      'A\n\n[a]: /b\n\nB\n\nA\n\nB\n',
    ],
    ['definitions below a heading', '# A\n[a]: /b\n', ['A'], 'A\n\n[a]: /b\n'],
    ['definitions above a heading', '[a]: /b\n# A\n', ['"A"'], '[a]: /b\n\n"A"\n'],
    ['two lists meet', '- a\n- b\n\nA\n\n- c\n', [0, 2], '- a\n- b\n\n* c\n'],
    ['a new list between two', '- a\n\nA\n\n* c\n', [0, '- b', 2], '- a\n\n+ b\n\n* c\n'],
    ['two lists of numbers meet', '1. a\n\nA\n\n1. c\n2. d\n   1. e\n', [0, 2], '1. a\n\n1) c\n2) d\n   1. e\n'],
    ['an indented list moves', 'A\n\n  - a\n  - b\n', [1, 0], '  - a\n  - b\n\nA\n'],
    ['indented lines below a list', '    a\n\nA\n\n- b\n', [2, 0], '- b\n\n```\na\n```\n'],
    ['an open fence moves', 'A\n\n```\na\n', [1, 0], '```\na\n```\n\nA'],
    ['a quotation below a paragraph', 'A\n> b\n', ['B', 1], 'B\n> b\n'],
    ['text instead of a quotation below a paragraph', 'A\n> b\n', [0, 'b'], 'A\n\nb\n'],
  ])('where Markdown would read something else: %s', (_, before, blocks, after) =>
    expect(written(before, blocks)).toBe(after),
  );
});

describe('any text', () => {
  const block = fc.constantFrom(
    ...['Words', 'Two\nlines', '# Head', '## Head', 'Head\n===', '---', '***', '- a\n- b', '* a\n\n* b', '+ a\n  - b'],
    ...[
      '1. a\n2. b',
      '1) c',
      '- [ ] a',
      '> a\n> b',
      '```js\na\n\n- b\n```',
      '~~~\n# a\n~~~',
      '    code\n    - a',
      '\tcode',
    ],
    ...[
      '| a | b |\n| - | - |\n| 1 | 2 |',
      '<div>\n\n',
      '<!-- a -->',
      '![a](b.jpg)',
      '[^1]: Note',
      '  Words',
      '  + a\n  + b',
    ],
    ...['- a\n\n      code', '  ```\n  a\n  ```', '<p>a</p>'],
  );
  const gap = fc.constantFrom('\n\n', '\n\n', '\n\n\n\n', '\n', '\n  \n', '\n\n[x]: /y\n\n');
  const body = fc
    .tuple(
      fc.constantFrom('', '\n', '\n\n', '[z]: /y\n\n'),
      fc.array(fc.tuple(block, gap), { minLength: 1, maxLength: 7 }),
      fc.constantFrom('', '\n', '\n\n[w]: /v\n', '\n```\nopen'),
    )
    .map(([head, blocks, tail]) => head + blocks.flat().slice(0, -1).join('') + tail);
  const eols = fc.constantFrom('\n', '\r\n');

  test('without a change is the same text', () =>
    fc.assert(
      fc.property(body, eols, (made, eol) => {
        const text = made.replaceAll('\n', eol);
        expect(writeBlocks(text, slotsIn(text), keptAll(slotsIn(text)), eol)).toBe(text);
      }),
    ));

  const plain = fc.constantFrom('Words', 'Two\nlines', '# Head', '***', '> a', '```\na\n```', '![a](b.jpg)');
  test('with one other block is the same outside it, but for an empty line where Markdown needs one', () =>
    fc.assert(
      fc.property(body, plain, fc.nat(), eols, (made, put, pick, eol) => {
        const text = made.replaceAll('\n', eol);
        const slots = slotsIn(text);
        fc.pre(slots.length > 0);
        const at = pick % slots.length;
        const blocks: Block[] = keptAll(slots).with(at, { text: put });
        const after = writeBlocks(text, slots, blocks, eol);
        const before = text.slice(0, slots[at]!.start).trimEnd();
        const behind = text.slice(slots[at]!.end).trimStart();
        expect(after.startsWith(before)).toBe(true);
        expect(after.endsWith(behind)).toBe(true);
      }),
    ));

  test('after blocks were added, deleted, copied, and moved is read as these blocks', () => {
    const change = fc.tuple(fc.constantFrom('add', 'delete', 'move', 'copy', 'replace'), fc.nat(), fc.nat(), block);
    fc.assert(
      fc.property(body, fc.array(change, { maxLength: 6 }), eols, (made, changes, eol) => {
        const text = made.replaceAll('\n', eol);
        const slots = slotsIn(text);
        let blocks = keptAll(slots);
        for (const [kind, from, to, put] of changes) {
          const [at, target] = [from % (blocks.length + 1), to % (blocks.length + 1)];
          if (kind === 'add') blocks = blocks.toSpliced(at, 0, { text: put });
          else if (at < blocks.length) {
            const one = blocks[at]!;
            if (kind === 'copy') blocks = blocks.toSpliced(target, 0, one);
            else {
              blocks = blocks.toSpliced(at, 1, ...(kind === 'replace' ? [{ text: put }] : []));
              if (kind === 'move') blocks = blocks.toSpliced(target, 0, one);
            }
          }
        }
        const whole = blocksIn(text).map(meaning);
        const after = writeBlocks(text, slots, blocks, eol);
        expect(meaningOf(after)).toEqual(
          blocks.flatMap((one) => ('kept' in one ? [whole[one.kept]] : meaningOf(one.text.replaceAll('\n', eol)))),
        );
        // No definition is lost.
        const definitions = (one: string) => one.match(/^\[\w\]: .*$/gm)?.sort() ?? [];
        expect(definitions(after)).toEqual(definitions(text));
        expect(/\r(?!\n)|(?<!\r)\n/.test(after)).toBe(eol === '\n' && after.includes('\n'));
      }),
      { numRuns: 1500, seed: 20_261_137 },
    );
  });
});

describe('stories and posts', () => {
  const { texts, says } = storiesAndPosts(12);

  test(`load and save without a change, and with one other paragraph: ${says}`, () => {
    let paragraphs = 0;
    for (const { body, eol, file } of texts) {
      const blocks = blocksIn(body);
      const slots = blocks.map(({ position }) => ({ start: position!.start.offset!, end: position!.end.offset! }));
      expect(writeBlocks(body, slots, keptAll(slots), eol), file).toBe(body);
      for (const [at, slot] of slots.entries()) {
        if (blocks[at]!.type !== 'paragraph') continue;
        const after = writeBlocks(body, slots, keptAll(slots).with(at, { text: 'Other words.' }), eol);
        if (after !== `${body.slice(0, slot.start)}Other words.${body.slice(slot.end)}`) expect(after, file).toBe('');
        paragraphs++;
      }
    }
    expect(paragraphs).toBeGreaterThan(texts.length);
  });
});
