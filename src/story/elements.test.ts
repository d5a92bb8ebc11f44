import { expect, test } from 'vitest';
import * as z from 'zod';
import { compileBody } from './body/compile.ts';
import { defineElement, type ElementAttributes, elements } from './elements.ts';

const compile = (text: string, known = {}) =>
  compileBody(
    { text, format: 'mdx', file: 'x', firstLine: 1 },
    { language: 'en', base: '', known: { ...elements, ...known } },
  );

test.each(Object.entries(elements))('%s is documented, and its example compiles', (_, element) => {
  expect(element.description).toMatch(/^[A-Z].*\.$/);
  for (const attribute of Object.values(element.attributes.shape))
    expect((attribute as z.ZodType).description).toMatch(/\.$/);
  const { problems, body } = compile(element.example);
  expect(problems).toEqual([]);
  expect(body.map(({ kind }) => kind)).toContain(element === elements.Picture ? 'picture' : 'element');
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

test('types of attributes come from the map', () => {
  const attributes: ElementAttributes<'PullQuote'> = { by: 'A', role: 'b' };
  // @ts-expect-error a pull quote has no title
  const wrong: ElementAttributes<'PullQuote'> = { title: 'x' };
  expect([attributes.by, wrong]).toHaveLength(2);
});
