import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './prepare.ts',
  fullyParallel: true,
  workers: 2,
  // Long for one test, so that a machine that is also doing other work does not cause a failure.
  timeout: 240_000,
  // What is waited for usually comes in a moment. A busy machine may take longer, and a failure is then only slower.
  expect: { timeout: 30_000 },
  // In thousands of steps, a browser sometimes loses a connection. On CI, a test gets a second attempt, and the summary
  // names it, because a test that often needs one must be corrected.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
  },
});
