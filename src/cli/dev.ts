import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandWords, type Io, readArguments } from './command.ts';
import { cacheFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { allowHostOption, hostOption } from './hosts.ts';
import { nowOf, nowOption } from './now.ts';
import { portOf, portOption, untilStopped } from './preview.ts';

export const words: CommandWords = {
  usage: 'dev [--site DIR] [options]',
  about: `Shows the site while it is written: what was saved shows on the next request, and open pages load themselves
again. Readers see the same, so drafts and what waits for its time are not shown; with --now, what will be out then.`,
  options: { site: siteOption, now: nowOption, port: portOption, host: hostOption },
  examples: [
    ['broadsheet dev', 'the newsroom of the current folder, at http://localhost:4321'],
    ['broadsheet dev --now 2026-03-01T06:00', 'with everything that is out by then'],
  ],
};

/** `broadsheet dev`. Runs until it is stopped. */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const port = portOf(args.value('port'));
  const fixed = args.has('now') ? await nowOf(args, site) : undefined;
  mustBeNewsroom(site);
  const cache = cacheFolder(site, io);
  const work = join(cache, 'dev');
  openRoot(join(work, 'app'));
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true'; // nothing is asked of another host
  const [{ dev }, { astroConfig }, { devNewsroom }] = await Promise.all([
    import('astro'),
    import('../press/astro.ts'),
    import('./dev-newsroom.ts'),
  ]);
  const folders = {
    root: join(work, 'app'),
    out: join(work, 'out'),
    cache: join(work, 'cache'),
    fonts: join(cache, 'fonts'),
  };
  const config = astroConfig({ site, ...folders }, [devNewsroom({ site, cache, now: () => fixed ?? Date.now() })]);
  const server = await dev({ ...config, server: { port, host: args.value('host') ?? '127.0.0.1' } });
  const { querySite } = await import('../index/queries.ts');
  io.stdout.write(`http://localhost:${server.address.port}${await baseOrNone(querySite)}/\nPress Ctrl+C to stop.\n`);
  return await untilStopped(() => server.stop());
}

/** Astro's root: Vite looks for packages from there, and the engine may be anywhere, and not be writable. */
function openRoot(root: string): void {
  mkdirSync(root, { recursive: true });
  const packages = dirname(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))));
  rmSync(join(root, 'node_modules'), { force: true });
  symlinkSync(packages, join(root, 'node_modules'), 'junction');
}

/** The path that the site stands under; a newsroom with mistakes has none yet. */
async function baseOrNone(querySite: () => { url: string }): Promise<string> {
  const { baseOf } = await import('../site/site.ts');
  const { desk } = await import('../index/desk.ts');
  try {
    await desk().refresh?.(); // nothing was asked yet, so nothing was taken in
    return baseOf(querySite());
  } catch {
    return '';
  }
}
