import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './prepare.ts',
  fullyParallel: true,
  workers: 2,
  // Long for one test, but a machine that does other work too is no reason to fail.
  timeout: 240_000,
  // One browser in thousands of steps loses a connection. Where nobody waits to look, a test gets a second attempt, and
  // the summary names it: a test that often needs one is at fault.
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
