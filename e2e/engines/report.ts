import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { engines } from './engine.ts';
import { type Caught, nuName } from './survey.ts';

/**
 * The results, kept in the repository. The statement and the manual are generated from them and contain nothing else.
 */
export interface AccessibilityReport {
  /** The day of the run, ISO. */
  day: string;
  browser: string;
  engines: { name: string; version: string; asked: string }[];
  /** The page of each type, relative to the folder of the site. */
  pages: Record<string, string>;
  /** Pages of the newsroom in Arabic. */
  pagesFromRightToLeft: number;
  caught: Caught;
}

export const reportFile = join(import.meta.dirname, 'report.json');

export const lastReport = (): AccessibilityReport =>
  JSON.parse(readFileSync(reportFile, 'utf8')) as AccessibilityReport;

/** All five, with their installed versions. */
export function enginesNow(): AccessibilityReport['engines'] {
  const { version } = createRequire(import.meta.url)('../../node_modules/vnu-jar/package.json') as { version: string };
  return [
    ...engines.map(({ name, version, asked }) => ({ name, version, asked })),
    { name: nuName, version, asked: 'errors and warnings, in the files' },
  ];
}
