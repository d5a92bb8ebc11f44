import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * Serves a folder on loopback as a plain static host does: it responds to a folder with its `index.html`, redirects a
 * folder without the slash, and responds to anything else with `404.html`. With `compresses`, text is sent as brotli,
 * and files with a digest in their name can be cached, for tests that measure. It waits for `latencyMs` before each
 * response, for browsers whose network cannot be slowed down.
 */
export async function serve(
  folder: string,
  { compresses = false, latencyMs = 0 } = {},
): Promise<{ origin: string; server: Server }> {
  const server = createServer(async (request, response) => {
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
    const kind = await kindOf(join(folder, path));
    if (kind === 'folder' && !path.endsWith('/')) {
      response.writeHead(301, { location: encodeURI(`${path}/`) }).end();
      return;
    }
    const file = join(folder, path, path.endsWith('/') ? 'index.html' : '');
    const body = await readFile(file).catch(() => undefined);
    if (body && compresses) sendPacked(response, file, body);
    else if (body) response.writeHead(200, { 'content-type': typeOf(file) }).end(body);
    else response.writeHead(404, { 'content-type': typesByEnding['.html'] }).end(await notFoundPage(folder));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function sendPacked(response: ServerResponse, file: string, body: Buffer): void {
  const isWords = /\.(?:html|css|js|json|xml|txt|svg)$/.test(file);
  const packed = isWords ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : body;
  response.writeHead(200, {
    'content-type': typeOf(file),
    'content-length': packed.length,
    ...(isWords ? { 'content-encoding': 'br' } : {}),
    ...(file.includes('/assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}),
  });
  response.end(packed);
}

const kindOf = (path: string) =>
  stat(path).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  );

const notFoundPage = (folder: string) => readFile(join(folder, '404.html')).catch(() => 'Not found');

const typeOf = (file: string) => typesByEnding[extname(file)] ?? 'application/octet-stream';

const typesByEnding: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff2': 'font/woff2',
};
