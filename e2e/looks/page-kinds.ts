import type { Page } from '@playwright/test';

/** A page of every kind, by its name in `e2e/baselines/`. */
export const pageKinds = {
  front: '/',
  section: '/sport/',
  topic: '/topics/harbour/',
  author: '/authors/ann/',
  series: '/series/the-bridge/',
  corrections: '/corrections/',
  search: '/search/',
  year: '/2025/',
  month: '/2025/05/',
  story: '/2025/05/bridge/',
  elements: '/2025/03/elements/',
  standing: '/about/',
  'not-found': '/nothing-here/',
};

export const widthsPx = [390, 820, 1440];

/** Waits until every picture and font of the page is there. */
export function still(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
}
