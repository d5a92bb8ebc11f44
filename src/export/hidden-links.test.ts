import { expect, test } from 'vitest';
import { withoutLinksTo } from './hidden-links.ts';

const hidden = new Set(['2025/05/plan', 'p l']);

test.each([
  ['md', 'See [the *plan*](story:2025/05/plan "soon") now.', 'See the *plan* now.'],
  [
    'md',
    'See [the plan](story:2025/05/plan#part), [open](story:2025/02/open).',
    'See the plan, [open](story:2025/02/open).',
  ],
  ['md', 'See [the plan][p] and [q].\n\n[p]: story:2025/05/plan\n[q]: /q/\n', 'See the plan and [q].\n\n\n[q]: /q/\n'],
  ['md', 'See [p].\n\n[p]: <story:p%20l>\n', 'See p.\n\n\n'],
  ['md', 'See <story:2025/05/plan>.', 'See .'],
  [
    'md',
    'See <a href="story:2025/05/plan">the <b>plan</b></a> and <a href="/x/">x</a>.',
    'See the <b>plan</b> and <a href="/x/">x</a>.',
  ],
  ['md', "<div><a href='story:2025/05/plan'>the plan</a></div>\n", '<div>the plan</div>\n'],
  ['md', 'In code: `[x](story:2025/05/plan)`', 'In code: `[x](story:2025/05/plan)`'],
  ['md', '| a |\n| - |\n| [x](story:2025/05/plan) |', '| a |\n| - |\n| x |'],
  ['mdx', '<RichLink to="story:2025/05/plan" title="A < plan" />\n', 'A &#60; plan\n'],
  ['mdx', '<RichLink to="story:2025/05/plan" />\n\nText', '\n\nText'],
  [
    'mdx',
    '<FactBox title="x">\n\nSee [it](story:2025/05/plan).\n\n</FactBox>',
    '<FactBox title="x">\n\nSee it.\n\n</FactBox>',
  ],
  ['mdx', 'See <a href="story:2025/05/plan">the plan</a>.', 'See the plan.'],
] as const)('%s: %s', (format, text, expected) => {
  expect(withoutLinksTo(text, format, hidden)).toBe(expected);
});

test('a text without such links stays as it is', () => {
  const text = 'See [a](story:2025/02/open) and [b](/b/).\n\n<a href="story:x">x</a>\n';
  expect(withoutLinksTo(text, 'md', hidden)).toBe(text);
  expect(withoutLinksTo('[a](story:2025/05/plan)', 'md', new Set())).toBe('[a](story:2025/05/plan)');
});
