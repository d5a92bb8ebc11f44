import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findBrowser } from './browser.ts';
import { serve } from './serve.ts';

const root = join(import.meta.dirname, '..');

/**
 * Before all tests, finds a browser, builds the demo newsroom into its own folder, and serves it.
 * `BROADSHEET_E2E_DIST=FOLDER` uses a finished folder instead of building, for work on the gates.
 */
export default async function prepare(): Promise<() => Promise<void>> {
  const browser = await findBrowser();
  if ('tried' in browser) console.log(`No browser: ${browser.tried.join('; ') || 'none is installed'}.`);
  else {
    console.log(`Browser: ${browser.origin}, Chromium ${browser.version}`);
    process.env.BROADSHEET_BROWSER = JSON.stringify(browser);
  }

  const home = await mkdtemp(join(tmpdir(), 'broadsheet-e2e-'));
  const dist = process.env.BROADSHEET_E2E_DIST ?? buildDemo(home);
  if (!existsSync(dist)) throw new Error(`There is no folder ${dist}.`);
  const { origin, server } = await serve(dist);
  const site = parse(await readFile(join(root, 'content/site.yaml'), 'utf8'));
  process.env.BROADSHEET_SITE = JSON.stringify({ folder: dist, origin, siteUrl: site.url.replace(/\/$/, '') });
  process.env.BROADSHEET_ORIGIN = origin;

  return async () => {
    server.close();
    server.closeAllConnections();
    await rm(home, { recursive: true, force: true });
  };
}

/** Into an empty folder, but with the everyday cache, so that pictures are not encoded again. */
function buildDemo(home: string): string {
  const dist = join(home, 'dist');
  const bin = join(root, 'src/cli/bin.mjs');
  execFileSync(process.execPath, [bin, 'build', '--site', root, '--out', dist], { stdio: 'inherit' });
  return dist;
}
