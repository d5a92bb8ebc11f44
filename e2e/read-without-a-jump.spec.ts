import type { Page } from '@playwright/test';
import { pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// Pictures load late, and fonts even later. Nothing that somebody is reading may move because of them.

test.describe.configure({ mode: 'default', timeout: 180_000 });

const lateMs = 400;

for (const [device, viewport] of Object.entries({
  phone: { width: 390, height: 780 },
  screen: { width: 1440, height: 900 },
}))
  test.describe(device, () => {
    test.use({ viewport });

    test('no kind of page moves while it loads', async ({ page }) => {
      await page.route(/\.(?:avif|webp|jpg|png|woff2)$/, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, lateMs));
        await route.continue().catch(() => undefined);
      });
      for (const [kind, path] of Object.entries(await pagesByKind())) {
        await page.goto(addressOf(path));
        expect(await shiftOf(page), kind).toBe(0);
      }
    });

    test('canary: a picture without a size moves the page, which is detected', async ({ page }) => {
      const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"/>';
      await page.route('**/late.svg', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, lateMs));
        await route.fulfill({ contentType: 'image/svg+xml', body: svg });
      });
      await page.route('**/jump.html', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: '<!doctype html><title>x</title><img src="late.svg" alt=""><h1>Words</h1><p>More words.',
        }),
      );
      await page.goto('/jump.html');
      expect(await shiftOf(page)).toBeGreaterThan(0.01);
    });
  });

/** The sum of the layout shifts of a page (Cumulative Layout Shift, in one window) after everything has loaded. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const near = [...document.images].filter(({ loading }) => loading !== 'lazy');
    await Promise.all(near.map((image) => image.decode().catch(() => undefined)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return new Promise<number>((resolve) => {
      let shift = 0;
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
      });
      observer.observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(Math.round(shift * 1e4) / 1e4), 300);
    });
  });
}
