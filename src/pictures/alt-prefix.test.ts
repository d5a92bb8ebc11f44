import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { prefixes, withoutPrefix } from './alt-prefix.ts';

test('every supported language has its prefixes', () => {
  const languages = readdirSync(new URL('../i18n/languages/', import.meta.url)).map((file) => file.slice(0, 2));
  expect(Object.keys(prefixes).sort()).toEqual(languages.sort());
});

test.each([
  ['A photo of the harbour', 'the harbour'],
  ['Screenshot: two windows', 'two windows'],
  ['The harbour', 'the harbour'],
  ['Photograph', 'photograph'],
  ['Mapping the coast', 'mapping the coast'],
])('%s', (alt, rest) => expect(withoutPrefix(alt)).toBe(rest));
