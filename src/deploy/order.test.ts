import { expect, test } from 'vitest';
import { deletionRankOf, partOfSite, rankOf } from './order.ts';

test('the files of a search index are sent before what names them, and what names them is deleted first', () => {
  const named = ['pagefind/pagefind.js', 'pagefind/wasm.en.pagefind', 'pagefind/2026/en/index/en_a09cd5b.pf_index'];
  const naming = ['pagefind/2026/index.json', 'pagefind/2026/en/pagefind-entry.json'];
  expect(named.map(partOfSite)).toEqual(['asset', 'asset', 'asset']);
  for (const isNew of [true, false])
    for (const later of naming)
      for (const first of named) {
        expect(rankOf(first, isNew).rank).toBeLessThan(rankOf(later, isNew).rank);
        expect(deletionRankOf(later)).toBeLessThan(deletionRankOf(first));
      }
  // The page that names a new year comes after its index.
  expect(rankOf('pagefind/2027/index.json', true).rank).toBeLessThan(rankOf('search/index.html', false).rank);
});
