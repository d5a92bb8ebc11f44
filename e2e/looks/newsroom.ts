import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { filesOf } from '../files.ts';
import { serve } from '../serve.ts';

/** A small newsroom that never changes by itself, built and served. */
export interface LooksNewsroom {
  /** The address of its front, without a trailing slash. */
  origin: string;
  /** What was built. */
  folder: string;
  /** Writes one file. `build` brings it to the pages. */
  put(file: string, text: string): Promise<void>;
  build(): Promise<void>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');
/** Templates and renditions are the same in each run of a checkout, so they are kept, like those of the unit tests. */
const checkout = createHash('sha256').update(root).digest('hex').slice(0, 8);
const cache = join(tmpdir(), `broadsheet-looks-${userInfo().uid}-${checkout}`);

/** Builds a newsroom from these files as of noon on 1 June 2025, and serves it. */
export async function openNewsroom(files: Record<string, string | Uint8Array>): Promise<LooksNewsroom> {
  const site = await mkdtemp(join(tmpdir(), 'broadsheet-looks-'));
  const dist = join(site, 'dist');
  const put = async (file: string, text: string | Uint8Array) => {
    await mkdir(dirname(join(site, file)), { recursive: true });
    await writeFile(join(site, file), text);
  };
  const build = async () => {
    const bin = join(root, 'src/cli/bin.mjs');
    const args = [bin, 'build', '--site', site, '--out', dist, '--now', '2025-06-01T12:00:00Z'];
    execFileSync(process.execPath, args, { env: { ...process.env, BROADSHEET_CACHE: cache }, stdio: 'pipe' });
    await waitForFonts(dist);
  };
  for (const [file, text] of Object.entries(files)) await put(file, text);
  if ('theme/tokens.css' in files) await putFonts(site);
  await build();
  const { origin, server } = await serve(dist);
  return { origin, folder: dist, put, build, close: () => close(server, site) };
}

async function close(server: Server, site: string): Promise<void> {
  server.close();
  server.closeAllConnections();
  await rm(site, { recursive: true, force: true });
}

/**
 * Interface text is set in a font of the reader's machine, and Arabic in whatever the machine has. Here both come from
 * one file of a package, so that lines break in the same places on every machine.
 */
async function putFonts(site: string): Promise<void> {
  for (const script of ['latin', 'arabic']) {
    const name = `vazirmatn-${script}-wght-normal.woff2`;
    await copyFile(
      join(root, 'node_modules/@fontsource-variable/vazirmatn/files', name),
      join(site, 'theme', `${script}.woff2`),
    );
  }
}

/** A page that loads fast does not wait for a late font. The comparison must not depend on how busy the machine is. */
async function waitForFonts(dist: string): Promise<void> {
  for (const file of await filesOf(dist, '.css')) {
    const path = join(dist, file);
    const text = await readFile(path, 'utf8');
    const patient = text.replaceAll(/font-display:\s*optional/g, 'font-display:block');
    if (patient !== text) await writeFile(path, patient);
  }
}
