import { existsSync, mkdirSync, readFileSync, watch } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { desk } from '../index/desk.ts';
import { querySite } from '../index/queries.ts';
import { makeRenditions } from '../pictures/encode.ts';
import { originalName } from '../pictures/hrefs.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import { renditionKey, renditionNamed } from '../pictures/renditions.ts';
import { templatesFolder } from '../press/template-folder.ts';
import { baseOf } from '../site/site.ts';
import { type DevDesk, openDevDesk } from './dev-desk.ts';
import { problemsPage } from './dev-problems.ts';

export interface DevNewsroom {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. */
  cache: string;
  /** Decides what is public, in ms. */
  now: () => number;
}

/**
 * Makes `astro dev` show a newsroom: an index of its own that takes in what was saved before each
 * request, pictures made when a page asks for them, files of `public/`, and a page with the problems
 * while there are any.
 */
export function devNewsroom({ site, cache, now }: DevNewsroom): AstroIntegration {
  let newsroom: DevDesk | undefined;
  return {
    name: 'broadsheet-dev',
    hooks: {
      'astro:config:setup': ({ command, updateConfig, injectRoute }) => {
        if (command !== 'dev') return;
        injectRoute({ pattern: '/gallery', entrypoint: join(templatesFolder, 'cli/gallery.astro') });
        updateConfig({
          vite: {
            plugins: [nativeRooms()],
            server: { fs: { allow: [templatesFolder, join(templatesFolder, '..'), cache] } },
          },
        });
      },
      'astro:server:setup': ({ server }) => {
        mkdirSync(join(cache, 'dev'), { recursive: true });
        const opened = openDevDesk({ site, file: join(cache, 'dev/index.db'), cache, now, clock: () => Date.now() });
        newsroom = opened;
        desk().workPages = { '/gallery/': '/gallery' };
        server.middlewares.use((request, response, next) => {
          answer(request, response, { site, cache, newsroom: opened }).then(
            (isDone) => (isDone ? undefined : next()),
            next,
          );
        });
        watchFor(site, () => server.ws.send({ type: 'full-reload' }));
      },
      'astro:server:done': () => newsroom?.close(),
    },
  };
}

/** Answers what Astro does not know of. @returns false for Astro's own */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { site, cache, newsroom }: { site: string; cache: string; newsroom: DevDesk },
): Promise<boolean> {
  const path = pathOf(request.url ?? '/');
  if (/^\/(@|node_modules\/|src\/|__)/.test(path)) return false;
  const isPage = path.endsWith('/') || request.headers.accept?.includes('text/html') === true;
  const problems = isPage ? await newsroom.refresh() : [];
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length) {
    response
      .writeHead(500, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
      .end(problemsPage(problems));
    return true;
  }
  const base = baseOf(querySite());
  if (base && (path === '/' || path === base)) {
    response.writeHead(302, { location: `${base}/` }).end();
    return true;
  }
  const inside = base && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  const file = inside.startsWith('/assets/pictures/')
    ? await renditionFile(basename(inside), site, cache)
    : publicFile(inside, site);
  if (file) {
    response.writeHead(200, { 'content-type': typeOf(file), 'cache-control': 'no-store' }).end(readFileSync(file));
    return true;
  }
  if (isPage) withoutPolicy(response);
  return false;
}

const pathOf = (url: string): string => {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return '/';
  }
};

/** The rendition of that name, made now if nobody asked for it before; undefined when no picture has it. */
async function renditionFile(name: string, site: string, cache: string): Promise<string | undefined> {
  const folder = join(cache, 'renditions');
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const rows = desk().sql('SELECT path, facts FROM picture').all() as { path: string; facts: string }[];
  for (const { path, facts: text } of rows) {
    const facts = JSON.parse(text) as PictureFacts;
    if (!name.startsWith(renditionKey(facts))) continue;
    if (name === originalName(facts)) return join(site, path);
    const rendition = renditionNamed(name, facts);
    if (!rendition) continue;
    await makeRenditions([{ file: join(site, path), facts, renditions: [rendition] }], folder);
    return existsSync(file) ? file : undefined;
  }
  return undefined;
}

/** Only what the index took in: it has refused links that lead out of the newsroom. */
function publicFile(path: string, site: string): string | undefined {
  const row = desk().sql("SELECT file FROM address WHERE address = ? AND kind = 'public'").get(path.normalize('NFC')) as
    | { file: string }
    | undefined;
  return row && join(site, row.file);
}

/**
 * Takes the page's own policy out: Vite brings styles and the reloading as inline elements, which the
 * policy of a published page forbids.
 */
function withoutPolicy(response: ServerResponse): void {
  const chunks: Buffer[] = [];
  const { end } = response;
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
  };
  response.write = ((chunk: unknown, ...more: unknown[]) => {
    keep(chunk);
    const done = more.find((item) => typeof item === 'function') as (() => void) | undefined;
    done?.();
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: unknown) => {
    keep(chunk);
    const body = Buffer.concat(chunks);
    const isHtml = String(response.getHeader('content-type') ?? '').startsWith('text/html');
    const sent = isHtml
      ? Buffer.from(body.toString('utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/i, ''))
      : body;
    if (!response.headersSent && response.hasHeader('content-length'))
      response.setHeader('content-length', sent.length);
    return end.call(response, sent, 'utf8');
  }) as typeof response.end;
}

const roomsKey = Symbol.for('broadsheet.rooms');
const prefix = '\0broadsheet-room:';

/**
 * Gives the templates the engine's own modules, as the bundle of the press does. Vite would run copies
 * of them, and packages with native parts do not bear that.
 */
function nativeRooms() {
  (globalThis as { [roomsKey]?: Record<string, unknown> })[roomsKey] ??= {};
  const rooms = (globalThis as unknown as { [roomsKey]: Record<string, unknown> })[roomsKey];
  return {
    name: 'broadsheet-native-rooms',
    enforce: 'pre' as const,
    config(config: { ssr?: { noExternal?: unknown } }) {
      // The bundle takes all packages in; here they are imported as they are.
      if (config.ssr) delete config.ssr.noExternal;
    },
    resolveId(source: string) {
      return source.startsWith('file://') && /\/(problems|site|pictures|story|index)\/.*\.[tj]s$/.test(source)
        ? prefix + source
        : undefined;
    },
    async load(id: string) {
      if (!id.startsWith(prefix)) return undefined;
      const url = id.slice(prefix.length);
      const room = (await import(url)) as Record<string, unknown>;
      rooms[url] = room;
      const names = Object.keys(room).filter((name) => name !== 'default');
      return `const room = globalThis[Symbol.for('broadsheet.rooms')][${JSON.stringify(url)}];\n${names.map((name) => `export const ${name} = room[${JSON.stringify(name)}];`).join('\n')}\n`;
    },
  };
}

const settleMs = 80;

/** Calls back once after each burst of changes in the newsroom. */
function watchFor(site: string, onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ['content', 'public']) {
    if (!existsSync(join(site, folder))) continue;
    try {
      const watcher = watch(join(site, folder), { recursive: true, persistent: false }, () => {
        clearTimeout(timer);
        timer = setTimeout(onChange, settleMs).unref();
      });
      watcher.on('error', () => watcher.close());
    } catch {
      // A disk that cannot be watched: the page is still fresh when it is loaded again.
    }
  }
}

const typeOf = (file: string): string =>
  types[/\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';

const types: Record<string, string> = {
  avif: 'image/avif',
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  woff2: 'font/woff2',
  xml: 'application/xml',
};
