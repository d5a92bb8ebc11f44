import { join } from 'node:path';
import { pagesByKind } from '../demo.ts';

/**
 * A page of every type, by its type: those that `pagesByKind` knows, and the types that differ only a little. All pages
 * of a type come from one template, and axe and the checks of files cover all pages (gates.spec.ts).
 */
export async function pageTypes(folder: string): Promise<Record<string, string>> {
  const { 'not found': notFound, ...kinds } = await pagesByKind(folder);
  return {
    ...kinds,
    series: 'series/the-alder/index.html',
    corrections: 'corrections/index.html',
    search: 'search/index.html',
    'long story': '2026/03/who-owns-the-alder/index.html',
    'withdrawn story': '2024/07/dredging-contract/index.html',
    'story in another language': '2025/06/hafenbruecke-halbes-licht/index.html',
    ...(notFound === undefined ? {} : { 'not found': notFound }),
  };
}

/** The same for the newsroom that is read from right to left, if it has them. */
export async function pageTypesFromRightToLeft(folder: string): Promise<string[]> {
  const kinds = await pagesByKind(folder);
  return [...new Set([...Object.values(kinds), 'corrections/index.html', 'search/index.html'])];
}

/** The newsroom in Arabic that the tests publish: a front, stories with elements of every kind, and lists. */
export const arabicNewsroom = join(import.meta.dirname, 'newsroom');
