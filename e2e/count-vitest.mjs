import { writeFileSync } from 'node:fs';

/** Vitest reporter: writes the numbers that `test-all.mjs` adds up into the file BROADSHEET_COUNTS. */
export default class CountVitest {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    // If a file cannot be loaded, it has no tests that could fail.
    const brokenFiles = modules.filter((module) => module.errors().length > 0);
    const counts = {
      passed: inState('passed').length,
      failed: inState('failed').length + inState('pending').length + brokenFiles.length + unhandledErrors.length,
      notRun: inState('skipped').map((test) => ({
        name: test.fullName,
        reason: test.result().note ?? 'no reason given',
      })),
    };
    writeFileSync(process.env.BROADSHEET_COUNTS, JSON.stringify(counts));
  }
}
