import { expect, test } from 'vitest';
import { builtInPages, themePageFile, themePageRoute } from './theme-page.ts';

test.each([
  ['contact.mdx', '/contact/'],
  ['map.astro', '/map/'],
  ['projects/ports.astro', '/projects/ports/'],
  ['projects/index.mdx', '/projects/'],
  ['story/index.mdx', '/story/'],
  ['a/b/c/index.astro', '/a/b/c/'],
  ['Über uns.mdx', '/Über-uns/'],
  ['v1.2.mdx', '/v1.2/'],
  ['feed.xml.astro', '/feed.xml/'],
])('%s is a page at %s', (path, address) => {
  expect(themePageFile(path)).toMatchObject({ kind: 'page', address });
});

test('a name that is not NFC has the address that it has in NFC', () => {
  expect(themePageFile('u\u0308ber.mdx')).toEqual({ kind: 'page', id: '\u00fcber', address: '/\u00fcber/' });
});

test.each(['_parts/Box.astro', 'team/_row.astro', 'notes.md', 'data.json', 'sums.ts', '.hidden.mdx', 'A.MDX', 'x'])(
  '%s is no page',
  (path) => expect(themePageFile(path)).toEqual({ kind: 'other' }),
);

test.each(['[slug].astro', '[...rest].mdx', 'team/[id]/index.astro', '[lang]/about.mdx'])(
  '%s is for many pages',
  (path) => expect(themePageFile(path)).toEqual({ kind: 'dynamic' }),
);

test('the names of built-in pages are refused at the top, whatever their case, and free in a folder', () => {
  for (const name of builtInPages) {
    expect(themePageFile(`${name}.astro`)).toEqual({ kind: 'built-in', name });
    expect(themePageFile(`${name.toUpperCase()}.mdx`).kind).toBe('built-in');
    expect(themePageFile(`about/${name}.mdx`).kind).toBe('page');
  }
});

test('each page has its own route, which is no pattern to Astro', () => {
  const ids = ['a', 'A', 'a/b', 'a_b', 'a-b', 'a b', 'ä', 'a.b', '(a)', 'a/_2d_b'];
  const routes = ids.map(themePageRoute);
  expect(new Set(routes).size).toBe(ids.length);
  for (const route of routes) expect(route).toMatch(/^\/theme-pages\/[\w/]+$/);
});
