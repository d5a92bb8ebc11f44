import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const story = '/2025/02/nato-brussels-ukraine/';

/** Reads the story on a given day. Returns the text beside its date, and every error that the browser reported. */
async function read(page: Page, day: string, html?: (served: string) => string) {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  if (html)
    await page.route(`**${story}`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: html(await response.text()) });
    });
  await page.clock.setFixedTime(day);
  await page.goto(story);
  return { age: await page.locator('.age').allTextContents(), complaints };
}

test('a story of less than a year does not show its age', async ({ page }) => {
  expect(await read(page, '2026-02-10T12:00:00Z')).toEqual({ age: [], complaints: [] });
});

test('an older one shows it beside its date, in the language of the page', async ({ page }) => {
  expect(await read(page, '2026-02-13T12:00:00Z')).toEqual({ age: ['1 year ago'], complaints: [] });
  expect((await read(page, '2031-06-01T12:00:00Z')).age).toEqual(['6 years ago']);
  await expect(page.locator('.times').first()).toHaveText(/Published .*2025.* 6 years ago/);
  const german = (served: string) => served.replace('<html lang="en-GB"', '<html lang="de"');
  expect((await read(page, '2031-06-01T12:00:00Z', german)).age).toEqual(['vor 6 Jahren']);
});

test('the comma before it stays with the date, even if the age is on the next line', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await read(page, '2031-06-01T12:00:00Z');
  const endsWithComma = await page
    .locator('.times time')
    .first()
    .evaluate((time) => [time.textContent!.endsWith(','), time.nextSibling!.textContent]);
  expect(endsWithComma).toEqual([true, ' ']);
});

test('nothing moves when it appears', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (globalThis as unknown as { shift: number }).shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  expect((await read(page, '2031-06-01T12:00:00Z')).age).toHaveLength(1);
  expect(await page.evaluate(() => (globalThis as unknown as { shift: number }).shift)).toBe(0);
});

test('a browser that does not support it shows nothing and reports no error', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(Intl, 'RelativeTimeFormat'));
  expect(await read(page, '2031-06-01T12:00:00Z')).toEqual({ age: [], complaints: [] });
});

test('canary: a script that is not the one in the policy is not run', async ({ page }) => {
  const other = (served: string) => served.replace("className = 'age'", "className = 'age' ");
  const { age, complaints } = await read(page, '2031-06-01T12:00:00Z', other);
  expect(age).toEqual([]);
  expect(complaints.join()).toContain('Content Security Policy');
});
