import { expect, test } from 'vitest';
import { convertBody } from './body/convert.ts';
import { withoutDeepBrackets } from './deep-brackets.ts';
import { unspliced } from './splice.ts';

const context = {
  ...{ file: 'a.md', headline: 'A' },
  lineOf: () => 1,
  link: () => ({ kind: 'keep' as const }),
  picture: () => ({ kind: 'away' as const }),
};
const shallow = (text: string) => withoutDeepBrackets(unspliced(text), context);

test.each([
  ['nested pictures', `${'!['.repeat(4000)}a${'](b)'.repeat(4000)}`],
  ['nested links', `${'['.repeat(4000)}a${'](b)'.repeat(4000)}`],
  ['brackets that nothing closes', '['.repeat(100_000)],
  ['brackets that nothing opens', '](b)'.repeat(30_000)],
  ['signs that nothing closes', '*a'.repeat(100_000)],
  ['different signs', '_a*b~~c '.repeat(40_000)],
])('%s take no longer than their length demands', { timeout: 60_000 }, (_, text) => {
  const { spliced, changes } = shallow(`Before.\n\n${text}\n\nAfter.`);
  expect(changes).toHaveLength(1);
  const before = process.cpuUsage().user;
  const body = convertBody(spliced, context).text;
  // Without the backslashes, the first takes 16 s.
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(10);
  expect(body.startsWith('Before.')).toBe(true);
  expect(body.trimEnd().endsWith('After.')).toBe(true);
});

test.each([
  ['a list of links', '[a](b) '.repeat(5000)],
  ['many paragraphs', '*a* [b\n\n'.repeat(20_000)],
  ['a log in code', `\`\`\`\n${'\u241b[31mred\n'.repeat(5000)}\`\`\``],
  ['escaped brackets', '\\['.repeat(5000)],
  ['some nesting', `${'['.repeat(90)}a${'](b)'.repeat(90)}`],
])('%s stays as it is', (_, text) => {
  expect(shallow(text)).toEqual({ spliced: expect.objectContaining({ text }), changes: [] });
});
