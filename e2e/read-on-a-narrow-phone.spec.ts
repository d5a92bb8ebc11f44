import type { Page } from '@playwright/test';
import { pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { expect, test } from './test.ts';

// 320 px is also what a reader sees who zooms a window of 1280 px to 400 % (WCAG 1.4.10). The policy of the pages
// forbids the style that we add to increase the text spacing.
test.use({ viewport: { width: 320, height: 640 }, bypassCSP: true });

/** WCAG 1.4.12: readers can set these, and no content may be lost. */
const textSpacing = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

test('no kind of page scrolls sideways at 320 px', async ({ page }) => {
  for (const [kind, path] of Object.entries(await pagesByKind())) {
    await page.goto(addressOf(path));
    expect(await widerThanTheWindow(page), kind).toEqual([]);
  }
});

test('nor does it when a reader increases the text spacing, and no words are cut off', async ({ page }) => {
  for (const [kind, path] of Object.entries(await pagesByKind())) {
    await page.goto(addressOf(path));
    await page.addStyleTag({ content: textSpacing });
    expect(await widerThanTheWindow(page), kind).toEqual([]);
    expect(await page.evaluate(cutOff), kind).toEqual([]);
  }
});

/** What extends beyond the side, if the page can be scrolled there. */
async function widerThanTheWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1,
    );
    return ['the page scrolls sideways', ...wide.slice(0, 5).map((one) => `${one.localName}.${one.className}`)];
  });
}

/** Runs in the page: elements that cut off a part of their own text. */
function cutOff(): string[] {
  return [...document.body.querySelectorAll<HTMLElement>('h1, h2, h3, p, li, a, figcaption, td, th')]
    .filter((one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX) && one.clientHeight > 1)
    .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    .map((one) => `${one.localName} "${one.textContent?.trim().slice(0, 40)}"`);
}
