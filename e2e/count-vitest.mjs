import { writeFileSync } from 'node:fs';

/** A failed test with the first line of its error. */
const named = (name, message = 'it did not end') => `${name}: ${message.split('\n')[0]}`;

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
      names: [
        ...[...inState('failed'), ...inState('pending')].map((test) =>
          named(`${test.module.relativeModuleId} › ${test.fullName}`, test.result().errors?.[0]?.message),
        ),
        ...brokenFiles.map((module) => named(module.relativeModuleId, module.errors()[0]?.message)),
        ...unhandledErrors.map(({ message }) => named('outside the tests', message)),
      ],
      notRun: inState('skipped').map((test) => ({
        name: test.fullName,
        reason: test.result().note ?? 'no reason given',
      })),
    };
    writeFileSync(process.env.BROADSHEET_COUNTS, JSON.stringify(counts));
  }
}
