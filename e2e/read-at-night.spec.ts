import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// axe measures the contrast of text. This test checks whether the page itself turned dark.

test('a page is light in light mode and dark in dark mode', async ({ page }) => {
  // The archive of a year has no pictures, so only the background and text are measured.
  const { year, 'not found': notFound } = await pagesByKind();
  await page.goto(addressOf(year ?? notFound!));
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await brightness(page)).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await brightness(page)).toBeLessThan(60);
});

test('the page itself requests dark mode, so that nothing flashes white', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [kind, path] of Object.entries(await pagesByKind())) {
    await page.goto(addressOf(path));
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), kind).toContain('dark');
  }
});

/** The mean of a screenshot, from 0 for black to 255 for white. */
async function brightness(page: Page): Promise<number> {
  const { channels } = await sharp(await page.screenshot({ animations: 'disabled' }))
    .greyscale()
    .stats();
  return channels[0]!.mean;
}
