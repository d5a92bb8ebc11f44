import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { describeForms } from '../../src/desk/form/describe.ts';
import { elements } from '../../src/story/elements.ts';
import { policy } from '../desk-editor/serve.ts';
import { bundleDeskPage } from '../desk-page.ts';

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="18"><rect width="32" height="18" fill="teal"/></svg>';

/** Bundles the page of the forms as the desk is bundled, and serves it with the desk's policy. */
export async function serveForms() {
  const { out, style } = await bundleDeskPage(import.meta.dirname);
  const forms = JSON.stringify(describeForms(elements));
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    const send = (type: string, bytes: Buffer | string) =>
      response
        .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy })
        .end(bytes);
    if (name === '')
      return send(
        'text/html',
        '<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Form</title><link rel="stylesheet" href="/form.css"></head><body><main id="desk"><h1>Form</h1><div id="place"></div></main><script type="module" src="/page.js"></script></body></html>',
      );
    if (name === 'forms.json') return send('application/json', forms);
    if (name === 'form.css') return send('text/css', Buffer.from(style));
    if (name === 'picture.svg') return send('image/svg+xml', picture);
    try {
      return send('text/javascript', readFileSync(join(out, name)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(out, { recursive: true, force: true });
    },
  };
}
