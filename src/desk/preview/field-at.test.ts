import { expect, test } from 'vitest';
import { fieldAt } from './field-at.ts';

const head = `---
headline: "A: b" # note
byline:
  - ann
  - { name: Bob, role: Editor }
lead: { image: a.jpg, alt: A quay }
corrections:
  - date: 2025-01-01
    text: >
      Long
      text
    type: correction
pictures:
  b.jpg:
    alt: A pier
---
`;

test.each([
  [2, undefined, ['headline']],
  [3, undefined, ['byline']],
  [4, undefined, ['byline', 0]],
  [5, undefined, ['byline', 1]],
  [5, 18, ['byline', 1, 'role']],
  [6, undefined, ['lead']],
  [6, 23, ['lead', 'alt']],
  [8, undefined, ['corrections', 0]],
  [10, undefined, ['corrections', 0, 'text']],
  [12, undefined, ['corrections', 0, 'type']],
  [15, undefined, ['pictures', 'b.jpg', 'alt']],
  [1, undefined, undefined],
  [16, undefined, undefined],
])('line %s, column %s', async (line, column, path) => {
  expect(await fieldAt(head, false, line, column)).toEqual(path);
  expect(await fieldAt(head.replaceAll('\n', '\r\n'), false, line, column)).toEqual(path);
  // The same in a file of YAML.
  if (path) expect(await fieldAt(head.split('\n').slice(1, -2).join('\n'), true, line - 1, column)).toEqual(path);
});

test('what cannot be read has no fields', async () => {
  expect(await fieldAt('---\na: [\n---\n', false, 2, undefined)).toBeUndefined();
  expect(await fieldAt('', false, 1, undefined)).toBeUndefined();
});
