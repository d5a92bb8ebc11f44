import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { modulesIn } from './fit-bundle.ts';
import { orderSheets } from './sheet-order.ts';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

const manifest = (...routes: string[][]) =>
  `const m = JSON.parse({"routes":[${routes
    .map((names) => `{"styles":${JSON.stringify(names.map((src) => ({ type: 'external', src })))},"routeData":{}}`)
    .join(',')}]});`;

test('the sheets of more pages come first, whatever order the bundler gave them', () => {
  const sorted = manifest(['site', 'list'], ['site', 'list', 'search'], ['site', 'a', 'b'], ['site'], []);
  expect(orderSheets(sorted)).toBe(sorted);
  expect(orderSheets(manifest(['list', 'site'], ['search', 'list', 'site'], ['b', 'site', 'a'], ['site'], []))).toBe(
    sorted,
  );
});

test('other text stays', () => {
  const text = 'const styles = [{"type":"external"}]; a["styles"]; {"styles":[]}';
  expect(orderSheets(text)).toBe(text);
});

test('Astro writes the lists of a bundle in the form that is read here', async () => {
  const newsroom = smallNewsroom({ 'content/stories/2025/02/harbour.md': story() });
  const cache = join(newsroom.site, '.broadsheet');
  await newsroom.press({ cache });
  const [bundle = ''] = readdirSync(join(cache, 'bundle'));
  const modules = modulesIn(join(cache, 'bundle', bundle)).map((file) => readFileSync(file, 'utf8'));
  const lists = modules.flatMap((text) => [...text.matchAll(/"styles":\[\{[^\]]*\]/g)]);
  expect(lists.length).toBeGreaterThan(10);
  for (const [list] of lists) expect(list).toMatch(/^"styles":\[(\{"type":"external","src":"[^"]*"\},?)+\]$/);
  rmSync(newsroom.site, { recursive: true, force: true });
});
