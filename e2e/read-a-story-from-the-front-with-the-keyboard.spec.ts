import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

test('the first Tab reaches the skip link to the news, and Enter follows it', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('a reader goes from the front to a story and back with Tab and Enter alone', async ({ page }) => {
  await page.goto('/');
  const headline = await tabToFirstStory(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText(headline);

  await page.keyboard.press('Tab');
  await expect(page.locator('a.skip')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/:\d+\/$/);
});

test('wherever Tab goes on a story, the focus is visible', async ({ page }) => {
  await page.goto('/');
  await tabToFirstStory(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/\d{4}\/\d{2}\//);
  const unseen: string[] = [];
  let seen = 0;
  const stops = await page.locator('a[href], button, input, summary, [tabindex="0"]').count();
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press('Tab');
    const { text, isSeen } = await page.evaluate(focused);
    // The content of a closed disclosure is counted but never reached, so Tab may reach the end sooner.
    if (text.startsWith('body ')) break;
    seen += 1;
    if (!isSeen) unseen.push(text);
  }
  expect(seen).toBeGreaterThan(stops / 2);
  expect(seen).toBeGreaterThan(5);
  expect(unseen).toEqual([]);
});

/** Presses Tab until a story in the main part has the focus. Returns its headline. */
async function tabToFirstStory(page: Page): Promise<string> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const headline = await page.evaluate(() => {
      const link = document.activeElement?.closest<HTMLAnchorElement>('main .card a');
      return link && /^\/\d{4}\/\d{2}\/[^/]+\/$/.test(new URL(link.href).pathname) ? link.textContent : null;
    });
    if (headline?.trim()) return headline.trim();
  }
  throw new Error('After 60 presses of Tab no story had the focus.');
}

/**
 * Runs in the page: the focused element, and whether it, or an element that covers it, has a visible outline inside the
 * window.
 */
async function focused(): Promise<{ text: string; isSeen: boolean }> {
  const element = document.activeElement ?? document.body;
  const styles = ['', '::before', '::after'].map((pseudo) => getComputedStyle(element, pseudo));
  const hasRing = styles.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px');
  const isInside = () => {
    const { width, top, right, bottom, left } = element.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  };
  // The window scrolls to the focus a few frames later, or slowly if scrolling is smooth.
  for (let frame = 0; frame < 60 && !isInside(); frame += 1) await new Promise(requestAnimationFrame);
  return { text: `${element.localName} "${element.textContent?.trim().slice(0, 40)}"`, isSeen: hasRing && isInside() };
}
