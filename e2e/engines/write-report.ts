import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, launchFound } from '../browser.ts';
import { type BuiltSite, type Finding, listed } from '../gates/gate.ts';
import { nuHtmlChecker } from '../gates/nu-html-checker.ts';
import { serve } from '../serve.ts';
import { arabicNewsroom, pageTypes, pageTypesFromRightToLeft } from './page-types.ts';
import { type AccessibilityReport, enginesNow, reportFile } from './report.ts';
import { manualOf, statementOf } from './statement.ts';
import { schemes, surveyCanary, surveyPages } from './survey.ts';

// `npm run accessibility`: runs the five engines and stores their findings. If there is a finding that nobody has
// reviewed, nothing is written.

const root = join(import.meta.dirname, '../..');

/** Publishes a newsroom into a folder of `home` and serves it. The newsroom itself is not changed. */
async function publish(home: string, name: string, newsroom: string) {
  const dist =
    process.env.BROADSHEET_E2E_DIST !== undefined && newsroom === root
      ? process.env.BROADSHEET_E2E_DIST
      : join(home, name);
  if (dist === join(home, name))
    execFileSync(process.execPath, [
      join(root, 'src/cli/bin.mjs'),
      'build',
      '--site',
      newsroom,
      '--out',
      dist,
      '--quiet',
    ]);
  const { origin, server } = await serve(dist);
  const site: BuiltSite = { folder: dist, origin, siteUrl: '' };
  return { site, server };
}

const found = await findBrowser();
if ('tried' in found) throw new Error(`No browser: ${found.tried.join('; ')}`);
process.env.BROADSHEET_BROWSER = JSON.stringify(found);
const home = await mkdtemp(join(tmpdir(), 'broadsheet-accessibility-'));
const copy = join(home, 'newsroom');
await cp(arabicNewsroom, copy, { recursive: true });
const demo = await publish(home, 'demo', root);
const arabic = await publish(home, 'arabic', copy);
try {
  await using browser = await launchFound();
  const pages = await pageTypes(demo.site.folder);
  const arabicPages = await pageTypesFromRightToLeft(arabic.site.folder);
  const findings: Finding[] = [
    ...(await nuHtmlChecker.check(demo.site, Object.values(pages))),
    ...(await nuHtmlChecker.check(arabic.site, arabicPages)),
  ];
  for (const scheme of schemes) {
    findings.push(...(await surveyPages(browser, arabic.site, arabicPages, scheme)));
    for (const page of Object.values(pages)) {
      findings.push(...(await surveyPages(browser, demo.site, [page], scheme)));
      console.log(`looked at ${page}, ${scheme}`);
    }
  }
  if (findings.length > 0) {
    console.log(listed(findings));
    process.exitCode = 1;
  } else {
    const report: AccessibilityReport = {
      day: new Date().toISOString().slice(0, 10),
      browser: `Chromium ${found.version}`,
      engines: enginesNow(),
      pages,
      pagesFromRightToLeft: arabicPages.length,
      caught: await surveyCanary(browser, true),
    };
    await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    await writeFile(join(root, 'content/pages/accessibility.md'), statementOf(report));
    await writeFile(join(root, 'docs/accessibility.md'), manualOf(report));
    console.log(`Written: e2e/engines/report.json, content/pages/accessibility.md, docs/accessibility.md.`);
  }
} finally {
  for (const { server } of [demo, arabic]) {
    server.close();
    server.closeAllConnections();
  }
  await rm(home, { recursive: true, force: true });
}
