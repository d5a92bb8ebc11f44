import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { refuse } from '../../dev/requests.ts';
import { sendFile } from '../../dev/send-file.ts';
import { clientFolder } from '../../press/bundle.ts';
import { documentFileAt, publicFileAt } from '../../queries/files.ts';
import { querySite } from '../../queries/queries.ts';
import { baseOf } from '../../site/site.ts';
import { framed, framePolicy, paperSheet, paperStyle } from '../preview/frame.ts';
import { styleFor, type View } from '../preview/media.ts';
import type { PageHandler } from './api.ts';
import type { DeskContext } from './context.ts';
import { previewPrefix } from './guard.ts';

/*
 * What the frame of a preview loads: the page, and below the name of the view, the styles, fonts, and pictures of the
 * site. The frame has no origin, so every one of these requests comes from a stranger who knows the key.
 */

/** Responds to the frame and to what its page loads. */
export const previewFrame: PageHandler = async (context, request, response, path) => {
  const folder = `${previewPrefix}${context.previewKey}/`;
  if (!path.startsWith(folder)) return refuse(response, nothingHere);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const [, number] = /^page\/(\d{1,9})$/.exec(path.slice(folder.length)) ?? [];
  if (number !== undefined) return sendPage(context, request, response, Number(number), folder);
  const [, view, address] = /^(plain|light|dark|print)(\/.+)$/.exec(path.slice(folder.length)) ?? [];
  if (view === undefined || address === undefined) return refuse(response, nothingHere);
  await sendAsset(context, request, response, address, views[view]!);
};

const nothingHere = { status: 404, says: 'There is nothing here.' } as const;

const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  // A frame without an origin is another site to everything that it loads.
  'cross-origin-resource-policy': 'cross-origin',
};

const views: Record<string, View> = {
  plain: { isPrint: false },
  light: { isPrint: false, scheme: 'light' },
  dark: { isPrint: false, scheme: 'dark' },
  // Browsers print in light colours.
  print: { isPrint: true, scheme: 'light' },
};

function viewOf(url: string): string {
  const { searchParams } = new URL(url, 'http://localhost');
  if (searchParams.get('media') === 'print') return 'print';
  const scheme = searchParams.get('scheme');
  return scheme === 'dark' || scheme === 'light' ? scheme : 'plain';
}

function sendPage(
  { preview, index }: DeskContext,
  { headers: { host }, url = '', method }: IncomingMessage,
  response: ServerResponse,
  number: number,
  folder: string,
): void {
  const html = preview.page(number);
  if (html === undefined) {
    refuse(response, { status: 404, says: 'This preview is over.' });
    return;
  }
  const view = viewOf(url);
  const page = framed(html, { base: baseOf(querySite(index.index)), prefix: folder + view, view: views[view]! });
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      // The guard knows that the host is this machine.
      'content-security-policy': framePolicy(`http://${host}`, folder),
    })
    .end(method === 'HEAD' ? undefined : page);
}

/** @param address of a file on the site, without its base */
async function sendAsset(
  context: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
  view: View,
): Promise<void> {
  // None of these is a page: whatever is in it, it runs nothing and shows nothing.
  response.setHeader('content-security-policy', "default-src 'none'; sandbox");
  const style = (text: string) =>
    void response
      .writeHead(200, { 'content-type': 'text/css; charset=utf-8' })
      .end(request.method === 'HEAD' ? undefined : styleFor(text, view));
  if (address === `/${paperSheet}`) return style(paperStyle);
  const file = await fileAt(context, address);
  if (file === undefined) return refuse(response, nothingHere);
  if (/\.css$/i.test(file)) return style(readFileSync(file, 'utf8'));
  // Browsers load fonts only with this permission. Nothing else needs it.
  if (/\.(?:woff2?|ttf|otf)$/i.test(file)) response.setHeader('access-control-allow-origin', '*');
  await sendFile(request, response, file, () => refuse(response, nothingHere));
}

/** The file at an address of the site that is not a page. */
async function fileAt({ site, index, preview }: DeskContext, address: string): Promise<string | undefined> {
  if (address.startsWith('/assets/pictures/')) return await preview.pictures.find(index.index, basename(address));
  if (/^\/assets\/[\w.-]+$/.test(address)) {
    const file = join(clientFolder(await preview.bundle()), address);
    if (existsSync(file)) return file;
  }
  const file = publicFileAt(index.index, address) ?? documentFileAt(index.index, address);
  return file === undefined ? undefined : join(site, file);
}
