import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { demo, pagesByKind } from './demo.ts';
import { addressOf } from './files.ts';
import { serve } from './serve.ts';
import { expect, test } from './test.ts';

// A phone with a quarter of this machine's speed, at 1.6 Mbit/s and 150 ms from a host that compresses, as every host
// does. The measurements are printed. The limit applies to a first visit.

const goalMs = 2000;
const requestsMax = 8;
/**
 * If another process uses the processor for a moment, that says nothing about the page, so the fastest of these runs
 * counts.
 */
const tries = 3;

test.describe.configure({ mode: 'default' });
test.use({ viewport: { width: 390, height: 780 } });

let origin: string;
let close: () => void;
test.beforeAll(async () => {
  const { origin: found, server } = await serve(demo().folder, { compresses: true });
  origin = found;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
test.afterAll(() => close?.());

test('a reader gets from the front to the third paragraph of a story in time', async ({ browser }) => {
  const figures: { frontMs: number; paragraphMs: number }[] = [];
  for (let run = 0; run < tries; run += 1) {
    // A new context has no cache, as on a first visit.
    await using context = await browser.newContext({ viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    await slow(page);
    await page.addInitScript(noteThirdParagraph);
    await page.goto(`${origin}/`);
    const frontMs = await firstPaintMs(page);
    await page.locator('main .cover h2 a').first().click();
    await page.waitForURL(/\/\d{4}\/\d{2}\/[^/]+\//);
    const paragraphMs = await page.evaluate(
      () => (globalThis as unknown as { thirdParagraph: Promise<number> }).thirdParagraph,
    );
    figures.push({ frontMs, paragraphMs });
  }
  const shown = figures.map(({ frontMs, paragraphMs }) => `${frontMs} + ${paragraphMs}`).join(', ');
  console.log(`    front painted + third paragraph after the tap, ms: ${shown}`);
  // The goal is for a reader who is on the front page. The front page itself is a first visit.
  expect(Math.min(...figures.map(({ frontMs }) => frontMs)), 'the front').toBeLessThan(2 * goalMs);
  expect(Math.min(...figures.map(({ paragraphMs }) => paragraphMs)), 'the third paragraph').toBeLessThan(goalMs);
});

test('canary: a page that shows its third paragraph late is detected', async ({ browser }) => {
  await using context = await browser.newContext({ viewport: { width: 390, height: 780 } });
  const page = await context.newPage();
  await page.addInitScript(noteThirdParagraph);
  const { story } = await pagesByKind();
  const html = await readFile(`${demo().folder}/${story}`, 'utf8');
  await page.route(origin + addressOf(story!), async (route) => {
    await new Promise((resolve) => setTimeout(resolve, goalMs));
    await route.fulfill({ contentType: 'text/html', body: html });
  });
  await page.goto(origin + addressOf(story!));
  expect(
    await page.evaluate(() => (globalThis as unknown as { thirdParagraph: Promise<number> }).thirdParagraph),
  ).toBeGreaterThan(goalMs);
});

test('nothing moves, and the first screen needs at most eight files', async ({ browser }) => {
  const kinds = await pagesByKind();
  for (const kind of ['front', 'section', 'story', 'standing'] as const) {
    await using context = await browser.newContext({ viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    await slow(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(origin + addressOf(kinds[kind]!), { waitUntil: 'load' });
    const { shift, below } = await page.evaluate(shiftAndBelow);
    const needed = asked.filter((url) => !below.includes(url));
    console.log(`    ${kind}: ${needed.length} requests above the fold, shift ${shift}`);
    expect(shift, kind).toBe(0);
    expect(needed.length, `${kind}: ${needed.join(' ')}`).toBeLessThanOrEqual(requestsMax);
  }
});

async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1_600_000 / 8,
    uploadThroughput: 750_000 / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** Since the reader requested the page. */
function firstPaintMs(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(Math.round(paint.startTime));
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

/** Runs in the page before anything else: the time from the tap until the third paragraph of the text was painted. */
function noteThirdParagraph(): void {
  (globalThis as unknown as { thirdParagraph: Promise<number> }).thirdParagraph = new Promise((resolve) => {
    const look = () => {
      const paragraph = document.querySelectorAll('article .body > p')[2];
      const isLaidOut = paragraph !== undefined && paragraph.getBoundingClientRect().height > 0;
      // What is laid out in one frame is on the screen in the next.
      if (isLaidOut && performance.getEntriesByName('first-contentful-paint').length > 0)
        requestAnimationFrame(() => resolve(Math.round(performance.now())));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Runs in the page: how far things moved, and the pictures that were loaded although they are not visible yet. */
async function shiftAndBelow(): Promise<{ shift: number; below: string[] }> {
  await document.fonts.ready;
  const isBelow = (image: HTMLImageElement) => image.getBoundingClientRect().top >= innerHeight;
  const below = [...document.images].filter(isBelow).map((image) => image.currentSrc);
  const shift = await new Promise<number>((resolve) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(Math.round(sum * 1e4) / 1e4), 300);
  });
  return { shift, below };
}
