import type { Page } from '@playwright/test';
import { type LooksNewsroom, openNewsroom } from './looks/newsroom.ts';
import { pageKinds } from './looks/page-kinds.ts';
import { englishNewsroom } from './looks/stories.ts';
import { expect, test } from './test.ts';
import { need } from './tools.ts';

// Each test uses only Tab, Enter, Space, and the arrow keys, on the small newsroom of the look tests.
test.describe.configure({ mode: 'default' });

let newsroom: LooksNewsroom;
test.beforeAll(async () => {
  need('chromium');
  newsroom = await openNewsroom(await englishNewsroom());
});
test.afterAll(() => newsroom?.close());

test('a story has a skip link to its text, and the next stop is in the text', async ({ page }) => {
  await page.goto(newsroom.origin + pageKinds.story);
  await page.keyboard.press('Tab');
  await expect(page.locator('a.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('the part behind a content warning opens and closes, and is skipped while it is closed', async ({ page }) => {
  await page.goto(newsroom.origin + pageKinds.elements);
  const part = page.locator('details.sensitive .part');
  await tabTo(page, 'details.sensitive > summary');
  await expect(part).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(part).toBeVisible();
  await page.keyboard.press('Space');
  await expect(part).toBeHidden();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('details.sensitive'))).toBeNull();
});

test('a table that is wider than the window can be reached, has a name, and scrolls with the arrow keys', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.goto(newsroom.origin + pageKinds.elements);
  const scroller = page.getByRole('group', { name: 'More than fits' });
  await tabTo(page, '.table[aria-label*="More than fits"]');
  await expect(scroller).toBeFocused();
  expect(await scroller.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowRight');
  await expect.poll(() => scroller.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
});

test('a footnote link leads to the note and back to the sentence', async ({ page }) => {
  await page.goto(newsroom.origin + pageKinds.story);
  await tabTo(page, 'a.footnote-ref');
  const mark = page.locator('a.footnote-ref');
  await page.keyboard.press('Enter');
  await expect(page.locator('.footnotes li:target')).toBeInViewport();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.footnotes li') !== null)).toBe(true);
  await page.keyboard.press('Enter');
  await expect(mark).toBeInViewport();
  expect(await mark.evaluate((one) => one.matches(':target'))).toBe(true);
  // The next stop is what follows the sentence, not the top of the page.
  await page.keyboard.press('Tab');
  const isBehind = await mark.evaluate(
    (one) => !!(one.compareDocumentPosition(document.activeElement!) & Node.DOCUMENT_POSITION_FOLLOWING),
  );
  expect(isBehind).toBe(true);
});

test('an amount can be selected with the arrow keys and sent', async ({ page }) => {
  const asked = page.waitForRequest(/^https:\/\/give\.example\//);
  await page.route(/^https:\/\/give\.example\//, (route) => route.fulfill({ body: 'Thank you' }));
  await page.goto(newsroom.origin);
  await tabTo(page, '.ask input[type="radio"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await expect(page.locator('.ask button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  expect(new URL((await asked).url()).search).toContain(encodeURIComponent('€6'));
});

test('the newsletter form requires an address before it is sent', async ({ page }) => {
  const sent: (string | null)[] = [];
  await page.route(/^https:\/\/letters\.example\//, (route) => {
    sent.push(route.request().postData());
    return route.fulfill({ body: 'Thank you' });
  });
  await page.goto(newsroom.origin);
  await tabTo(page, 'input[type="email"]');
  await page.keyboard.type('nobody');
  await page.keyboard.press('Enter');
  await expect(page.locator('input[type="email"]')).toBeFocused();
  expect(sent).toEqual([]);
  await page.keyboard.type('@post.example');
  await page.keyboard.press('Enter');
  await expect.poll(() => sent).toEqual([expect.stringContaining('nobody%40post.example')]);
});

test('Enter starts a search', async ({ page }) => {
  const asked = page.waitForRequest(/^https:\/\/find\.example\//);
  await page.route(/^https:\/\/find\.example\//, (route) => route.fulfill({ body: 'Nothing' }));
  await page.goto(newsroom.origin + pageKinds.search);
  await tabTo(page, 'input[type="search"]');
  await page.keyboard.type('ferry');
  await page.keyboard.press('Enter');
  expect(new URL((await asked).url()).searchParams.get('q')).toBe('ferry');
});

test('a series can be read from part to part, forwards and backwards', async ({ page }) => {
  await page.goto(newsroom.origin + pageKinds.story);
  for (const way of ['next', 'prev', 'prev']) {
    await tabTo(page, `.series-nav a[rel="${way}"]`);
    const headline = await page.locator(`.series-nav a[rel="${way}"]`).textContent();
    await page.keyboard.press('Enter');
    await expect(page.locator('h1')).toHaveText(headline!.trim());
  }
  await expect(page.locator('.series-nav a[rel="prev"]')).toHaveCount(0);
});

/** Presses Tab until something has the focus, which must then be visible. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      await expect(page.locator(':focus')).toBeInViewport();
      return;
    }
  }
  throw new Error(`After 150 presses of Tab nothing that is "${selector}" had the focus.`);
}
