import { expect, test } from 'vitest';
import { readFrontMatter } from './front-matter.ts';

const read = (head: string, body = 'Body') => {
  const { data, bodyStart, note } = readFrontMatter(`${head}${body}`);
  return { data: Object.fromEntries(data), body: `${head}${body}`.slice(bodyStart), note };
};
const yaml = (head: string) => read(`---\n${head}\n---\n`);

// What PyYAML and Ruby read, and our parser alone refuses.
test.each([
  ['text in double quotation marks that goes on at the beginning of a line', 'title: "one\ntwo"\nx: 1', 'one two'],
  ['the same in single ones', "title: 'it''s\ntwo'\nx: 1", "it's two"],
  ['an escaped end of line', 'title: "one \\\ntwo"\nx: 1', 'one two'],
  ['an empty line in it', 'title: "one\n\ntwo"\nx: 1', 'one\ntwo'],
  ['a key in it', 'title: "one\ndate: two"\nx: 1', 'one date: two'],
  ['a list in brackets', 'title: [one,\ntwo\n]\nx: 1', ['one', 'two']],
  ['a mapping in braces', 'title: {a: "one",\nb: two\n}\nx: 1', { a: 'one', b: 'two' }],
  ['an item of a list', 'title:\n- "one\ntwo"\n- three\nx: 1', ['one two', 'three']],
])('%s is valid', (_, head, title) => {
  expect(yaml(head)).toEqual({ data: { title, x: 1 }, body: 'Body', note: undefined });
});

test.each([
  ['a colon', 'title: Foo: the "bar"', 'Foo: the "bar"'],
  ['text after quotation marks', 'title: "Foo" and bar', '"Foo" and bar'],
  ['a sign that YAML reserves', 'title: @home', '@home'],
  ['a percentage', 'title: %x', '%x'],
  ['a quotation mark that does not close', 'title: "Foo', '"Foo'],
  ['an unknown escape', 'title: "C:\\dir"', 'C:\\dir'],
  ['an alias of nothing', 'title: *bold* words', '*bold* words'],
  ['a line that goes on', 'title: Foo: bar\n  and more', 'Foo: bar and more'],
])('%s costs only its own entry', (_, head, title) => {
  expect(yaml(`a: [1, 2]\n${head}\nimage:\n  path: x.jpg\n  caption: "Y"\ntags:\n  - x\nyes: true`)).toEqual({
    data: { a: [1, 2], title, image: { path: 'x.jpg', caption: 'Y' }, tags: ['x'], yes: true },
    body: 'Body',
    note: 'front matter is not valid YAML; read line by line',
  });
});

test('a broken entry inside another costs only itself', () => {
  expect(yaml('title: A\nimage:\n  path: x.jpg\n  caption: Photo: "Ann" B\n  alt: C').data).toEqual({
    title: 'A',
    image: { path: 'x.jpg', caption: 'Photo: "Ann" B', alt: 'C' },
  });
});

test.each([
  ['empty lines before the fence', '\n\n---\ntitle: A\ndate: 2015-01-01\n---\n'],
  ['longer fences', '-----\ntitle: A\ndate: 2015-01-01\n-----\n'],
  ['dots at the end', '---\ntitle: A\ndate: 2015-01-01\n...\n'],
  ['Hexo without an opening fence', 'title: A\ndate: 2015-01-01\n---\n'],
  ['Pelican', 'Title: A\nDate: 2015-01-01\n\n'],
  ['JSON between semicolons', ';;;\n"title": "A",\n"date": "2015-01-01"\n;;;\n'],
  ['JSON in a fence', '---json\n{ "title": "A", "date": "2015-01-01" }\n---\n'],
  ['JSON', '\n{\n"title": "A", "date": "2015-01-01" }\n'],
  ['TOML in YAML’s fence', '---toml\ntitle = "A"\ndate = 2015-01-01\n---\n'],
  ['TOML', '\n+++\ntitle = "A"\ndate = 2015-01-01\n+++\n'],
])('%s', (_, head) => {
  const { data, body, note } = read(head);
  const folded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key.toLowerCase(), value]));
  expect(folded).toEqual({ title: 'A', date: '2015-01-01' });
  expect(body.trim()).toBe('Body');
  expect(note).toBeUndefined();
});

test.each([
  'Note: a heading\n---\n\n',
  'Title of the text: a heading\n---\n\n',
  '---\n\nA rule\n\n---\n',
  'Dear reader: this is text.\n\n',
  '{ "a": not data\n',
  'Title: only a line\n\n',
])('%j is text', (head) => {
  expect(read(head)).toEqual({ data: {}, body: `${head}Body`, note: undefined });
});

test('JavaScript is not run', () => {
  const { data, note } = read('---js\n{\n  title: "A",\n  date: new Date(),\n}\n---\n');
  expect(data).toMatchObject({ title: 'A' });
  expect(note).toContain('not run');
});
