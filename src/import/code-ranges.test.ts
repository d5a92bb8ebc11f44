import { expect, test } from 'vitest';
import { codeRanges } from './code-ranges.ts';

const codeIn = (text: string): string[] => codeRanges(text).map(([start, end]) => text.slice(start, end));

test.each([
  ['no code', 'A line.\n\nAnother ~line~.', []],
  ['code ends at the next run of the same length', 'a `b ``c` d`` e', ['`b ``c`']],
  ['a run that nothing closes is text', 'a ``b` c `d` e', ['` c `']],
  ['code does not continue in the next paragraph', 'a `b\n\nc` d `e`', ['` d `']],
  ['a fence', 'a\n\n```js\nb `c\n```\n\n`d`', ['```js\nb `c\n```', '`d`']],
  ['a fence of tildes', '~~~\na\n~~~', ['~~~\na\n~~~']],
  ['a fence in a list', '- ```\n  a\n  ```\n', ['- ```\n  a\n  ```']],
  ['a fence that nothing closes', 'a\n\n````\nb\n```\n', ['````\nb\n```\n']],
])('%s', (_, text, code) => {
  expect(codeIn(text)).toEqual(code);
});

test('a paragraph with a hundred thousand backticks is read in one pass', () => {
  expect(codeIn('`a` '.repeat(100_000))).toHaveLength(100_000);
  expect(codeIn(Array.from({ length: 2000 }, (_, at) => '`'.repeat(at + 1)).join(' '))).toEqual([]);
});
