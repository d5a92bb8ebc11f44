import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNodeOld, packagedNode } from '../src/cli/packaged-node.mjs';

// Every check of the repository: `npm test`, or `npm test -- types unit` for some of them. It is plain JavaScript that
// an old Node can start, because it first hands over to the Node that is installed with the packages. The last line
// says `N passed, N failed`, and `, N skipped` if something was not run.

const root = fileURLToPath(new URL('..', import.meta.url));
const forbidsSkips = process.env.BROADSHEET_FORBID_SKIPS === '1';

const stages = {
  lint: { title: 'format and lint', run: ['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  types: { title: 'types', run: ['astro/bin/astro.mjs', 'check'] },
  unit: {
    title: 'unit tests',
    run: ['vitest/vitest.mjs', 'run', '--config', 'src/vitest.config.ts'],
    reporters: ['--reporter=default', '--reporter=./e2e/count-vitest.mjs'],
  },
  pages: {
    title: 'pages and readers',
    run: ['@playwright/test/cli.js', 'test', '--config', 'e2e'],
    reporters: ['--reporter=list,./e2e/count-playwright.mjs'],
  },
};

const self = fileURLToPath(import.meta.url);
const ownNode = packagedNode(self);
if (isNodeOld() && ownNode) {
  process.exit(spawnSync(ownNode, [self, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
}
process.exit(testAll(process.argv.slice(2)));

/** Runs the named stages, or all of them. Continues after a stage that fails. Returns the exit code. */
function testAll(names) {
  const unknown = names.filter((name) => !(name in stages));
  if (unknown.length > 0) {
    console.error(`There is no check "${unknown[0]}". There are: ${Object.keys(stages).join(', ')}.`);
    return 2;
  }
  const results = Object.entries(stages)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([, stage]) => ({ title: stage.title, ...runStage(stage) }));
  return report(results);
}

function runStage({ title, run: [script, ...args], reporters = [] }) {
  console.log(`\n=== ${title}`);
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-test-'));
  const counts = join(home, 'counts.json');
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args, ...reporters], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, BROADSHEET_COUNTS: counts, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const seconds = (performance.now() - started) / 1000;
  const found = readCounts(counts, reporters.length > 0, status);
  rmSync(home, { recursive: true, force: true });
  return { ...found, seconds };
}

/** A stage without reporters is one check. If it fails without naming a test, it counts as failed all the same. */
function readCounts(file, hasReport, status) {
  const failedAsWhole = { passed: 0, failed: 1, notRun: [] };
  if (!hasReport) return status === 0 ? { passed: 1, failed: 0, notRun: [] } : failedAsWhole;
  if (!existsSync(file)) return failedAsWhole;
  const counts = JSON.parse(readFileSync(file, 'utf8'));
  return { ...counts, failed: status !== 0 && counts.failed === 0 ? 1 : counts.failed };
}

function report(results) {
  const all = (key) => results.reduce((sum, result) => sum + result[key], 0);
  const notRun = results.flatMap((result) => result.notRun);
  // The material beside the repository is not a tool that could be installed. Without it, there is nothing to test.
  const forbidden = notRun.filter(({ reason }) => !reason.includes('../shared'));
  console.log('\n                      passed   failed  not run  seconds');
  for (const { title, passed, failed, notRun: missed, seconds } of results) {
    const cells = [passed, failed, missed.length, seconds.toFixed(0)].map((cell) => String(cell).padStart(9));
    console.log(title.padEnd(19) + cells.join(''));
  }
  // Whoever reads only the end of a log finds out what failed.
  for (const name of results.flatMap(({ names = [] }) => names)) console.log(`failed: ${name}`);
  for (const name of results.flatMap(({ again = [] }) => again))
    console.log(`passed at the second attempt only: ${name}`);
  for (const { name, reason } of notRun) console.log(`not run: ${name} (${reason.replace(/^not run: /, '')})`);
  if (forbidsSkips && forbidden.length > 0)
    console.log(`${forbidden.length} checks were not run, and skipping is forbidden here.`);
  const skipped = notRun.length > 0 ? `, ${notRun.length} skipped` : '';
  console.log(`\n${all('passed')} passed, ${all('failed')} failed${skipped}`);
  return all('failed') > 0 || (forbidsSkips && forbidden.length > 0) ? 1 : 0;
}
