import { existsSync, type FSWatcher, mkdirSync, watch } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { ViteDevServer } from 'vite';

import { templatesFolder } from '../press/template-folder.ts';
import type { Problem } from '../problems/problem.ts';
import { querySite } from '../queries/queries.ts';
import { rendering } from '../queries/rendering.ts';
import type { Site } from '../site/site.ts';
import { type DevIndex, openDevIndex } from './dev-index.ts';
import { knownHosts } from './hosts.ts';
import { nativeRooms } from './native-rooms.ts';
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
  /** Decides what is public, in ms. */
  now: () => number;
  /** Given by `--now`, so it is not the clock's. */
  isNowGiven?: boolean;
  /** The address that the server listens on. */
  host?: string;
  /** Further host names that it answers to. */
  allowed?: string[];
  /** Shows nothing but what readers see, because others can open the pages. */
  isPublic?: boolean;
  /** Told of problems as they come and go. @param fault a stack, for what is a fault of ours */
  tell?: (problems: Problem[], fault?: string) => void;
}

/** A newsroom that `astro dev` shows. */
export interface ShownNewsroom {
  integration: AstroIntegration;
  /** The facts of its site, once the server is there; undefined while the newsroom has mistakes in them. */
  siteNow: () => Promise<Site | undefined>;
}

/**
 * Makes `astro dev` show a newsroom: an index of its own that ingests what was saved before each
 * request, pictures made when a page asks for them, files of `public/`, hidden stories at their addresses, and a page
 * with the problems while there are any.
 */
export function devNewsroom(options: DevNewsroom): ShownNewsroom {
  const { site, cache, root, now, isPublic = false, host = '127.0.0.1', allowed = [], tell = () => {} } = options;
  const folders = [templatesFolder, join(site, 'theme'), join(cache, 'fonts'), ...packagesOf(root, site)];
  let newsroom: DevIndex | undefined;
  const integration: AstroIntegration = {
    name: 'broadsheet-dev',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, injectRoute }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/gallery', entrypoint: join(templatesFolder, 'dev/gallery.astro') });
        updateConfig({
          vite: {
            plugins: [nativeRooms()],
            server: {
              allowedHosts: allowed,
              fs: { strict: true, allow: [...folders, join(root, 'theme')], deny: ['.*', '**/.git/**', '*.db*'] },
            },
          },
        });
      },
      'astro:server:setup': ({ server }) => {
        mkdirSync(join(cache, 'dev'), { recursive: true });
        const file = join(cache, 'dev/index.db');
        newsroom = openDevIndex({ site, file, cache, now, clock: () => Date.now(), showsHidden: !isPublic });
        if (!isPublic) newsroom.index.workPages = { '/gallery/': '/gallery' };
        const answers: Omit<Responder, 'next'> = {
          site,
          cache,
          newsroom,
          theme: followTheme(server, site),
          gate: { root, folders },
          now,
          isNowGiven: options.isNowGiven ?? false,
          isPublic,
          tell,
        };
        if (server.httpServer) respondToAll(server, knownHosts(host, allowed, hostname()), answers);
        watchFor(site, () => {
          // In the terminal at once, also while no page is open.
          Promise.all([answers.theme(), answers.newsroom.refresh()])
            .then((found) => tell(found.flat()))
            .catch(() => {})
            .finally(() => server.ws.send({ type: 'full-reload' }));
        });
      },
      'astro:server:done': () => newsroom?.close(),
    },
  };
  const siteNow = async (): Promise<Site | undefined> => {
    try {
      await newsroom?.refresh(); // nothing was asked yet, so nothing was ingested
      return newsroom && querySite(newsroom.index);
    } catch {
      return undefined;
    }
  };
  return { integration, siteNow };
}

/** Folders with packages that a page may load a part of. */
const packagesOf = (root: string, site: string): string[] =>
  [join(root, 'node_modules'), join(site, 'node_modules')].filter((folder) => existsSync(folder));

/** Puts the answers of `dev` before Vite, and the gate before both. */
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
    // Nobody answers any other kind, so its socket would stay open for ever.
    ({ headers }) => /^vite-/.test(headers['sec-websocket-protocol'] ?? ''),
  );
}

const settleMs = 80;

/** Calls back once after each burst of changes in the newsroom. */
function watchFor(site: string, onChange: () => void): void {
  const folders = ['content', 'public', 'theme'];
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs).unref();
  };
  const open = (folder: string, recursive: boolean, onEvent: (name: string | null) => void): FSWatcher | undefined => {
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (_, name) => onEvent(name));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return undefined; // A disk that cannot be watched: the page is still fresh when it is loaded again.
    }
  };
  const watchers = new Map<string, FSWatcher | undefined>();
  const openOne = (name: string) => {
    watchers.get(name)?.close();
    watchers.set(name, existsSync(join(site, name)) ? open(join(site, name), true, soon) : undefined);
  };
  folders.forEach(openOne);
  // A folder that comes later, such as the first theme, or that was put in the place of another one.
  open(site, false, (name) => {
    if (name === null || !folders.includes(name)) return;
    openOne(name);
    soon();
  });
}
