import { expect, test } from 'vitest';
import { readFrontMatter } from './front-matter.ts';

const read = (text: string) => {
  const { data, bodyStart, note } = readFrontMatter(text);
  return { data: Object.fromEntries(data), body: text.slice(bodyStart), note };
};

test('YAML of Jekyll, Eleventy and Astro', () => {
  expect(read('---\ntitle: A\ndate: 2015-01-01\ntags: [x, y]\n---\nBody\n')).toEqual({
    data: { title: 'A', date: '2015-01-01', tags: ['x', 'y'] },
    body: 'Body\n',
    note: undefined,
  });
});

test('TOML of Hugo, its dates as text', () => {
  expect(
    read('+++\ntitle = "A"\ndate = 2015-01-01T10:00:00+01:00\nday = 2015-01-02\n[params]\nsubtitle = "B"\n+++\nBody'),
  ).toMatchObject({
    data: { title: 'A', date: '2015-01-01T10:00:00.000+01:00', day: '2015-01-02', params: { subtitle: 'B' } },
    body: 'Body',
  });
});

test('JSON of Hugo, braces in its words too', () => {
  expect(read('{\n  "title": "A } B",\n  "tags": ["x"]\n}\nBody')).toMatchObject({
    data: { title: 'A } B', tags: ['x'] },
    body: 'Body',
  });
});

test('broken YAML is read line by line, so that a colon in a headline loses no story', () => {
  expect(read('---\ntitle: Foo: the "bar"\ndate: 2015-01-01\ntags:\n  - x\n---\nBody')).toEqual({
    data: { title: 'Foo: the "bar"', date: '2015-01-01', tags: ['x'] },
    body: 'Body',
    note: 'front matter is not valid YAML; read line by line',
  });
});

test('a doubled key is no reason to stop, nor is a heap of aliases', () => {
  expect(read('---\ntitle: A\ntitle: B\n---\n').data.title).toBe('B');
  const bomb = `---\ntitle: A\na: &a [x,x]\n${[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`).join('\n')}\n---\nBody`;
  expect(read(bomb)).toMatchObject({ data: { title: 'A' }, body: 'Body' });
});

test('a line across the page is no front matter, and a fence that never closes is text', () => {
  expect(read('---\n\nJust text\n\n---\n').data).toEqual({});
  expect(read('---\ntitle: A\n').body).toBe('---\ntitle: A\n');
});
