import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { engines } from './engine.ts';
import { type Caught, nuName } from './survey.ts';

/** What was run, kept in the repository: the statement and the manual are written from it and say nothing else. */
export interface AccessibilityReport {
  /** The day on which the engines looked, ISO. */
  day: string;
  browser: string;
  engines: { name: string; version: string; asked: string }[];
  /** The page of each type, under the folder of the site. */
  pages: Record<string, string>;
  /** Pages of the newsroom in Arabic. */
  pagesFromRightToLeft: number;
  caught: Caught;
}

export const reportFile = join(import.meta.dirname, 'report.json');

export const lastReport = (): AccessibilityReport =>
  JSON.parse(readFileSync(reportFile, 'utf8')) as AccessibilityReport;

/** All five, as they are installed now. */
export function enginesNow(): AccessibilityReport['engines'] {
  const { version } = createRequire(import.meta.url)('../../node_modules/vnu-jar/package.json') as { version: string };
  return [
    ...engines.map(({ name, version, asked }) => ({ name, version, asked })),
    { name: nuName, version, asked: 'errors and warnings, in the files' },
  ];
}
