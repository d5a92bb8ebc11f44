import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { frontMatterSchema } from '../story/schema.ts';
import { keysOfFiles } from './field-keys.ts';

test('every key of a story and of site.yaml is distinguished from text with a colon in broken YAML', () => {
  const keys = [...Object.keys(frontMatterSchema.shape), ...Object.keys(siteSchema.shape)];
  expect(keys.filter((key) => !keysOfFiles.includes(key))).toEqual([]);
});
