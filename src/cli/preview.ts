import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isLoopback, knownHosts } from '../dev/hosts.ts';
import { guard } from '../dev/requests.ts';
import { sendFile } from '../dev/send-file.ts';
import { isWithin } from '../site/is-within.ts';
import { type CommandWords, type Io, type Option, readArguments, UsageError } from './command.ts';
import { distFolder, mustBeNewsroom, siteFolder, siteOption } from './folders.ts';
import { allowHostOption, hostNames, hostOption } from './host-options.ts';
import { siteFacts } from './site-facts.ts';

export const portOption: Option = { value: 'NUMBER', words: 'the port (default: 4321, or the next free one)' };

export const words: CommandWords = {
  usage: 'preview [--site DIR] [--out DIST] [options]',
  about: 'Serves the built site as a static host would. If there is no site yet, it is built first.',
  options: {
    site: siteOption,
    out: { value: 'DIST', words: 'the folder of the site (default: DIR/dist)' },
    port: portOption,
    host: hostOption,
    'allow-host': allowHostOption,
  },
  examples: [['broadsheet preview', 'the site in the current folder, at http://localhost:4321']],
};

/** `broadsheet preview`. Runs until it is stopped. */
export async function run(argv: string[], io: Io): Promise<number> {
  const args = readArguments(words, argv);
  const site = siteFolder(args, io);
  const dist = distFolder(args, site, io);
  const port = portOf(args.value('port'));
  mustBeNewsroom(site);
  if (!existsSync(join(dist, 'index.html'))) {
    io.stderr.write('Nothing has been built yet, so the site is built first.\n');
    const build = await import('./build.ts');
    const code = await build.run(['--site', site, '--out', dist], io);
    if (code !== 0) return code;
  }
  const server = await openPreview(dist, await baseOfSite(site), {
    port,
    isPortWanted: args.has('port'),
    host: args.value('host') ?? '127.0.0.1',
    allowed: hostNames(args.all('allow-host')),
  });
  const address = addressOf(server, await baseOfSite(site));
  // The handlers are set before the message is printed, so that a signal sent then is not lost.
  const stopped = untilStopped(async () => {
    server.closeAllConnections();
    server.close();
  });
  io.stdout.write(`${address}\nPress Ctrl+C to stop.\n`);
  return await stopped;
}

/** Serves a built site under the path of its url, to clients that use one of its own host names. */
export async function openPreview(
  dist: string,
  base: string,
  { port, isPortWanted, host, allowed }: { port: number; isPortWanted: boolean; host: string; allowed: string[] },
): Promise<Server> {
  const root = realpathSync(dist);
  const server = createServer();
  const isKnownHost = knownHosts(host, allowed, hostname());
  // The disk is read for each request, because the site may be built again meanwhile.
  const answer: Parameters<typeof guard>[2] = async (request, response, { path, encodedPath }) => {
    const leadTo = (status: number, location: string) => void response.writeHead(status, { location }).end();
    const notFound = () => {
      const page = join(root, '404.html');
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end(request.method === 'HEAD' ? undefined : existsSync(page) ? readFileSync(page) : 'Not found');
    };
    if (base && (path === '/' || path === base)) return leadTo(302, `${base}/`);
    // Two slashes name nothing, and in a Location header they would name another host.
    if (!path.startsWith(`${base}/`) || path.includes('//')) return notFound();
    const file = join(root, path.slice(base.length));
    if (!isWithin(file, root) || isHidden(path)) return notFound();
    // A host redirects a folder without its slash. Otherwise relative links on the page would not work.
    if (!path.endsWith('/') && isFile(join(file, 'index.html'))) return leadTo(301, `${encodedPath}/`);
    const found = path.endsWith('/') ? join(file, 'index.html') : file;
    if (!isFile(found)) return notFound();
    await sendFile(request, response, found, notFound);
  };
  guard(server, isKnownHost, answer, () => false);
  for (let next = port; ; next++) {
    try {
      await listen(server, next, host);
      return server;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || next > port + 50) throw error;
      if (isPortWanted)
        throw new UsageError(
          `Port ${port} is in use by another program.`,
          'Stop that program, or choose another port with  --port .',
        );
    }
  }
}

/** `.well-known` is for programs. Other hidden names, such as our own marker, are not part of the site. */
const isHidden = (path: string): boolean => /\/\.(?!well-known\/)/.test(path);

/** Whether a path names a file, however long or unusual it is. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

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
  const host = isLoopback(address) || address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${base}/`;
}

/** @throws UsageError unless it is a port */
export function portOf(text: string | undefined): number {
  const port = Number(text ?? 4321);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${text}: this is not a port.`, 'Use a number between 1024 and 65535.');
  return port;
}

/** The path of the site's address, or '' if there is none. */
async function baseOfSite(site: string): Promise<string> {
  const [{ url }, { baseOf }] = await Promise.all([siteFacts(site), import('../site/site.ts')]);
  return url ? baseOf({ url }) : '';
}

/** Waits for Ctrl+C. @returns the exit code, because stopping a server is its normal end and not a failure */
export function untilStopped(close: () => Promise<void>): Promise<number> {
  return new Promise((resolve) => {
    let stoppedMs: number | undefined;
    const stop = () => {
      // A terminal sends the signal to every process of a command, and a process that waits for another one passes it on, so
      // the same stop can arrive twice. A signal that comes later ends the process at once.
      if (stoppedMs !== undefined && performance.now() - stoppedMs > 500) process.exit(130);
      if (stoppedMs !== undefined) return;
      stoppedMs = performance.now();
      void close().then(() => resolve(0));
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
