import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { smallNewsroom } from '../press/small-newsroom.fixture.ts';
import { pageRoutes } from './page-routes.ts';

const page = '---\ntitle: A\n---\n\nText.\n';
const newsroom = smallNewsroom({ 'theme/pages/one.mdx': page });
const root = join(newsroom.site, '.app');
afterEach(() => rmSync(newsroom.site, { recursive: true, force: true }));

test('each page has a route of those that Astro knows, also one that is added while dev runs, and a free route is used again', () => {
  const files = new Map<string, string>();
  const routes = pageRoutes(newsroom.site, root);
  routes.begin(({ pattern, entrypoint }) => files.set(pattern, entrypoint));
  const sourceOf = (id: string) => readFileSync(files.get(routes.byPage.get(id) ?? '') ?? '', 'utf8');
  expect(files.size).toBeGreaterThan(50);
  expect(sourceOf('one')).toContain('pages/one.mdx');

  newsroom.put('theme/pages/two.astro', '<p>x</p>\n');
  expect(routes.renew()).toEqual([]);
  expect(sourceOf('two')).toContain('pages/two.astro');
  const before = routes.byPage.get('one');

  newsroom.remove('theme/pages/two.astro');
  newsroom.put('theme/pages/three.mdx', page);
  routes.renew();
  expect([...routes.byPage.keys()].sort()).toEqual(['one', 'three']);
  expect(routes.byPage.get('one')).toBe(before);

  // The same page with another ending.
  newsroom.remove('theme/pages/three.mdx');
  newsroom.put('theme/pages/three.astro', '<p>x</p>\n');
  routes.renew();
  expect(sourceOf('three')).toContain('pages/three.astro');

  for (let i = 0; i < files.size; i++) newsroom.put(`theme/pages/more/${String(i).padStart(3, '0')}.mdx`, page);
  expect(routes.renew().map(({ file, rule }) => `${file} ${rule}`)).toEqual([
    `theme/pages/more/${String(files.size - 2).padStart(3, '0')}.mdx theme-unused`,
    `theme/pages/more/${files.size - 1}.mdx theme-unused`,
  ]);
});
