import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from '@playwright/test';

/** A browser that was started once, and what it takes to start it again. */
export interface FoundBrowser {
  /** The name of its source, for people. */
  origin: string;
  executablePath: string;
  args: string[];
  /** Added to the environment. */
  env: Record<string, string>;
  version: string;
}

/**
 * Finds the first Chromium that really starts, or says what was tried. The order is CHROMIUM_PATH, Playwright's own,
 * the system's, and the one packed in `@sparticuz/chromium`. A file that exists but does not start is skipped, because
 * `executablePath()` names files that do not exist, and a system package may lack its libraries.
 */
export async function findBrowser(): Promise<FoundBrowser | { tried: string[] }> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    try {
      const found = await candidate();
      if (found === undefined) continue;
      const browser = await launch(found);
      const version = browser.version();
      await browser.close();
      return { ...found, version };
    } catch (error) {
      tried.push(String(error instanceof Error ? error.message : error).split('\n')[0] ?? '');
    }
  }
  return { tried };
}

/** Starts the browser that `prepare.ts` found before all tests. */
export function launchFound(): Promise<Browser> {
  const found = process.env.BROADSHEET_BROWSER;
  if (found === undefined) throw new Error('No browser was found: see the first lines of this run.');
  return launch(JSON.parse(found) as FoundBrowser);
}

function launch(found: Omit<FoundBrowser, 'version'>): Promise<Browser> {
  const { executablePath, args, env } = found;
  // Long, so that a machine that is also doing other work does not cause a failure.
  return chromium.launch({ executablePath, args, env: { ...definedOnly(process.env), ...env }, timeout: 90_000 });
}

type Candidate = () => Promise<Omit<FoundBrowser, 'version'> | undefined>;

const candidates: Candidate[] = [
  async () => at('CHROMIUM_PATH', process.env.CHROMIUM_PATH),
  async () => at("Playwright's own", chromium.executablePath()),
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (name): Candidate =>
      async () =>
        at(`the system's ${name}`, onPath(name)),
  ),
  packed,
];

function at(origin: string, path: string | undefined) {
  return path && existsSync(path) ? { origin, executablePath: path, args: [], env: {} } : undefined;
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * The Chromium inside `@sparticuz/chromium` (Linux). Its own arguments are not used: they turn web security off and
 * would make every check of the Content Security Policy worthless.
 */
async function packed() {
  if (process.platform !== 'linux') return undefined;
  const { version } = createRequire(import.meta.url)('../node_modules/@sparticuz/chromium/package.json');
  // The package uses any file called `chromium` in TMPDIR, even that of another version.
  const home = join(tmpdir(), `broadsheet-chromium-${version}-${userInfo().username}`);
  await mkdir(home, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = home;
  try {
    const { default: packedChromium, inflate } = await import('@sparticuz/chromium');
    const executablePath = await packedChromium.executablePath();
    const env: Record<string, string> = {};
    if (await lacksLibraries(executablePath)) {
      const bin = join(import.meta.dirname, '../node_modules/@sparticuz/chromium/bin');
      await inflate(join(bin, 'al2023.tar.br'));
      env.LD_LIBRARY_PATH = join(home, 'al2023/lib');
    }
    if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH = await fontsConfiguration(home);
    const args = ['--headless=shell', '--no-sandbox', '--no-zygote', '--disable-gpu'];
    return { origin: `@sparticuz/chromium ${version}`, executablePath, args, env };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

async function lacksLibraries(executable: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ldd', [executable]).catch(() => ({ stdout: 'not found' }));
  return stdout.includes('not found');
}

/** The packed configuration names a fixed folder. In any other folder, every PDF would silently lose its text. */
async function fontsConfiguration(home: string): Promise<string> {
  const folder = join(home, 'fontconfig');
  await mkdir(folder, { recursive: true });
  const folders = [join(home, 'fonts'), '/usr/share/fonts'].map((path) => `<dir>${path}</dir>`).join('');
  const config = `<fontconfig>${folders}<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`;
  await writeFile(join(folder, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">${config}`);
  return folder;
}

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
