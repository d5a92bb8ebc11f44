import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../yaml/source.ts';
import { compileBody } from '../body/compile.ts';
import { elements } from '../elements.ts';
import { lostInStory } from './lost-in-story.ts';

// The gate: no story in the demo newsroom, and no example of a component, loses a word or prints markup. Its canaries
// are the same stories with one defect each.

const root = join(import.meta.dirname, '../../../content');
const stories = (['stories', 'pages'] as const).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, folder, file), 'utf8') })),
);

const alarmsOf = (file: string, text: string): string[] => {
  const format = file.endsWith('.mdx') ? 'mdx' : 'md';
  const source = readSource(file, new TextEncoder().encode(text));
  if ('problems' in source) throw new Error(source.problems[0]?.message);
  const body = compileBody(
    { text: source.body, format, file, firstLine: source.bodyLine },
    { language: 'en', base: '' },
  );
  const errors = body.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors[0]?.message);
  const { lost, warnings } = lostInStory({ file, format, source, body, language: 'en' });
  return [...lost, ...warnings].map(({ rule, line, message }) => `${rule} ${file}:${line} ${message}`);
};

test('the demo newsroom causes no message', () => {
  expect(stories.length).toBeGreaterThan(25);
  expect(stories.flatMap(({ file, text }) => alarmsOf(file, text))).toEqual([]);
});

test.each(Object.entries(elements))('and neither does the example of %s', (_, { example }) => {
  expect(alarmsOf('a.mdx', `---\nheadline: One\n---\n\n${example}\n`)).toEqual([]);
});

describe('the gate detects a defect in every story', () => {
  test.each([
    ['a footnote that nothing refers to', (text: string) => `${text}\n\n[^seeded]: Seeded words.\n`, 'words-lost'],
    ['a cell too many', (text: string) => `${text}\n\n| a | b |\n| - | - |\n| c | d | seeded |\n`, 'words-lost'],
    [
      'a headline that is cut',
      (text: string) => text.replace(/^headline: .*$/m, 'headline: Seeded #1 words'),
      'words-lost',
    ],
    ['a footnote that is not there', (text: string) => `${text}\n\nSeeded[^seeded].\n`, 'markup-leftover'],
    ['a heading without a space', (text: string) => `${text}\n\n##Seeded words\n`, 'markup-leftover'],
  ])('%s', (_, seeded, rule) => {
    for (const { file, text } of stories) {
      const alarms = alarmsOf(file, seeded(text));
      expect(alarms, file).toHaveLength(1);
      expect(alarms[0], file).toContain(rule);
    }
  });

  test('a comment and a video that never end, in .md', () => {
    for (const { file, text } of stories.filter((story) => story.file.endsWith('.md')))
      for (const defect of ['<!-- seeded', '<video src="seeded.mp4" />'])
        expect(alarmsOf(file, `${text}\n\n${defect}\n\nSeeded words.\n`).join(), file).toContain('words-lost');
  });
});
