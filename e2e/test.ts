import { test as base } from '@playwright/test';
import { launchFound } from './browser.ts';
import { need } from './tools.ts';

/** Playwright's `test` with the browser that `prepare.ts` found, and the demo newsroom as base URL. */
export const test = base.extend<{ needsBrowser: undefined }, object>({
  browser: [
    async ({}, use) => {
      const browser = await launchFound();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  needsBrowser: [
    async ({}, use) => {
      need('chromium');
      await use(undefined);
    },
    { auto: true },
  ],
  baseURL: async ({ baseURL }, use) => use(process.env.BROADSHEET_ORIGIN ?? baseURL),
});

export { expect } from '@playwright/test';
