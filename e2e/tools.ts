import { execFileSync } from 'node:child_process';
import { test } from '@playwright/test';

/**
 * What a check may need in addition to npm packages, and the Debian package that provides it: programs, a browser, and
 * fonts.
 */
const howToGet = {
  java: 'java (Debian: default-jre-headless)',
  xmllint: 'xmllint (Debian: libxml2-utils)',
  feedparser: 'feedparser for /usr/bin/python3 (Debian: python3-feedparser)',
  pdftotext: 'pdftotext, pdfimages and pdftoppm (Debian: poppler-utils)',
  'firefox-esr': 'Firefox ESR (Debian: firefox-esr)',
  'liberation-serif': 'the font Liberation Serif (Debian: fonts-liberation)',
  'noto-serif': 'the font Noto Serif (Debian: fonts-noto-core)',
  chromium: 'a Chromium (Debian: chromium; or name one in CHROMIUM_PATH)',
};

export type Tool = keyof typeof howToGet;

/**
 * Stops the running test if a tool is missing: "not run", never "passed". If skipping is forbidden
 * (`BROADSHEET_FORBID_SKIPS=1`, set by `.ci/run`), the test fails instead.
 */
export function need(...tools: Tool[]): void {
  const missing = tools.filter((tool) => !isHere(tool));
  if (missing.length === 0) return;
  const reason = `not run: needs ${missing.map((tool) => howToGet[tool]).join(', ')}`;
  if (process.env.BROADSHEET_FORBID_SKIPS === '1') throw new Error(reason);
  console.log(`${test.info().title}: ${reason}`);
  test.info().skip(true, reason);
}

const known = new Map<Tool, boolean>();

function isHere(tool: Tool): boolean {
  // The browser is searched for once, before all tests: see prepare.ts.
  if (tool === 'chromium') return process.env.BROADSHEET_BROWSER !== undefined;
  if (!known.has(tool)) known.set(tool, tool in fonts ? hasFont(fonts[tool as Font]) : starts(tool as Program));
  return known.get(tool) === true;
}

const fonts = { 'liberation-serif': 'Liberation Serif', 'noto-serif': 'Noto Serif' };
type Font = keyof typeof fonts;
type Program = Exclude<Tool, 'chromium' | Font>;

function hasFont(family: string): boolean {
  try {
    return execFileSync('fc-list', [family], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false; // without fontconfig there are no fonts
  }
}

const versionFlag: Record<Exclude<Program, 'feedparser'>, string> = {
  java: '-version',
  xmllint: '--version',
  pdftotext: '-v',
  'firefox-esr': '--version',
};

function starts(tool: Program): boolean {
  try {
    if (tool === 'feedparser') execFileSync('/usr/bin/python3', ['-c', 'import feedparser'], { stdio: 'ignore' });
    else execFileSync(tool, [versionFlag[tool]], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
