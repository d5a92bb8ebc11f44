import { type BrowserContext, test as base } from '@playwright/test';
import { launchFound } from './browser.ts';
import { need } from './tools.ts';

/** The date on which the tests read: that of the newest story of the demo newsroom. */
const today = '2026-03-16T12:00:00Z';

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
  // An old story shows how old it is, which must not change from one year's run to the next.
  context: async ({ context }, use) => {
    await context.clock.setFixedTime(today);
    await slowDown(context);
    await use(context);
  },
  baseURL: async ({ baseURL }, use) => use(process.env.BROADSHEET_ORIGIN ?? baseURL),
});

/**
 * Makes every page as slow as on a busy machine, to find tests that look at something before it is there:
 * `BROADSHEET_E2E_SLOW=4` is four times as slow.
 */
async function slowDown(context: BrowserContext): Promise<void> {
  const rate = Number(process.env.BROADSHEET_E2E_SLOW ?? 1);
  if (!(rate > 1)) return;
  context.on('page', (page) => {
    context
      .newCDPSession(page)
      .then((session) => session.send('Emulation.setCPUThrottlingRate', { rate }))
      .catch(() => undefined); // the page is closed already
  });
}

export { expect } from '@playwright/test';
