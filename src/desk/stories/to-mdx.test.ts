import { describe, expect, test } from 'vitest';
import { toMdx } from './to-mdx.ts';

describe('Markdown becomes MDX', () => {
  test.each([
    ['plain text', 'One *two* [three](story:a).\n\n- a\n- b\n', 'One *two* [three](story:a).\n\n- a\n- b\n'],
    ['braces', 'A {b} \\{c} `{d}`\n', 'A \\{b\\} \\{c\\} `{d}`\n'],
    ['angle brackets', 'If a < b, and c <3.\n', 'If a \\< b, and c \\<3.\n'],
    [
      'an address in brackets',
      'See <https://x.example/a?b=1>.\n',
      'See [https://x.example/a?b=1](https://x.example/a?b=1).\n',
    ],
    ['a comment', '<!-- Check this. -->\n\nOne <!-- x --> two.\n', '{/* Check this. */}\n\nOne {/* x */} two.\n'],
    ['a line break', 'One<br>two\n', 'One<br />two\n'],
    ['code that is indented', 'A:\n\n    a {\n    b\n\nC.\n', 'A:\n\n```\na {\nb\n```\n\nC.\n'],
    ['a paragraph that begins like code', 'import duties rose.\n', '&#105;mport duties rose.\n'],
    ['an alt text with braces', '![A {b}](c.jpg)\n', '![A \\{b\\}](c.jpg)\n'],
    ['fenced code', '```js\nconst a = {};\n<b>\n```\n', '```js\nconst a = {};\n<b>\n```\n'],
    ['Windows line ends', 'A {b}\r\n\r\n    code\r\n', 'A \\{b\\}\r\n\r\n```\r\ncode\r\n```\r\n'],
    ['tags', 'H<sub>2</sub>O and <cite>x</cite>\n', 'H<sub>2</sub>O and <cite>x</cite>\n'],
    [
      'a table and a footnote',
      '| a | b |\n| - | - |\n| {1} | 2 |\n\nA[^1]\n\n[^1]: {N}\n',
      '| a | b |\n| - | - |\n| \\{1\\} | 2 |\n\nA[^1]\n\n[^1]: \\{N\\}\n',
    ],
    ['nothing', '', ''],
  ])('%s', (_, before, after) => {
    expect(toMdx(before)).toEqual({ text: after });
  });

  test.each([
    ['a tag that is never closed', 'One.\n\nTwo <b>three.\n', 3],
    ['a block of HTML whose text would be read as Markdown', 'One.\n\n<div>\n<p>*a*\n</div>\n\nTwo.\n', 3],
  ])('%s is refused with its line', (_, before, line) => {
    const read = toMdx(before);
    expect(read).toHaveProperty('line');
    expect((read as { line: number }).line).toBeGreaterThanOrEqual(line);
  });
});
