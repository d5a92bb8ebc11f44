import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Document, parse, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml';
import { printableData } from '../../site/printable.ts';
import { frontMatterSchema } from '../../story/schema.ts';
import { readSource, readYamlFile } from '../source.ts';
import {
  type Change,
  type Edited,
  editFrontMatter,
  editYaml,
  type Fields,
  writeFrontMatter,
  writeYaml,
  type YamlValue,
} from './front-matter.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** What our reader reads, without a warning. */
function read(text: string): unknown {
  const source = readSource('a.md', bytes(text));
  if ('problems' in source) throw new Error(`${JSON.stringify(source.problems[0])}\n${text}`);
  expect(source.warnings).toEqual([]);
  return source.data;
}

const textOf = (edited: Edited): string => {
  if ('refused' in edited) throw new Error(edited.refused);
  return edited.text;
};

const edit = (text: string, ...changes: Change[]) => textOf(editFrontMatter(text, changes, frontMatterSchema));

/** Pieces that mean something to a YAML reader. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    ...[': ', ' #', '#', '- ', '? ', '---', '...', '\n---\n', '\n...\n', '\n', '\n\n', '\r\n', '\r', '\t', ' ', '  '],
    ...['"', "'", '\\', '{', '}', '[', ']', ',', '&a', '*a', '!', '|', '>', '%', '@', '`', '<<', '=', '~', ':'],
    ...[
      'yes',
      'No',
      'null',
      'TRUE',
      'off',
      'y',
      '12',
      '1_000',
      '0x1F',
      '0o17',
      '1e3',
      '.5',
      '.inf',
      '12:30',
      '-1',
      '+1',
    ],
    ...[
      '2025-02-12',
      '2025-02-12T18:00',
      '2025-02-12 18:00',
      '😀',
      'é',
      'e\u0301',
      'שלום',
      'مرحبا',
      '\u200f',
      '\u202e',
    ],
    ...['\u00a0', '\u2028', '\u2029', '\ufeff', '\u0085', '\0', '\x07', '\x1b', '\x7f', '\ud83d', '\ufffe', '“', '—'],
    ...['Storm', 'again', 'https://example.org/a?b=c#d', 'C++', 'C#', "It's", 'word '.repeat(300)],
  ),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const scalar = fc.oneof({ weight: 4, arbitrary: text }, fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value') as fc.Arbitrary<YamlValue>, { maxKeys: 4 }),
  ),
}));
const fields = fc.dictionary(text, value, { maxKeys: 5 });
const runs = (numRuns: number) => ({ numRuns, seed: 20_261_127 });

describe('writeFrontMatter', () => {
  test('our reader reads any data back as the same data, without a warning', () =>
    fc.assert(
      fc.property(fields, (data) => {
        expect(read(`${writeFrontMatter(data)}\nText\n`)).toEqual(printableData(data));
      }),
      runs(3000),
    ));

  test('a reader of YAML 1.1 reads the same text too, unless it is a date', () =>
    fc.assert(
      fc.property(text, (string) => {
        const written = writeYaml({ headline: string });
        const there = parse(written, { version: '1.1' }) as { headline: unknown };
        if (!(there.headline instanceof Date)) expect(there.headline).toBe(printableData(string));
      }),
      runs(3000),
    ));

  test('a line is never folded', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word ', 'long: ', '“quoted” ', 'x'), { minLength: 60, maxLength: 400 }),
        (all) => {
          expect(writeYaml({ lead: { alt: all.join('') } }).split('\n').length).toBe(3);
        },
      ),
      runs(50),
    ));

  test.each<[string, Fields, string]>([
    [
      'text without quotation marks',
      { headline: 'It’s Ann’s, she said (1/2)' },
      'headline: It’s Ann’s, she said (1/2)',
    ],
    ['a colon', { headline: 'Storm: again' }, 'headline: "Storm: again"'],
    ['a number sign', { headline: 'We are #1' }, 'headline: "We are #1"'],
    ['words of other versions', { kicker: 'No' }, 'kicker: "No"'],
    ['a text of digits', { kicker: '2025' }, 'kicker: "2025"'],
    ['a time of day', { kicker: '12:30' }, 'kicker: "12:30"'],
    ['a date', { published: '2025-02-12T18:00+01:00' }, 'published: 2025-02-12T18:00+01:00'],
    ['a web address', { source: { url: 'https://a.example/?b=1' } }, 'source: { url: https://a.example/?b=1 }'],
    ['a short list', { topics: ['Harbour', 'C++', 'a, b'] }, 'topics: [Harbour, C++, "a, b"]'],
    ['a short group', { lead: { src: 'a.jpg', decorative: true } }, 'lead: { src: a.jpg, decorative: true }'],
    ['groups in a list', { byline: [{ name: 'Ann' }, 'bo'] }, 'byline:\n  - { name: Ann }\n  - bo'],
    [
      'a long group',
      { lead: { src: 'a.jpg', caption: 'w '.repeat(60).trim() } },
      `lead:\n  src: a.jpg\n  caption: ${'w '.repeat(60).trim()}`,
    ],
    ['text of several lines', { note: 'One.\n\n--- two\n' }, 'note: |\n  One.\n\n  --- two'],
    [
      'undefined',
      { headline: 'A', kicker: undefined, lead: { src: 'a', alt: undefined } },
      'headline: A\nlead: { src: a }',
    ],
    ['a lone half of an emoji', { headline: 'A\ud83d' }, 'headline: A'],
  ])('the house style: %s', (_, data, yaml) => expect(writeFrontMatter(data)).toBe(`---\n${yaml}\n---\n`));

  test('with a schema the keys are in its order, in groups too, and unknown keys come last', () =>
    expect(
      writeFrontMatter({ x: 1, lead: { alt: 'A', src: 'a.jpg' }, headline: 'A', draft: true }, frontMatterSchema),
    ).toBe('---\nheadline: A\nlead: { src: a.jpg, alt: A }\ndraft: true\nx: 1\n---\n'));

  test('no keys', () => expect(writeFrontMatter({})).toBe('---\n---\n'));
});

const story = `---
# The lead story
draft: true      # remove this line
headline: "A"   # the headline
# standfirst: a hint
published: 2025-02-01 # when
lead:
  src: a.jpg # a file
  # caption: later

topics: [a, b] # two
corrections:
  - date: 2025-01-01
    # why
    type: update
    text: >-
      folded
      text
---

headline: the body
`;

describe('editFrontMatter changes one key and nothing else', () => {
  test.each<[string, Change[], [string, string][]]>([
    ['a value', [{ path: ['headline'], value: 'It: "B"' }], [['"A"', '"It: \\"B\\""']]],
    ['a nested value', [{ path: ['lead', 'src'], value: 'b.jpg' }], [['a.jpg', 'b.jpg']]],
    ['a value in brackets', [{ path: ['topics', 1], value: 'c, d' }], [['[a, b]', '[a, "c, d"]']]],
    ['a value of a list entry', [{ path: ['corrections', 0, 'date'], value: '2025-01-02' }], [['01-01', '01-02']]],
    [
      'a folded text',
      [{ path: ['corrections', 0, 'text'], value: 'a\nb' }],
      [['>-\n      folded\n      text', '|-\n      a\n      b']],
    ],
    [
      'a new key, where the schema has it',
      [{ path: ['standfirst'], value: 'S' }],
      [['headline\n', 'headline\nstandfirst: S\n']],
    ],
    [
      'a new key in a group',
      [{ path: ['lead', 'caption'], value: 'C: 1' }],
      [['a file\n', 'a file\n  caption: "C: 1"\n']],
    ],
    [
      'a new group',
      [{ path: ['source', 'name'], value: 'PA' }],
      [['# caption: later\n', '# caption: later\nsource: { name: PA }\n']],
    ],
    [
      'a new list entry, in the style of its neighbour',
      [{ path: ['corrections', 1], value: { date: '2025-02-02', type: 'update' } }],
      [['      text\n', '      text\n  - date: 2025-02-02\n    type: update\n']],
    ],
    ['a key that goes', [{ path: ['draft'], value: undefined }], [['draft: true      # remove this line\n', '']]],
    [
      'a group that goes, with its comments',
      [{ path: ['lead'], value: undefined }],
      [['lead:\n  src: a.jpg # a file\n  # caption: later\n', '']],
    ],
    [
      'a group whose only key goes',
      [{ path: ['lead', 'src'], value: undefined }],
      [['lead:\n  src: a.jpg # a file\n  # caption: later\n', '']],
    ],
    ['a list entry in brackets', [{ path: ['topics', 0], value: undefined }], [['a, b', 'b']]],
    [
      'the first key of a list entry',
      [{ path: ['corrections', 0, 'date'], value: undefined }],
      [['date: 2025-01-01\n    # why', '# why']],
    ],
    ['a name', [{ path: ['draft'], key: 'minor' }], [['draft', 'minor']]],
    [
      'a whole group: only what differs',
      [{ path: ['lead'], value: { src: 'a.jpg', credit: 'Ann' } }],
      [['a file\n', 'a file\n  credit: Ann\n']],
    ],
    [
      'several changes',
      [
        { path: ['headline'], value: 'B' },
        { path: ['draft'], value: undefined },
        { path: ['topics'], value: ['b', 'c'] },
      ],
      [
        ['draft: true      # remove this line\n', ''],
        ['"A"', '"B"'],
        ['[a, b]', '[b, c]'],
      ],
    ],
    [
      'what is so already',
      [
        { path: ['headline'], value: 'A' },
        { path: ['x'], value: undefined },
      ],
      [],
    ],
  ])('%s', (_, changes, replaced) => {
    const expected = replaced.reduce((text, [from, to]) => text.replace(from, () => to), story);
    expect(replaced.length === 0 || expected !== story).toBe(true);
    expect(edit(story, ...changes)).toBe(expected);
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect(edit(windows(story), ...changes)).toBe(windows(expected));
  });

  test.each<[string, string, Change, string]>([
    ['an empty value', 'a:\nb: 1', { path: ['a'], value: 'x' }, 'a: x\nb: 1'],
    ['an empty value with a comment', 'a: # c\nb: 1', { path: ['a'], value: 'x' }, 'a: x # c\nb: 1'],
    ['an empty group', 'lead:\nb: 1', { path: ['lead', 'alt'], value: 'x' }, 'lead: { alt: x }\nb: 1'],
    ['an empty group in braces', 'lead: {} # c', { path: ['lead', 'alt'], value: 'x' }, 'lead: { alt: x } # c'],
    ['an empty list in brackets', 'topics: []', { path: ['topics', 0], value: 'x' }, 'topics: [x]'],
    ['a value on the next line', 'a:\n  # c\n  x # d\nb: 1', { path: ['a'], value: 'w' }, 'a:\n  # c\n  w # d\nb: 1'],
    ['a value of two lines', "a: 'x\n  y' # d\nb: 1", { path: ['a'], value: 'it’s' }, "a: 'it’s' # d\nb: 1"],
    ['quotation marks in quotation marks', "a: 'x'", { path: ['a'], value: "it's" }, "a: 'it''s'"],
    ['a value with a tag', 'a: !!str 12 # c', { path: ['a'], value: 13 }, 'a: 13 # c'],
    ['a group becomes text', 'a: # c\n  b: 1 # d\nz: 1', { path: ['a'], value: 'x' }, 'a: x # c\nz: 1'],
    [
      'text becomes a group of lines',
      'a: x # c\nz: 1',
      { path: ['a'], value: { b: { c: 1 } } },
      'a: # c\n  b: { c: 1 }\nz: 1',
    ],
    ['text with a header comment', 'a: | # c\n  x\nz: 1', { path: ['a'], value: 'w' }, 'a: w # c\nz: 1'],
    [
      'an entry that is text becomes a group',
      'l:\n  - x # c\n  - y',
      { path: ['l', 0], value: { b: { c: 1 } } },
      'l:\n  - b: { c: 1 } # c\n  - y',
    ],
    ['a list without indentation', 'l:\n- x\n- y\nz: 1', { path: ['l', 2], value: 'w' }, 'l:\n- x\n- y\n- w\nz: 1'],
    ['an entry before others', 'l:\n  - x\n  - y', { path: ['l'], value: ['w', 'x', 'y'] }, 'l:\n  - w\n  - x\n  - y'],
    ['an entry between others', 'l: [x, y]', { path: ['l'], value: ['x', 'w', 'y'] }, 'l: [x, w, y]'],
    ['an entry that goes', 'l:\n  - x # c\n  - y # d', { path: ['l'], value: ['y'] }, 'l:\n  - y # d'],
    [
      'a key in braces',
      'lead: { src: a, alt: b }',
      { path: ['lead', 'caption'], value: 'c, d' },
      'lead: { src: a, alt: b, caption: "c, d" }',
    ],
    ['the first key in braces', 'lead: { alt: b }', { path: ['lead', 'src'], value: 'a' }, 'lead: { src: a, alt: b }'],
    ['a key without value in braces', 'a: { b, c: , d: 1 }', { path: ['a', 'b'], value: 1 }, 'a: { b: 1, c: , d: 1 }'],
    [
      'no value after a colon in braces',
      'a: { b, c: , d: 1 }',
      { path: ['a', 'c'], value: 1 },
      'a: { b, c: 1 , d: 1 }',
    ],
    ['the last key in braces goes', 'a: { b: 1, c: 2 }', { path: ['a', 'c'], value: undefined }, 'a: { b: 1 }'],
    [
      'the first key is new',
      'published: 2025-01-01',
      { path: ['headline'], value: 'A' },
      'headline: A\npublished: 2025-01-01',
    ],
    [
      'after a text that keeps its empty lines',
      'headline: |+\n  A\n\n\nx: 1',
      { path: ['standfirst'], value: 'B' },
      'headline: |+\n  A\n\n\nstandfirst: B\nx: 1',
    ],
    [
      'after a text that does not',
      'headline: |\n  A\n\n\nx: 1',
      { path: ['standfirst'], value: 'B' },
      'headline: |\n  A\nstandfirst: B\n\n\nx: 1',
    ],
    [
      'after a text that ends with spaces',
      'headline: |-\n  A\n   \n\nx: 1',
      { path: ['standfirst'], value: 'B' },
      'headline: |-\n  A\n   \nstandfirst: B\n\nx: 1',
    ],
    ['only comments', '# c', { path: ['headline'], value: 'A' }, '# c\nheadline: A'],
    ['a copy of another value', 'a: &x 1\nb: *x', { path: ['b'], value: 2 }, 'a: &x 1\nb: 2'],
    ['a key in quotation marks', '"a b": 1', { path: ['a b'], value: 2 }, '"a b": 2'],
    ['a key that is a number', '2024: 1', { path: ['2024'], value: 2 }, '2024: 2'],
  ])('in all the ways to write YAML: %s', (_, before, change, after) => {
    expect(edit(`---\n${before}\n---\nText`, change)).toBe(`---\n${after}\n---\nText`);
    expect(textOf(editYaml(before, [change], frontMatterSchema)).trimEnd()).toBe(after);
  });

  test('line endings of both kinds, and characters that pages cannot contain, stay', () =>
    expect(edit('---\r\na: 1\nb: 2\r\nc: x\0y\n---\r\nT\n', { path: ['b'], value: 3 }, { path: ['d'], value: 4 })).toBe(
      '---\r\na: 1\nb: 3\r\nc: x\0y\r\nd: 4\n---\r\nT\n',
    ));

  test.each<[string, string, Change]>([
    ['no front matter', 'Text\n', { path: ['a'], value: 1 }],
    ['broken YAML', '---\na: [1\n---\n', { path: ['a'], value: 1 }],
    ['a value that others copy', '---\na: &x 1\nb: *x\n---\n', { path: ['a'], value: 2 }],
    ['a value that others copy goes', '---\na: &x 1\nb: *x\n---\n', { path: ['a'], value: undefined }],
  ])('the result says why nothing is changed: %s', (_, before, change) =>
    expect(editFrontMatter(before, [change])).toEqual({ refused: expect.stringMatching(/^[A-Z].*\.$/) }),
  );

  test('a path through text is a mistake in our own code', () => {
    expect(() => edit('---\na: x\n---\n', { path: ['a', 'b'], value: 1 })).toThrow(RangeError);
    expect(() => edit('---\na: [x]\n---\n', { path: ['a', 5], value: 1 })).toThrow(RangeError);
  });
});

describe('any change to any file', () => {
  const word = fc.constantFrom('headline', 'lead', 'src', 'topics', 'a', 'b c', 'x: y', '#', '2024');
  const small = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const { data } = fc.letrec<{ data: YamlValue }>((tie) => ({
    data: fc.oneof(
      { maxDepth: 3 },
      small,
      fc.array(tie('data'), { maxLength: 3 }),
      fc.dictionary(word, tie('data') as fc.Arbitrary<YamlValue>, { maxKeys: 3 }),
    ),
  }));
  const file = fc.record({
    fields: fc.dictionary(word, data, { minKeys: 1, maxKeys: 4 }),
    options: fc.record({
      collectionStyle: fc.constantFrom('any', 'any', 'block', 'flow'),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
      defaultKeyType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE'),
      indent: fc.constantFrom(2, 3, 4),
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 20, 80),
      every: fc.constantFrom(2, 3, 1000),
    }),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    mark: fc.constantFrom('', '\ufeff'),
  });

  /** The places in the data, and one that is new in each group. */
  const pathsIn = (inner: YamlValue, path: (string | number)[] = []): (string | number)[][] => [
    ...(path.length > 0 ? [path] : []),
    ...(inner === null || typeof inner !== 'object'
      ? []
      : [
          [...path, Array.isArray(inner) ? inner.length : 'caption'],
          ...(Array.isArray(inner) ? [...inner.keys()] : Object.keys(inner)).flatMap((key) =>
            pathsIn((inner as Record<string, YamlValue>)[key]!, [...path, key]),
          ),
        ]),
  ];

  /** YAML with comments wherever the library can write one. */
  function commented(fields: YamlValue, { every, ...options }: { every: number; collectionStyle: unknown }): string {
    const document = new Document(printableData(fields), { aliasDuplicateObjects: false });
    let count = 0;
    const comment = () => (++count % every === 0 ? ` comment ${count}` : undefined);
    visit(document, {
      Node: (_, node) => {
        if (options.collectionStyle === 'flow') return;
        Object.assign(node, { comment: comment(), commentBefore: comment() });
      },
    });
    return document.toString(options as never);
  }

  test('is read back as the changed data, and every byte outside the changed key stays', () => {
    let changed = 0;
    fc.assert(
      fc.property(file, data, fc.nat(), fc.boolean(), (made, value, pick, isRemoved) => {
        const { fields: before, options, lineEnd, mark } = made;
        const printed = commented(before, options);
        const open = `${mark}---\n`;
        const rest = '---\n\nheadline: Text\n'.replaceAll('\n', lineEnd);
        const all = `${open}${printed}`.replaceAll('\n', lineEnd) + rest;
        const source = readSource('a.md', bytes(all));
        fc.pre(!('problems' in source));
        const paths = pathsIn(source.data as YamlValue);
        const path = paths[pick % paths.length]!;
        const result = editFrontMatter(all, [{ path, value: isRemoved ? undefined : value }]);
        if ('refused' in result)
          throw new Error(`${result.refused}\n${JSON.stringify({ path, value, isRemoved })}\n${all}`);
        changed++;
        const after = readSource('a.md', bytes(result.text));
        if ('problems' in after) throw new Error(result.text);
        const at = (data: unknown): unknown =>
          path.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], data);
        if (!isRemoved) expect(at(after.data)).toEqual(printableData(value));
        const [key] = path;
        const others = (data: unknown) => Object.entries(data as object).filter(([name]) => name !== key);
        expect(others(after.data)).toEqual(others(source.data));
        // Everything but the lines from the key up to the next key.
        const { contents } = parseDocument(printed) as unknown as { contents: YAMLMap<Scalar, unknown> };
        if (contents.flow) return;
        const index = contents.items.findIndex((pair) => String(pair.key.value) === String(key));
        const start = contents.items[index]?.key.range?.[0] ?? printed.length;
        const end = contents.items[index + 1]?.key.range?.[0] ?? printed.length;
        const kept = (from: number, to?: number) => `${open}${printed}`.slice(from, to).replaceAll('\n', lineEnd);
        if (index < 0) return;
        const [head, tail] = [kept(0, open.length + start), kept(open.length + end)];
        expect(result.text.slice(0, head.length)).toBe(head);
        expect(result.text.slice(-tail.length - rest.length)).toBe(tail + rest);
      }),
      runs(3000),
    );
    expect(changed).toBeGreaterThan(1000);
  });

  test('a new key leaves every byte as it was', () =>
    fc.assert(
      fc.property(file, data, ({ fields: before, options, lineEnd, mark }, value) => {
        const all = `${mark}---\n${commented(before, options)}---\n\nText\n`.replaceAll('\n', lineEnd);
        fc.pre(!('problems' in readSource('a.md', bytes(all))));
        const after = edit(all, { path: ['standfirst'], value });
        let same = 0;
        while (same < all.length && all[same] === after[same]) same++;
        let end = 0;
        while (end < all.length && all.at(-1 - end) === after.at(-1 - end)) end++;
        expect(same + end).toBeGreaterThanOrEqual(all.length);
      }),
      runs(1000),
    ));
});

describe('editYaml', () => {
  test('a file without a line ending at its end', () =>
    expect(textOf(editYaml('name: A', [{ path: ['url'], value: 'b' }]))).toBe('name: A\nurl: b'));

  test('an empty file, and one that begins with hyphens', () => {
    expect(textOf(editYaml('', [{ path: ['a', 'title'], value: 'b' }]))).toBe('a: { title: b }\n');
    expect(textOf(editYaml('---\n', [{ path: ['a'], value: 'b' }]))).toBe('---\na: b\n');
    expect(textOf(editYaml('# ours\n{}\n', [{ path: ['a'], value: 'b' }]))).toBe('# ours\na: b\n');
  });

  test('what it writes is what readYamlFile reads', () => {
    const source = readYamlFile('a.yaml', bytes(textOf(editYaml('a: 1\n', [{ path: ['b', 'c'], value: ['d'] }]))));
    expect('data' in source && source.data).toEqual({ a: 1, b: { c: ['d'] } });
  });
});
