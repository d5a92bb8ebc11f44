import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLoopback } from '../dev/hosts.ts';
import { type CommandWords, type Io, readArguments } from './command.ts';
import { devTerminal } from './dev-terminal.ts';
import { renewSchemas, schemasRenewed } from './editor-schemas.ts';
import { cacheFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { allowHostOption, hostNames, hostOption } from './host-options.ts';
import { nowOf } from './now.ts';
import { portOf, portOption, untilStopped } from './preview.ts';

export const words: CommandWords = {
  usage: 'dev [--site DIR] [options]',
  about: `Shows the site while you write. Anything you save shows on the next request, and open pages reload themselves.
Drafts and scheduled stories are shown at their addresses, with a bar that says what readers see. With
--host or --allow-host, other people can open the site, so it shows only what readers see unless you add --drafts.`,
  options: {
    site: siteOption,
    now: { value: 'ISO', words: 'show the site as readers will see it at that time (default: the current time)' },
    drafts: { words: 'show drafts and scheduled stories to everyone who can open the site' },
    port: portOption,
    host: hostOption,
    'allow-host': allowHostOption,
  },
  examples: [
    ['broadsheet dev', 'the newsroom of the current folder, at http://localhost:4321'],
    ['broadsheet dev --now 2026-03-01T06:00', 'what readers will see then'],
    ['broadsheet dev --host 0.0.0.0', 'for everyone on this network, without drafts'],
  ],
};

/** `broadsheet dev`. Runs until it is stopped. */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const port = portOf(args.value('port'));
  const fixed = args.has('now') ? await nowOf(args, site) : undefined;
  const host = args.value('host') ?? '127.0.0.1';
  const allowed = hostNames(args.all('allow-host'));
  const isOpen = !isLoopback(host) || allowed.length > 0;
  mustBeNewsroom(site);
  if (renewSchemas(site).length > 0) io.stdout.write(`${schemasRenewed}\n`);
  const cache = cacheFolder(site, io);
  const work = join(cache, 'dev');
  openRoot(join(work, 'app'));
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true'; // no requests to other hosts
  // One after the other: Astro and the engine load the same Markdown parser, which Node refuses to load twice at once.
  const { devNewsroom } = await import('../dev/newsroom.ts');
  const { astroConfig } = await import('../press/astro.ts');
  const { dev } = await import('astro');
  const folders = {
    root: join(work, 'app'),
    out: join(work, 'out'),
    cache: join(work, 'cache'),
    fonts: join(cache, 'fonts'),
  };
  const isPublic = isOpen && !args.has('drafts');
  const newsroom = devNewsroom({
    site,
    cache,
    root: folders.root,
    now: () => fixed ?? Date.now(),
    isNowGiven: fixed !== undefined,
    host,
    allowed,
    isPublic,
    tell: devTerminal(io),
    warn: (says) => void io.stderr.write(`${says}\n`),
  });
  const config = astroConfig({ site, ...folders }, [newsroom.integration]);
  // Broadsheet reports errors during rendering itself, in words for editors.
  const server = await dev({ ...config, logLevel: 'silent', server: { port, host, allowedHosts: allowed } });
  const { baseOf } = await import('../site/site.ts');
  const shown = await newsroom.siteNow();
  const path = `${shown ? baseOf(shown) : ''}/`;
  const addresses = addressesOf(host, server.address.port).map((address) => address + path);
  io.stdout.write(
    `${[...addresses, ...(await whoSees({ isOpen, isPublic, fixed, zone: shown?.timeZone ?? 'UTC' }))].join('\n')}\n`,
  );
  // The handlers are set before the message is printed, so that a signal sent then is not lost.
  const stopped = untilStopped(() => server.stop());
  io.stdout.write('Press Ctrl+C to stop.\n');
  return await stopped;
}

/** The addresses to open in a browser: on this machine, and on the network if it is allowed. */
function addressesOf(host: string, port: number): string[] {
  if (isLoopback(host)) return [`http://localhost:${port}`];
  if (host !== '0.0.0.0' && host !== '::') return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`];
  const others = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => `http://${address}:${port}`);
  return [`http://localhost:${port}`, ...others];
}

/** Who can open the site, and what it shows them. */
async function whoSees({
  isOpen,
  isPublic,
  fixed,
  zone,
}: {
  isOpen: boolean;
  isPublic: boolean;
  fixed: number | undefined;
  /** The time zone of the site, or UTC while the newsroom has mistakes. */
  zone: string;
}): Promise<string[]> {
  const { momentWords } = await import('../site/zone.ts');
  return [
    ...(fixed === undefined
      ? []
      : [`The site is shown as readers will see it on ${momentWords(fixed, zone)} (${zone}).`]),
    isPublic
      ? 'Other people can open this, so it shows only what readers see. To show drafts and scheduled stories to them too, add  --drafts .'
      : isOpen
        ? 'Other people can open this, and it shows them drafts and scheduled stories, because of  --drafts .'
        : 'Only this machine can open this. It shows drafts and scheduled stories at their addresses.',
  ];
}

/** Astro's root, from which Vite resolves packages. The engine can be anywhere, and may not be writable. */
function openRoot(root: string): void {
  mkdirSync(root, { recursive: true });
  const packages = dirname(dirname(fileURLToPath(import.meta.resolve('astro/package.json'))));
  rmSync(join(root, 'node_modules'), { force: true });
  symlinkSync(packages, join(root, 'node_modules'), 'junction');
}
