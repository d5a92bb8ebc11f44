import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendFile } from '../../dev/send-file.ts';
import { packedFolder } from '../../press/template-folder.ts';
import { escapeText } from '../../site/markup.ts';
import type { DeskContext } from './context.ts';
import { deskHeaders } from './headers.ts';

/**
 * Responds with a file of the interface, or with the page that loads it.
 *
 * @param name relative to `/desk/`
 */
export async function interfaceFile(
  { token }: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const folder = packedFolder('desk');
  for (const [key, value] of Object.entries(deskHeaders)) response.setHeader(key, value);
  const page = (status: number, html: string) =>
    void response
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      .end(request.method === 'HEAD' ? undefined : html);
  const notFound = () =>
    void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('The desk has no such file.\n');
  if (!/^[\w-]+(?:\.[\w-]+)*\.(?:js|css|woff2|svg|png)$/.test(name)) {
    // Every view of the interface has an address, and the same page shows them all.
    if (/\.\w+$/.test(name)) return notFound();
    return existsSync(join(folder, 'desk.js')) ? page(200, shell(token)) : page(503, howToBuild);
  }
  await sendFile(request, response, join(folder, name), notFound);
}

const shell = (token: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="desk-token" content="${escapeText(token)}">
<title>Desk</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/desk/desk.css">
<script type="module" src="/desk/desk.js"></script>
</head>
<body><div id="desk"></div></body>
</html>
`;

const howToBuild = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>The desk is not built yet</title></head>
<body>
<h1>The desk is not built yet</h1>
<p>This copy of Broadsheet was not compiled. Run <code>npm run prepare</code> in its folder, and reload this page.</p>
</body>
</html>
`;
