import { expect, test } from 'vitest';
import { cleanSlug, slugify } from './slug.ts';

test.each([
  ['Harbour reopens after storm', 'Harbour-reopens-after-storm'],
  ['v2.0 -- what is new?', 'v2.0-what-is-new'],
  ['100 % sure & #1', '100-sure-1'],
  ['cafe\u0301', 'caf\u00e9'],
  ['مرفأ المدينة', 'مرفأ-المدينة'],
  ['हिन्दी', 'हिन्दी'],
  ['../../etc', 'etc'],
  ['..', ''],
  ['!!!', ''],
])('%s becomes %s', (name, slug) => expect(cleanSlug(name)).toBe(slug));

test('spellings of one topic have the same id', () =>
  expect(['Climate Change', 'climate change', 'CLIMATE-change'].map(slugify)).toEqual(
    Array.from({ length: 3 }, () => 'climate-change'),
  ));
