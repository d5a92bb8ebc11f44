import { expect, test } from 'vitest';
import { isUntouched } from './untouched.ts';

const link = (url: string) =>
  /^https?:\/\/old\.example\/x/.test(url)
    ? ({ kind: 'story', url: 'story:x' } as const)
    : /^https?:/.test(url)
      ? ({ kind: 'keep' } as const)
      : ({ kind: 'dead' } as const);

test('plain text with links to others needs no parser', () => {
  expect(
    isUntouched(
      'Text **b** [a](https://x.example/a_(b)) <https://y.example> <Buffer> ### c\n\n[d]: https://z.example "T"',
      link,
    ),
  ).toBe(true);
});

test.each([
  '![a](b)',
  'a <img src=x>',
  '[a](/b)',
  '[a](<b>)',
  '[a](https://old.example/x)',
  'see https://old.example/x.',
  '(https://old.example/x)',
  '[a]:\n/b',
  '<javascript:x>',
  '[a](\\/b)',
  '[a](&#106;s:x)',
  '# Headline',
  'Headline\n===',
  '<a\nhref=x>',
])('in doubt a parser looks: %s', (text) => expect(isUntouched(text, link)).toBe(false));
