import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Body } from './body/body.ts';
import { compileBody } from './body/compile.ts';
import { elementStates } from './element-states.ts';
import { defineElement, type ElementAttributes, elements } from './elements.ts';

const compile = (text: string, known = {}) =>
  compileBody(
    { text, format: 'mdx', file: 'x', firstLine: 1 },
    { language: 'en', base: '', known: { ...elements, ...known } },
  );

test.each(Object.entries(elements))('%s is documented', (_, element) => {
  expect(element.description).toMatch(/^[A-Z].*\.$/);
  for (const attribute of Object.values(element.attributes.shape))
    expect((attribute as z.ZodType).description).toMatch(/\.$/);
});

describe.each(Object.entries(elementStates))('%s', (_, { states, wrong }) => {
  test.each(Object.entries(states))('compiles without a problem: %s', (_, source) => {
    const { problems, body } = compile(source);
    expect(problems).toEqual([]);
    const isPicture = source.startsWith('<Picture') || source.startsWith('<Figure');
    expect(body.some((part) => part.kind === (isPicture ? 'picture' : 'element'))).toBe(source.startsWith('<'));
  });
  test.each(Object.entries(wrong))(
    'says what is wrong, where, and how to correct it: %s',
    (_, { source, rule, severity }) => {
      const { problems } = compile(`Text\n\n${source}`);
      expect(problems.map((problem) => `${problem.severity} ${problem.rule}`)).toEqual([
        `${severity ?? 'error'} ${rule}`,
      ]);
      expect(problems[0]).toMatchObject({ file: 'x', message: expect.stringMatching(/\.$|"$/) });
      expect(problems[0]!.line).toBeGreaterThanOrEqual(3);
      if (rule !== 'story-attribute-wrong') expect(problems[0]!.hint).toBeTruthy();
    },
  );
});

test('a warning of one kind is given once for a story', () => {
  const { problems } = compile(
    '> a\n\n## A\n\n> b\n\n#### B\n\n###### C\n\n| | |\n|-|-|\n| 1 | 2 |\n\ntext\n\n| | |\n|-|-|\n| 1 | 2 |\n',
  );
  expect(problems.map(({ rule, line }) => `${rule} ${line}`)).toEqual([
    'quote-without-source 1',
    'heading-jump 7',
    'table-without-header 11',
  ]);
});

test('a heading in a component is one level below the heading above it, and changes none after it', () => {
  const { body } = compile(
    '<KeyPoints>\n- a\n</KeyPoints>\n\n## A\n\n### B\n\n<FactBox title="F">\n## In\n\nText\n</FactBox>\n\n#### C\n\n## D\n\n<Questions>\n#### Q\n\nA\n</Questions>',
  );
  const levels = (parts: Body): string[] =>
    parts.flatMap((part) => {
      if (part.kind === 'html') return part.html.match(/(?<=<h)\d/g) ?? [];
      return part.kind === 'element' ? [`${part.name} ${part.level}`, ...levels(part.children)] : [];
    });
  expect(levels(body)).toEqual(['KeyPoints 2', '2', '3', 'FactBox 4', '5', '4', '2', 'Questions 3', '4']);
});

test('a newsroom adds its own in one place', () => {
  const Quiz = defineElement({
    description: 'A quiz.',
    example: '<Quiz id="a" />',
    attributes: z.strictObject({ id: z.string() }),
    children: 'none',
  });
  expect(compile('<Quiz id="a" />', { Quiz }).body).toEqual([
    { kind: 'element', name: 'Quiz', attributes: { id: 'a' }, children: [], line: 1 },
  ]);
  expect(compile('<Quiz id="a" />').problems[0]?.rule).toBe('story-element-unknown'); // canary: it was not known before
});

test('the types of attributes are inferred from the map', () => {
  const attributes: ElementAttributes<'PullQuote'> = { by: 'A', role: 'b' };
  // @ts-expect-error a pull quote has no title
  const wrong: ElementAttributes<'PullQuote'> = { title: 'x' };
  expect([attributes.by, wrong]).toHaveLength(2);
});
