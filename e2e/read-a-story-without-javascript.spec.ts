import { pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

test.describe('with JavaScript switched off', () => {
  test.use({ javaScriptEnabled: false });

  test('a story opens from the front, with its text and pictures', async ({ page }) => {
    await page.goto('/');
    const link = page.locator('main h2 a, main h3 a').first();
    const headline = ((await link.textContent()) ?? '').trim();
    await link.click();
    await expect(page.locator('h1')).toHaveText(headline);
    await expect(page.locator('article p').first()).toBeVisible();
    for (const image of await page.locator('article img').all()) {
      await image.scrollIntoViewIfNeeded();
      await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(0);
    }
  });
});

test('no page shows more with JavaScript than without, except the age of an old story and the field of the search', async ({
  browser,
  page,
  baseURL,
}) => {
  const without = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const bare = await without.newPage();
  for (const [kind, path] of Object.entries(await pagesByKind())) {
    // Without JavaScript, a search says so or is not there, and the archive is (search-the-archive.spec.ts).
    if (kind === 'search') continue;
    await page.goto(addressOf(path));
    await bare.goto(addressOf(path));
    await page.locator('.age, search').evaluateAll((elements) => {
      for (const element of elements) element.remove();
    });
    expect(await page.locator('body').innerText(), kind).toBe(await bare.locator('body').innerText());
  }
  await without.close();
});
