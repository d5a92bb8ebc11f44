import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastReport } from './report.ts';
import { manualOf, ownTests, statementOf } from './statement.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

test('the statement and the manual match the last report (npm run accessibility)', () => {
  expect(read('content/pages/accessibility.md')).toBe(statementOf(lastReport()));
  expect(read('docs/accessibility.md')).toBe(manualOf(lastReport()));
});

test('every test that the statement mentions exists', () => {
  expect(ownTests.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
});
