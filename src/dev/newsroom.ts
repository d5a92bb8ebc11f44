import { existsSync, mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { ViteDevServer } from 'vite';
import { watchFiles } from '../ingest/watch-files.ts';

import { templatesFolder } from '../press/template-folder.ts';
import { pagesFolder } from '../press/theme-pages.ts';
import type { Problem } from '../problems/problem.ts';
import { querySite } from '../queries/queries.ts';
import { rendering } from '../queries/rendering.ts';
import type { Site } from '../site/site.ts';
import { type DevIndex, openDevIndex } from './dev-index.ts';
import { knownHosts } from './hosts.ts';
import { nativeRooms } from './native-rooms.ts';
import { pageRoutes } from './page-routes.ts';
import { guard } from './requests.ts';
import { type Responder, respond } from './respond.ts';
import { followTheme } from './theme.ts';

export interface DevNewsroom {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. */
  cache: string;
  /** Astro's root, absolute. */
  root: string;
  /** The time that decides what is public, in ms. */
  now: () => number;
  /** Whether the time comes from `--now` and not from the clock. */
  isNowGiven?: boolean;
  /** The address that the server listens on. */
  host?: string;
  /** Other host names to which it responds. */
  allowed?: string[];
  /** Show only what readers see, because others can open the pages. */
  isPublic?: boolean;
  /** Called with problems as they appear and disappear. @param fault a stack trace, for a bug */
  tell?: (problems: Problem[], fault?: string) => void;
  /** Called with a sentence about this computer. */
  warn?: (says: string) => void;
}

/** A newsroom that `astro dev` shows. */
export interface ShownNewsroom {
  integration: AstroIntegration;
  /** The settings of its site, once the server is running. Undefined while they contain mistakes. */
  siteNow: () => Promise<Site | undefined>;
}

/**
 * Makes `astro dev` show a newsroom: with its own index, into which it ingests all saved changes before each request,
 * pictures that are created when a page requests them, files in `public/`, hidden stories at their addresses, and a page
 * with the problems while there are any.
 */
export function devNewsroom(options: DevNewsroom): ShownNewsroom {
  const {
    site,
    cache,
    root,
    now,
    isPublic = false,
    host = '127.0.0.1',
    allowed = [],
    tell = () => {},
    warn = () => {},
  } = options;
  const folders = [templatesFolder, join(site, 'theme'), join(cache, 'fonts'), ...packagesOf(root, site)];
  let newsroom: DevIndex | undefined;
  const routes = pageRoutes(site, root);
  const integration: AstroIntegration = {
    name: 'broadsheet-dev',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, injectRoute }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/gallery', entrypoint: join(templatesFolder, 'dev/gallery.astro') });
        routes.begin(injectRoute);
        updateConfig({
          vite: {
            plugins: [nativeRooms()],
            server: {
              allowedHosts: allowed,
              fs: {
                strict: true,
                allow: [...folders, join(root, 'theme'), join(root, 'theme-of'), pagesFolder(root)],
                deny: ['.*', '**/.git/**', '*.db*'],
              },
            },
          },
        });
      },
      'astro:server:setup': ({ server }) => {
        mkdirSync(join(cache, 'dev'), { recursive: true });
        const file = join(cache, 'dev/index.db');
        newsroom = openDevIndex({ site, file, cache, now, clock: () => Date.now(), showsHidden: !isPublic });
        newsroom.index.pageRoutes = routes.byPage;
        if (!isPublic) newsroom.index.workPages = { '/gallery/': '/gallery' };
        const answers: Omit<Responder, 'next'> = {
          site,
          cache,
          newsroom,
          theme: followTheme(server, site, routes.renew),
          gate: { root, folders },
          now,
          isNowGiven: options.isNowGiven ?? false,
          isPublic,
          tell,
        };
        if (server.httpServer) respondToAll(server, knownHosts(host, allowed, hostname()), answers);
        const follow = () => {
          // Printed in the terminal at once, even if no page is open.
          Promise.all([answers.theme.load(), answers.newsroom.refresh()])
            .then((found) => tell(found.flat()))
            .catch(() => {})
            .finally(() => server.ws.send({ type: 'full-reload' }));
        };
        watchFiles(site, follow, warn);
      },
      'astro:server:done': () => newsroom?.close(),
    },
  };
  const siteNow = async (): Promise<Site | undefined> => {
    try {
      await newsroom?.refresh(); // there was no request yet, so nothing was ingested
      return newsroom && querySite(newsroom.index);
    } catch {
      return undefined;
    }
  };
  return { integration, siteNow };
}

/** Folders of packages from which a page may load files. */
const packagesOf = (root: string, site: string): string[] =>
  [join(root, 'node_modules'), join(site, 'node_modules')].filter((folder) => existsSync(folder));

/** Puts the responses of `dev` before Vite, and the gate before both. */
function respondToAll(
  server: ViteDevServer,
  isKnownHost: (name: string) => boolean,
  answers: Omit<Responder, 'next'>,
): void {
  const { httpServer } = server;
  if (!httpServer) return;
  type Listener = (request: IncomingMessage, response: ServerResponse) => void;
  const behind = httpServer.listeners('request') as Listener[];
  httpServer.removeAllListeners('request');
  const next: Listener = (request, response) => {
    rendering({ index: answers.newsroom.index }, () => {
      for (const listener of behind) listener.call(httpServer, request, response);
    });
  };
  guard(
    httpServer as Parameters<typeof guard>[0],
    isKnownHost,
    (request, response, asked) => respond(answers.newsroom.index, request, response, asked, { ...answers, next }),
    // No other handler responds to other kinds of upgrade, so the socket would stay open forever.
    ({ headers }) => /^vite-/.test(headers['sec-websocket-protocol'] ?? ''),
  );
}
