import { expect, test } from 'vitest';
import { withoutComments } from './comments.ts';

test.each([
  ['A <!-- b --> c.', 'A  c.'],
  ['A {/* b */} c {\n/* d\n e */\n} f.', 'A  c  f.'],
  ['<!-- a\n\nb -->c', 'c'],
  ['`<!-- a -->` and ``{/* ` */}``', '`<!-- a -->` and ``{/* ` */}``'],
  ['A ` alone <!-- b -->', 'A ` alone '],
  ['```html\n<!-- a -->\n```\n<!-- b -->c', '```html\n<!-- a -->\n```\nc'],
  ['~~~\n<!-- a -->\n```\n<!-- b -->', '~~~\n<!-- a -->\n```\n<!-- b -->'],
  ['<!-- open', '<!-- open'],
  ['{/* a */ b}', '{/* a */ b}'],
  ['--> <!-- a', '--> <!-- a'],
])('%j', (text, expected) => expect(withoutComments(text)).toBe(expected));

test.each(['<!--', '{/*', '`', '``a`', '{ ', '```\n', '--><!--', '*/{/*', '{/**/'])(
  '200,000 times %j is passed once',
  (sign) => expect(withoutComments(sign.repeat(200_000)).length).toBeGreaterThan(0),
);
