import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendFile } from '../../dev/send-file.ts';
import { digestOf } from '../../index/digest.ts';
import { escapeText } from '../../site/markup.ts';
import { interfaceFolder } from '../interface-folder.ts';
import type { DeskContext } from './context.ts';
import { deskHeaders } from './headers.ts';

/**
 * Responds with a file of the interface, or with the page that loads it.
 *
 * @param name relative to `/desk/`
 */
export async function interfaceFile(
  { token, site }: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  for (const [key, value] of Object.entries(deskHeaders)) response.setHeader(key, value);
  const sendText = (type: string, text: string) =>
    void response
      .writeHead(200, { 'content-type': `${type}; charset=utf-8` })
      .end(request.method === 'HEAD' ? undefined : text);
  const notFound = () =>
    void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('The desk has no such file.\n');
  if (name === 'icon.svg') return sendText('image/svg+xml', icon);
  if (!/^[\w-]+(?:\.[\w-]+)*\.(?:js|css|woff2|svg|png)$/.test(name)) {
    // Every view of the interface has an address, and the same page shows them all.
    if (/^[^/]+\.\w+$/.test(name)) return notFound();
    return sendText('text/html', shell(token, digestOf(site).slice(0, 16)));
  }
  await sendFile(request, response, join(await interfaceFolder(), name), notFound);
}

/** @param newsroom tells the desks of two newsrooms apart that were open at the same address, one after the other */
const shell = (token: string, newsroom: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="desk-token" content="${escapeText(token)}">
<meta name="desk-newsroom" content="${newsroom}">
<title>Desk</title>
<link rel="icon" type="image/svg+xml" href="/desk/icon.svg">
<link rel="stylesheet" href="/desk/desk.css">
<script type="module" src="/desk/desk.js"></script>
</head>
<body><div id="desk"></div></body>
</html>
`;

/** A pencil stroke over a column of text. */
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1a1a1a" d="M2 2h9v2H2zm0 4h6v2H2zm0 4h4v2H2z"/><path fill="#b3261e" d="m14.5 6.5-6 6L7 15l2.5-1.5 6-6z"/></svg>`;
