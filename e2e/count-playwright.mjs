import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** Playwright reporter: writes the numbers that `test-all.mjs` adds up into the file BROADSHEET_COUNTS. */
export default class CountPlaywright {
  #errors = 0;

  onBegin(_config, suite) {
    this.suite = suite;
  }

  /** Something failed outside the tests, such as the build of the demo newsroom. */
  onError() {
    this.#errors += 1;
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const withOutcome = (...outcomes) => tests.filter((test) => outcomes.includes(test.outcome()));
    const reasonOf = (test) =>
      test.annotations.find(({ type }) => type === 'skip')?.description ?? 'it was not reached';
    const counts = {
      passed: withOutcome('expected', 'flaky').length,
      failed: withOutcome('unexpected').length + this.#errors,
      names: withOutcome('unexpected').map((test) => {
        const message = test.results.at(-1)?.error?.message ?? 'it did not end';
        return `${test.titlePath().filter(Boolean).join(' › ')}: ${stripVTControlCharacters(message).split('\n')[0]}`;
      }),
      again: withOutcome('flaky').map((test) => test.title),
      notRun: withOutcome('skipped').map((test) => ({ name: test.title, reason: reasonOf(test) })),
    };
    writeFileSync(process.env.BROADSHEET_COUNTS, JSON.stringify(counts));
  }

  printsToStdio() {
    return false;
  }
}
