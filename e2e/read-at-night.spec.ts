import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// axe measures the contrast of words; here we look whether the sheet itself turned dark.

test('a page is light by day and dark at night', async ({ page }) => {
  // No pictures stand on the archive of a year: what is measured is paper and ink.
  const { year, 'not found': notFound } = await pagesByKind();
  await page.goto(addressOf(year ?? notFound!));
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await brightness(page)).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await brightness(page)).toBeLessThan(60);
});

test('at night the paper is asked for by the page itself, so that nothing flashes white', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [kind, path] of Object.entries(await pagesByKind())) {
    await page.goto(addressOf(path));
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), kind).toContain('dark');
  }
});

/** Mean of a screenshot, 0 black to 255 white. */
async function brightness(page: Page): Promise<number> {
  const { channels } = await sharp(await page.screenshot({ animations: 'disabled' }))
    .greyscale()
    .stats();
  return channels[0]!.mean;
}
