import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frontMatterSchema } from '../../story/schema.ts';
import { applyChange, Unfaithful } from './apply-change.ts';
import { someEdit, someFile } from './documents.fixture.ts';
import type { FieldEdit } from './edits.ts';
import { readDocument } from './read-document.ts';
import { withFieldEdits } from './values.ts';

const story = { schema: frontMatterSchema };
const edited = (text: string, ...edits: FieldEdit[]) => applyChange(text, { edits }, story);
const front = (yaml: string, body = 'Text\n') => `---\n${yaml}---\n${body}`;

describe('one field changes, and no byte outside its value', () => {
  test.each<[string, string, FieldEdit, string]>([
    ['a text', 'headline: A # c\nx: 1\n', { path: ['headline'], value: 'B: c' }, 'headline: "B: c" # c\nx: 1\n'],
    ['a nested key', 'lead: { src: a.jpg }\n', { path: ['lead', 'alt'], value: 'b' }, 'lead: { src: a.jpg, alt: b }\n'],
    [
      'a key with dots is one segment',
      'pictures:\n  a.jpg:\n    alt: x\n  a: { jpg: y }\n',
      { path: ['pictures', 'a.jpg', 'caption'], value: 'c' },
      'pictures:\n  a.jpg:\n    alt: x\n    caption: c\n  a: { jpg: y }\n',
    ],
    ['an entry is added', 'byline: [ann]\n', { path: ['byline', 1], insert: 'bo' }, 'byline: [ann, bo]\n'],
    ['an entry comes first', 'byline: [ann]\n', { path: ['byline', 0], insert: 'bo' }, 'byline: [bo, ann]\n'],
    ['the first entry of all', 'headline: A\n', { path: ['byline', 0], insert: 'bo' }, 'headline: A\nbyline: [bo]\n'],
    ['an entry of an empty list', 'byline:\nx: 1\n', { path: ['byline', 0], insert: 'bo' }, 'byline: [bo]\nx: 1\n'],
    [
      'a list that is written as text',
      'byline: ann # c\n',
      { path: ['byline', 1], insert: 'bo' },
      'byline: [ann, bo] # c\n',
    ],
    ['its only entry', 'byline: ann # c\n', { path: ['byline', 0], value: 'bo' }, 'byline: [bo] # c\n'],
    [
      'text becomes a group',
      'byline:\n  - ann # c\n  - bo\n',
      { path: ['byline', 0], value: { name: 'Ann', role: 'Reporter' } },
      'byline:\n  - { name: Ann, role: Reporter } # c\n  - bo\n',
    ],
    ['an entry is removed', 'byline: [ann, bo]\n', { path: ['byline', 0] }, 'byline: [bo]\n'],
    ['the last entry takes the list with it', 'x: 1\nbyline: [ann]\n', { path: ['byline', 0] }, 'x: 1\n'],
    [
      'an entry moves with its comments',
      'byline:\n  # the reporter\n  - ann # at sea\n  # the editor\n  - name: Bo\n    # until May\n    role: Editor\n\n  - cy\nx: 1\n',
      { path: ['byline'], move: { from: 0, to: 1 } },
      'byline:\n  # the editor\n  - name: Bo\n    # until May\n    role: Editor\n  # the reporter\n  - ann # at sea\n\n  - cy\nx: 1\n',
    ],
    [
      'the comment above a list stays',
      'byline:\n  # in the order of the alphabet\n  - bo\n  - ann',
      { path: ['byline'], move: { from: 0, to: 1 } },
      'byline:\n  # in the order of the alphabet\n  - ann\n  - bo',
    ],
    [
      'in brackets, commas and comments stay',
      'byline: [ ann, # c\n  bo,cy ]\n',
      { path: ['byline'], move: { from: 2, to: 0 } },
      'byline: [ cy, # c\n  ann,bo ]\n',
    ],
    [
      'a key gets another name',
      'pictures: { a.jpg: { alt: x } }\n',
      { path: ['pictures', 'a.jpg'], key: 'b: c.jpg' },
      'pictures: { "b: c.jpg": { alt: x } }\n',
    ],
    ['a key of digits', '2024: { title: A }\n', { path: [2024, 'title'], value: 'B' }, '2024: { title: B }\n'],
    ['a place as text', 'byline: [ann, bo]\n', { path: ['byline', '1'], value: 'cy' }, 'byline: [ann, cy]\n'],
    [
      'a copy of another group',
      'a: &x { b: 1 }\nc: *x # d\n',
      { path: ['c', 'b'], value: 2 },
      'a: &x { b: 1 }\nc: { b: 2 } # d\n',
    ],
    [
      'a key after a question mark',
      '? headline\n: A\nx: 1 # c\n',
      { path: ['x'], value: 2 },
      '? headline\n: A\nx: 2 # c\n',
    ],
    ['a folded text', 'note: >- # c\n  a\n  b\nx: 1\n', { path: ['note'], value: 'a c' }, 'note: a c # c\nx: 1\n'],
    [
      'a text of several lines',
      'note: | # c\n  a\n  b\n',
      { path: ['note'], value: 'a\nc\n' },
      'note: | # c\n  a\n  c\n',
    ],
    [
      'JSON',
      '{ "headline": "A", "lead": {"src": "a.jpg"} }\n',
      { path: ['lead', 'src'], value: 'b.jpg' },
      '{ "headline": "A", "lead": {"src": "b.jpg"} }\n',
    ],
    [
      'a new key has its place',
      'headline: A\npublished: 2025-01-01\n',
      { path: ['standfirst'], value: 'B' },
      'headline: A\nstandfirst: B\npublished: 2025-01-01\n',
    ],
    [
      'a new key below unknown ones',
      'headline: A\nmine: 1\n',
      { path: ['standfirst'], value: 'B' },
      'headline: A\nstandfirst: B\nmine: 1\n',
    ],
    ['what is already so', 'headline: A\n', { path: ['headline'], value: 'A' }, 'headline: A\n'],
    ['what was never there', 'headline: A\n', { path: ['lead', 'alt'] }, 'headline: A\n'],
    ['nothing remains', 'headline: A\n', { path: ['headline'] }, ''],
  ])('%s', (_, before, edit, after) => {
    const bodies = ['Text\n', '\n\nText', '', '\n---\n\nMore\n---\n'];
    for (const body of bodies) {
      const closed = (yaml: string) => front(yaml.endsWith('\n') || yaml === '' ? yaml : `${yaml}\n`, body);
      expect(edited(closed(before), edit)).toBe(closed(after));
      const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
      expect(edited(windows(closed(before)), edit)).toBe(windows(closed(after)));
      expect(edited(closed(before).replaceAll('\n', '\r'), edit)).toBe(closed(after).replaceAll('\n', '\r'));
    }
    expect(applyChange(before, { edits: [edit] }, { ...story, isYaml: true })).toBe(after);
  });
});

describe('the body', () => {
  test.each<[string, string, string, string]>([
    ['is replaced alone', front('a: 1\n', '\nOld\n'), '\nNew', front('a: 1\n', '\nNew')],
    ['a file of Windows', '\ufeff---\r\na: 1\r\n---\r\nOld', 'New\r\n', '\ufeff---\r\na: 1\r\n---\r\nNew\r\n'],
    ['front matter without a line ending after it', '---\na: 1\n---', 'New\n', '---\na: 1\n---\nNew\n'],
    ['the same without a text', '---\na: 1\n---', '', '---\na: 1\n---'],
    ['no front matter', '\ufeffOld', 'New', '\ufeffNew'],
    ['hyphens in a text below empty front matter', '---\n---\nOld\n', 'A\n\n---\n\nB\n', '---\n---\nA\n\n---\n\nB\n'],
    ['control characters', '---\na: x\0\x07y\n---\nOld', 'New', '---\na: x\0\x07y\n---\nNew'],
  ])('%s', (_, before, body, after) => expect(applyChange(before, { body }, story)).toBe(after));

  test('a text that would be front matter is refused', () =>
    expect(() => applyChange('Old', { body: '---\na: 1\n---\n' }, story)).toThrow(Unfaithful));

  test('of broken YAML can be changed, but no field can', () => {
    expect(applyChange(front('a: [1\n'), { body: 'New' }, story)).toBe(front('a: [1\n', 'New'));
    expect(() => edited(front('a: [1\n'), { path: ['a'], value: 2 })).toThrow(
      /^Line 2 cannot be read\. This is not valid YAML/,
    );
  });

  test('with the first field of a file that had none', () => {
    expect(edited('Text\n', { path: ['headline'], value: 'A' })).toBe(front('headline: A\n'));
    expect(edited('\ufeffText\r\n', { path: ['headline'], value: 'A' })).toBe(
      '\ufeff---\r\nheadline: A\r\n---\r\nText\r\n',
    );
    expect(edited('', { path: ['headline'], value: 'A' })).toBe('---\nheadline: A\n---\n');
  });

  test('the source view replaces everything', () =>
    expect(
      applyChange(front('a: 1\n'), { text: '---\nb: [', body: 'x', edits: [{ path: ['a'], value: 2 }] }, story),
    ).toBe('---\nb: ['));
});

test.each<[string, string, FieldEdit]>([
  ['past the end of a list', 'byline: [ann]\n', { path: ['byline', 4], value: 'x' }],
  ['an entry that is gone moves', 'byline: [ann]\n', { path: ['byline'], move: { from: 1, to: 0 } }],
  ['a key of a text', 'lead: a.jpg\n', { path: ['lead', 'alt'], value: 'x' }],
  ['a name that is taken', 'pictures: { a: { alt: x }, b: { alt: y } }\n', { path: ['pictures', 'a'], key: 'b' }],
  ['a value that others copy', 'a: &x 1\nb: *x\n', { path: ['a'], value: 2 }],
  ['a list of nothing but text', '- a\n- b\n', { path: ['headline'], value: 'A' }],
  ['front matter that is not closed', '', { path: ['headline'], value: 'A' }],
])('what cannot be done is said in words for an editor, and nothing is changed: %s', (_, yaml, edit) => {
  const text = yaml === '' ? '---\nheadline: B\n\nText\n' : front(yaml);
  expect(() => edited(text, { path: ['kicker'], value: 'K' }, edit)).toThrow(Unfaithful);
  expect(() => edited(text, edit)).toThrow(/^[A-Z].*\.$/);
});

describe('any edits of any file', () => {
  test('give the values that the form shows, and other keys and the body keep every byte', () => {
    let changed = 0;
    fc.assert(
      fc.property(someFile, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), ({ text, body }, picks) => {
        const before = readDocument(text);
        fc.pre(!before.fault);
        const edits: FieldEdit[] = [];
        for (const pick of picks) edits.push(someEdit(withFieldEdits(before.values, edits), pick));
        const after = edited(text, ...edits);
        const read = readDocument(after);
        expect(read.values).toEqual(withFieldEdits(before.values, edits));
        expect(after.slice(read.bodyStart)).toBe(body);
        expect(read.eol).toBe(before.eol);
        // One after another is the same as all at once.
        expect(edits.reduce((file, edit) => edited(file, edit), text)).toBe(after);
        changed += after === text ? 0 : 1;
      }),
      { numRuns: 450, seed: 20_261_128 },
    );
    expect(changed).toBeGreaterThan(400);
  });
});
