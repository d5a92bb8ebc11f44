import { expect, test } from 'vitest';
import { orderSheets } from './sheet-order.ts';

const sheet = (src: string) => ({ type: 'external', src });
const order = (...routes: string[][]) => {
  const manifest = routes.map((names) => ({ styles: names.map(sheet) }));
  orderSheets(manifest);
  return manifest.map(({ styles }) => styles.map(({ src }) => src));
};

test('the sheets of more pages come first, whatever order the bundler gave them', () => {
  const sorted = [['site', 'list'], ['site', 'list', 'search'], ['site', 'a', 'b'], ['site']];
  expect(order(['site', 'list'], ['site', 'list', 'search'], ['site', 'a', 'b'], ['site'])).toEqual(sorted);
  expect(order(['list', 'site'], ['search', 'list', 'site'], ['b', 'site', 'a'], ['site'])).toEqual(sorted);
});

test('a route without sheets stays without', () => {
  expect(order([], ['a'])).toEqual([[], ['a']]);
});
