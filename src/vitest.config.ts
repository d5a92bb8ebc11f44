import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..'),
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'e2e/**/*.test.ts'],
    setupFiles: ['src/property-seed.fixture.ts'],
    // Two processes, because each suite that builds newsrooms needs a core.
    maxWorkers: 2,
    // No test measures time, because a busy machine can take twenty times as long. A test that needs more than two minutes
    // there, such as compile-ahead, says so itself.
    testTimeout: 120_000,
    // Hooks build whole newsrooms for several tests.
    hookTimeout: 120_000,
    passWithNoTests: false,
  },
});
