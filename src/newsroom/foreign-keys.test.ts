import { expect, test } from 'vitest';
import { withForeignKeys, withoutForeignKeys } from './foreign-keys.ts';

const keys = { title: 'A: "b"', date: '2025-02-12', tags: ['x', 'y: z'], description: undefined };

test.each([
  ['---\nheadline: A # note\n---\n\nText.\n'],
  ['\uFEFF---\r\nheadline: A\r\n---\r\n\r\nText.\r\n'],
  ['---  \n# Broadsheet\nheadline: A\n---\n# Broadsheet\n'],
  ['---\nheadline: |\n  A\n  # Broadsheet\n  b\n---\n'],
])('%j gets the keys of others, and is the same without them', (text) => {
  const extended = withForeignKeys(text, keys);
  expect(extended).toMatch(/\ntitle: .*A: .*\r?\ndate: 2025-02-12\r?\ntags: \[/);
  expect(withoutForeignKeys(extended)).toBe(text);
});

test.each([
  ['no front matter\n'],
  ['---\n{ headline: A }\n---\n'], // lines above would break it
  ['---\ntitle: own\nheadline: A\n---\n'],
])('%j stays as it is', (text) => expect(withForeignKeys(text, keys)).toBe(text));

test('the keys of others are also removed after another program has removed the comments', () => {
  const text = '---\nheadline: A\n---\n\nText.\n';
  const rewritten = withForeignKeys(text, keys).replace(/^# .*\n/gm, '');
  expect(rewritten).toMatch(/^---\ntitle/);
  expect(withoutForeignKeys(rewritten)).toBe(text);
});
