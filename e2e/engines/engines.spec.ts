import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchFound } from '../browser.ts';
import { demo } from '../demo.ts';
import { listed } from '../gates/gate.ts';
import { nuHtmlChecker } from '../gates/nu-html-checker.ts';
import { serve } from '../serve.ts';
import { need } from '../tools.ts';
import { arabicNewsroom, pageTypes, pageTypesFromRightToLeft } from './page-types.ts';
import { enginesNow, lastReport } from './report.ts';
import { reviewed } from './reviewed.ts';
import { schemes, surveyCanary, surveyPages } from './survey.ts';

// Five engines check a page of every type. The Nu checker reads files, so colour schemes do not matter to it: it checks
// all pages of the demo newsroom (gates.spec.ts), and here those in Arabic. The other four check the pages in a
// browser.

test.describe.configure({ timeout: 400_000 });

test('the report names the current page types and engines (npm run accessibility)', async () => {
  const { engines, pages } = lastReport();
  expect(engines).toEqual(enginesNow());
  expect(pages).toEqual(await pageTypes(demo().folder));
});

for (const scheme of schemes)
  for (const half of [0, 1])
    test(`axe, IBM, Alfa, and HTML_CodeSniffer find nothing on a page of every type, ${scheme}, half ${half + 1} of 2`, async () => {
      need('chromium');
      await using browser = await launchFound();
      const pages = Object.values(await pageTypes(demo().folder)).filter((_, position) => position % 2 === half);
      expect(pages.length).toBeGreaterThan(5);
      expect(listed(await surveyPages(browser, demo(), pages, scheme))).toBe('');
    });

test('all five find nothing on a front, lists, and stories in Arabic, from right to left, in light and dark mode', async () => {
  need('chromium', 'java');
  const home = await mkdtemp(join(tmpdir(), 'broadsheet-arabic-'));
  const [newsroom, folder] = [join(home, 'newsroom'), join(home, 'dist')];
  await cp(arabicNewsroom, newsroom, { recursive: true });
  const bin = join(import.meta.dirname, '../../src/cli/bin.mjs');
  execFileSync(process.execPath, [bin, 'build', '--site', newsroom, '--out', folder, '--quiet']);
  const { origin, server } = await serve(folder);
  const site = { folder, origin, siteUrl: 'https://barid.example' };
  const pages = await pageTypesFromRightToLeft(folder);
  expect(pages.length).toBe(lastReport().pagesFromRightToLeft);
  await using browser = await launchFound();
  const findings = await nuHtmlChecker.check(site, pages);
  for (const scheme of schemes) findings.push(...(await surveyPages(browser, site, pages, scheme)));
  server.close();
  server.closeAllConnections();
  await rm(home, { recursive: true, force: true });
  expect(listed(findings)).toBe('');
});

test('each engine still detects the seeded defects that docs/accessibility.md says it does', async () => {
  need('chromium', 'java');
  await using browser = await launchFound();
  const now = await surveyCanary(browser, true);
  const { caught } = lastReport();
  expect(Object.keys(now).length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(now)).toEqual(Object.keys(caught));
  const lost = Object.entries(caught).flatMap(([defect, engines]) =>
    Object.entries(engines).flatMap(([engine, rules]) =>
      rules.filter((rule) => !now[defect]?.[engine]?.includes(rule)).map((rule) => `${engine} ${rule}: ${defect}`),
    ),
  );
  expect(lost).toEqual([]);
  const blind = reviewed.filter(({ engine, rule, canary }) => !now[canary]?.[engine]?.includes(rule));
  expect(blind.map(({ engine, rule }) => `${engine} ${rule}`)).toEqual([]);
});
