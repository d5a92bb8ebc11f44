import { readDrawing } from '../src/pictures/drawing.ts';
import { hostileDrawings } from '../src/pictures/hostile-drawings.fixture.ts';
import { expect, test } from './test.ts';

/** A drawing as a newsroom receives it, with names for references and something to see. */
const around = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20" width="40" height="20"><g id="a"><rect width="9" height="9"/></g>${inside}</svg>`;

test.describe('a published drawing loads and runs nothing, whether opened by itself or inside a page', () => {
  const bodies = new Map(
    hostileDrawings.flatMap(([, inside], i): [string, string][] => [
      [`/published-${i}.svg`, readDrawing(Buffer.from(around(inside))).svg],
      [`/raw-${i}.svg`, around(inside)],
    ]),
  );

  test('canary: before they are sanitised, most of these drawings load something', async ({ page }) => {
    const fetched = new Map<string, string[]>();
    let opened = '';
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      if (url.host !== 'drawings.example') {
        fetched.set(opened, [...(fetched.get(opened) ?? []), url.href]);
        return await route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' }, body: '' });
      }
      const svg = bodies.get(url.pathname);
      await route.fulfill(
        svg === undefined
          ? { contentType: 'text/html', body: embedding(url.searchParams.get('of') ?? '') }
          : { contentType: 'image/svg+xml', body: svg },
      );
    });
    for (const address of bodies.keys())
      for (const where of [address, ...(address.includes('published') ? [`/page?of=${address}`] : [])]) {
        opened = where;
        await page.goto(`http://drawings.example${where}`, { waitUntil: 'load' });
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
        );
        if (address.includes('published')) expect(await page.locator('parsererror').count(), `${where} is XML`).toBe(0);
      }
    const named = (address: string) => hostileDrawings[Number(/\d+/.exec(address)?.[0])]?.[0];
    const [published, raw] = ['published', 'raw'].map((kind) => [...fetched].filter(([where]) => where.includes(kind)));
    expect(published?.map(([where, urls]) => [named(where), ...urls])).toEqual([]);
    expect(raw?.length, 'canary').toBeGreaterThan(8);
  });
});

const embedding = (address: string) =>
  `<!doctype html><img src="${address}" alt=""><object data="${address}"></object><iframe src="${address}"></iframe>`;
