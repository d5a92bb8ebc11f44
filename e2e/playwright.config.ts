import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Written, and not yet shown to hold on a quiet machine: run them by name with BROADSHEET_UNPROVEN=1. What each lacks
  // stands in docs/next.md. They count neither as passed nor as failed.
  testIgnore: process.env.BROADSHEET_UNPROVEN ? [] : ['**/look-as-approved*.spec.ts'],
  globalSetup: './prepare.ts',
  fullyParallel: true,
  workers: 2,
  // Long for one test, but a machine that does other work too is no reason to fail.
  timeout: 240_000,
  forbidOnly: true,
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
  },
});
