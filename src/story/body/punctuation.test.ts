import { expect, test } from 'vitest';
import { compileBody } from './compile.ts';

const paragraph = (text: string, language: string): string => {
  const { body } = compileBody({ text, format: 'md', file: 'x', firstLine: 1 }, { language, base: '' });
  return body[0]?.kind === 'html' ? body[0].html.replace(/^<p>|<\/p>$/g, '') : '';
};

test.each([
  ['en', '“It is ‘so’, don’t you know” – and…'],
  ['en-IE', '“It is ‘so’, don’t you know” – and…'],
  ['de', '„It is ‚so‘, don’t you know“ – and…'],
  ['de-CH', '«It is ‹so›, don’t you know» – and…'],
  ['fr', '«\u202FIt is “so”, don’t you know\u202F» – and…'],
  ['es', '«It is “so”, don’t you know» – and…'],
  ['it', '«It is “so”, don’t you know» – and…'],
  ['nl', '“It is ‘so’, don’t you know” – and…'],
  ['pl', '„It is «so», don’t you know” – and…'],
  ['pt', '“It is ‘so’, don’t you know” – and…'],
  ['da', '»It is ›so‹, don’t you know« – and…'],
  ['sv', '”It is ’so’, don’t you know” – and…'],
  ['nb', '«It is ‘so’, don’t you know» – and…'],
  ['fi', '”It is ’so’, don’t you know” – and…'],
  ['ru', '«It is „so“, don’t you know» – and…'],
  ['uk', '«It is „so“, don’t you know» – and…'],
  ['cs', '„It is ‚so‘, don’t you know“ – and…'],
  ['xx', '“It is ‘so’, don’t you know” – and…'],
])('%s has its own quotation marks', (language, expected) => {
  expect(paragraph(`"It is 'so', don't you know" -- and...`, language)).toBe(expected);
});

test('typographic characters stay as typed', () => {
  expect(paragraph('Er sagte „gut“ und "besser" und “worse”.', 'de')).toBe('Er sagte „gut“ und „besser“ und “worse”.');
  expect(paragraph('L’eau “x” \\"y\\"', 'fr')).toBe('L’eau “x” "y"');
});

test('French spaces that were typed do not break, and none is added', () => {
  expect(paragraph('Oui ! « Non » ; quoi : bien? 12:30', 'fr')).toBe(
    'Oui\u202F! «\u202FNon\u202F»\u202F; quoi\u00A0: bien? 12:30',
  );
});

test('code, addresses, and captions are left alone', () => {
  expect(paragraph('`"a" -- b` <https://h.example/?q="x">', 'de')).toContain('<code>"a" -- b</code>');
  expect(paragraph('[x](https://h.example/“a”)', 'de')).toContain('href="https://h.example/%E2%80%9Ca%E2%80%9D"');
});

test('a quotation can contain markup, and ends with its paragraph', () => {
  expect(paragraph('"a *b* c"', 'de')).toBe('„a <em>b</em> c“');
  expect(paragraph('"open\n\n"next"', 'de')).toBe('„open</p>\n<p>„next“');
});
