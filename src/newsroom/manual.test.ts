import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { frontSchema } from '../site/front.ts';
import { compileBody } from '../story/body/compile.ts';
import { elements } from '../story/elements.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { checkData } from '../yaml/check-data.ts';
import { readSource, readYamlFile } from '../yaml/source.ts';
import { example, frontExample, manual } from './manual.ts';

const files = manual();

test.each([...files])('%s matches the schemas; `npm run docs` writes it', (file, text) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toBe(text);
});

test('a default is printed as an editor would write it, and an empty one is not printed', () => {
  for (const [file, text] of files) expect(text, file).not.toContain('[object Object]');
  expect(files.get('docs/site.md')).toContain('Default: `email`.');
});

test('every key and every component is in the manual, with a sentence', () => {
  const page = files.get('docs/story.md') ?? '';
  for (const key of Object.keys(frontMatterSchema.shape))
    expect(page).toMatch(new RegExp(`^\\| \`${key}\` +\\| .+ \\| .+\\. +\\|$`, 'm'));
  for (const [name, { example: source }] of Object.entries(elements)) {
    expect(page).toContain(`### ${name}\n`);
    expect(page).toContain(source);
  }
});

test('the example of the manual is a story', async () => {
  const source = readSource('x.mdx', Buffer.from(example));
  if ('problems' in source) throw new Error('the example has no front matter');
  expect(await checkData(frontMatterSchema, source, 'x.mdx', 'a story')).toHaveProperty('data.headline');
  const { problems } = compileBody(
    { text: source.body, format: 'mdx', file: 'x.mdx', firstLine: source.bodyLine },
    { language: 'en', base: '' },
  );
  expect(problems).toEqual([]);
});

test('the example of a front is valid, and its JSON Schema accepts it and refuses an unknown key', async () => {
  const source = readYamlFile('home.yaml', Buffer.from(frontExample));
  if ('problems' in source) throw new Error('the example is no YAML');
  expect(await checkData(frontSchema, source, 'home.yaml', 'a front')).toHaveProperty('data.pinned');
  const schema = z.fromJSONSchema(JSON.parse(files.get('docs/front.schema.json') ?? ''));
  expect(schema.safeParse(source.data).success).toBe(true);
  expect(schema.safeParse({ ...(source.data as object), storys: [] }).success).toBe(false);
});

test('the JSON Schema accepts what the schema accepts, and refuses an unknown key and a text that is not a date', () => {
  const schema = z.fromJSONSchema(JSON.parse(files.get('docs/story.schema.json') ?? ''));
  const story = {
    headline: 'A',
    published: '2025-02-12T18:00',
    byline: ['ann', { name: 'Bo' }],
    lead: { src: 'a.jpg' },
  };
  expect(schema.safeParse(story).success).toBe(true);
  expect(schema.safeParse({ ...story, headlin: 'A' }).success).toBe(false);
  expect(schema.safeParse({ ...story, published: 'tomorrow' }).success).toBe(false);
  expect(schema.safeParse({ ...story, corrections: [{ date: 'tomorrow', type: 'update', text: 'A' }] }).success).toBe(
    false,
  );
});

test('a newsroom need not give a key that has a default', () => {
  expect(JSON.parse(files.get('docs/site.schema.json') ?? '')).toMatchObject({ required: ['name', 'url'] });
});
