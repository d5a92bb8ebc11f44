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

/**
 * Waits until every picture and font of the page has loaded: after a change of width, pictures load in another size.
 */
export function still(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const images = [...document.images];
    for (const image of images) {
      image.loading = 'eager';
      image.decoding = 'sync';
    }
    await document.fonts.ready;
    const sources = () => images.map(({ currentSrc, complete }) => `${currentSrc} ${complete}`).join();
    for (let [tries, quiet] = [0, 0]; tries < 100 && quiet < 3; tries++) {
      const before = sources();
      await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30)));
      quiet = sources() === before && images.every(({ complete }) => complete) ? quiet + 1 : 0;
    }
  });
}
