import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type CommandWords, type Io, type Option, readArguments, UsageError } from './command.ts';
import { distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';

export const portOption: Option = { value: 'NUMBER', words: 'the port (default: 4321, or the next one that is free)' };
export const hostOption: Option = {
  value: 'ADDRESS',
  words: 'who may see it: 0.0.0.0 lets the whole network (default: this machine only)',
};

export const words: CommandWords = {
  usage: 'preview [--site DIR] [--out DIST] [options]',
  about: 'Shows the site that was written, as a plain host would; builds it first when there is none.',
  options: {
    site: siteOption,
    out: { value: 'DIST', words: 'where the site was written (default: DIR/dist)' },
    port: portOption,
    host: hostOption,
  },
  examples: [['broadsheet preview', 'the site of the current folder, at http://localhost:4321']],
};

/** `broadsheet preview`. Runs until it is stopped. */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const port = portOf(args.value('port'));
  mustBeNewsroom(site);
  if (!existsSync(join(dist, 'index.html'))) {
    io.stderr.write('Nothing has been built yet, so this comes first.\n');
    const build = await import('./build.ts');
    const code = await build.run(['--site', site, '--out', dist], io);
    if (code !== 0) return code;
  }
  const server = await openPreview(dist, await baseOfSite(site), {
    port,
    isPortWanted: args.has('port'),
    host: args.value('host') ?? '127.0.0.1',
  });
  io.stdout.write(`${addressOf(server, await baseOfSite(site))}\nPress Ctrl+C to stop.\n`);
  return await untilStopped(async () => {
    server.closeAllConnections();
    server.close();
  });
}

/** Serves a built site under the path that its url has. */
export async function openPreview(
  dist: string,
  base: string,
  { port, isPortWanted, host }: { port: number; isPortWanted: boolean; host: string },
): Promise<Server> {
  const { default: sirv } = await import('sirv');
  // `dev` reads the disk for each request: the site may be built again meanwhile.
  const files = sirv(realpathSync(dist), { dev: true, etag: true, dotfiles: false });
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (base && (url === '/' || url === base)) {
      response.writeHead(302, { location: `${base}/` }).end();
      return;
    }
    const notFound = () => {
      const page = join(dist, '404.html');
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(existsSync(page) ? readFileSync(page) : 'Not found');
    };
    if (base && !url.startsWith(`${base}/`)) return notFound();
    request.url = url.slice(base.length);
    const path = new URL(request.url, 'http://localhost').pathname;
    // A host sends a folder without its slash on; without that, links that begin at the page would miss.
    if (!path.endsWith('/') && existsSync(join(dist, decoded(path), 'index.html'))) {
      response.writeHead(301, { location: `${base}${path}/` }).end();
      return;
    }
    files(request, response, notFound);
  });
  for (let next = port; ; next++) {
    try {
      await listen(server, next, host);
      return server;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || next > port + 50) throw error;
      if (isPortWanted)
        throw new UsageError(
          `The port ${port} is taken by another program.`,
          'Stop it, or name another one with  --port .',
        );
    }
  }
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/** The address to open in a browser. */
function addressOf(server: Server, base: string): string {
  const { address, port } = server.address() as AddressInfo;
  const host = address === '127.0.0.1' || address === '0.0.0.0' || address.includes(':') ? 'localhost' : address;
  return `http://${host}:${port}${base}/`;
}

/** @throws UsageError unless it is a port */
export function portOf(text: string | undefined): number {
  const port = Number(text ?? 4321);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text}: this is no port.`, 'Give a number between 1024 and 65535.');
  return port;
}

/** The path that the site stands under, '' for none. */
async function baseOfSite(site: string): Promise<string> {
  const { parse } = await import('yaml');
  const { url } = parse(readFileSync(join(site, 'content/site.yaml'), 'utf8')) as { url?: string };
  const { baseOf } = await import('../site/site.ts');
  return url && URL.canParse(url) ? baseOf({ url }) : '';
}

/** Waits for Ctrl+C. @returns the exit code: to stop a server is how it ends, not a failure */
export function untilStopped(close: () => Promise<void>): Promise<number> {
  return new Promise((resolve) => {
    const stop = () => void close().then(() => resolve(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
