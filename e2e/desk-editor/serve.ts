import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { elements } from '../../src/story/elements.ts';
import { bundleDeskPage } from '../desk-page.ts';

/** What the desk sends. A script or style that it forbids does not run in these tests either. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; font-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** The forms of the components, in short. */
const descriptions = Object.fromEntries(
  Object.entries(elements).map(([name, element]) => [
    name,
    {
      name,
      help: element.description,
      content: element.children,
      fields: Object.keys(element.attributes.shape).map((key) => ({
        key,
        label: key,
        help: '',
        isRequired: false,
        group: 'main',
        value: { kind: key === 'src' || key === 'picture' ? 'pictureFile' : key === 'to' ? 'story' : 'text' },
      })),
    },
  ]),
);

/** Bundles the page of the editor as the desk is bundled, and serves it with the desk's policy. */
export async function serveEditor() {
  const { out, style } = await bundleDeskPage(import.meta.dirname);
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    const send = (type: string, bytes: Buffer | string) =>
      response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
        .end(bytes);
    if (name === '')
      return send(
        'text/html',
        '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Editor</title><link rel="stylesheet" href="/editor.css"></head><body><main id="desk"></main><script type="module" src="/page.js"></script></body></html>',
      );
    if (name.endsWith('.woff2')) {
      const file = join(import.meta.dirname, '../../node_modules/@fontsource-variable/newsreader/files', name);
      return response.writeHead(200, { 'content-type': 'font/woff2' }).end(readFileSync(file));
    }
    if (name === 'favicon.ico') return response.writeHead(204).end();
    if (name === 'elements.json') return send('application/json', JSON.stringify(descriptions));
    if (name === 'editor.css') return send('text/css', Buffer.from(style));
    try {
      return send('text/javascript', readFileSync(join(out, name)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder: out,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(out, { recursive: true, force: true });
    },
  };
}
