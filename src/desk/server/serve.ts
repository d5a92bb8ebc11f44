import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../../dev/hosts.ts';
import { guard } from '../../dev/requests.ts';
import { send } from './answer.ts';
import { ApiError } from './api.ts';
import { requestOf } from './api-request.ts';
import type { DeskContext } from './context.ts';
import { apiPrefix, methods, previewPrefix, whyRefused } from './guard.ts';
import { deskHeaders } from './headers.ts';
import { interfaceFile } from './interface-file.ts';
import { pages, routes } from './routes.ts';

/** A desk that answers. */
export interface OpenDesk {
  /** The address to open in a browser. */
  address: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the desk of a newsroom on this machine.
 *
 * @param port 0 for any free one
 * @throws an error with the code EADDRINUSE if the port is taken
 */
export async function serveDesk(context: DeskContext, port: number): Promise<OpenDesk> {
  const server = createServer();
  const open = { port, token: context.token, previewKey: context.previewKey };
  const answer: Parameters<typeof guard>[2] = async (request, response, { path }) => {
    const refused = whyRefused(request, path, open);
    const api = path.startsWith(apiPrefix);
    if (refused && api) return send(request, response, refusal(refused.status, refused.says));
    if (refused) return respondPlainly(response, refused.status, refused.says);
    try {
      if (api) return await respondToApi(context, request, response, path);
      await respondWithPage(context, request, response, path);
    } catch (error) {
      context.tell(error);
      send(
        request,
        response,
        refusal(500, 'This did not work, because of a bug in Broadsheet. The terminal says more.'),
      );
    }
  };
  guard(server, isLoopback, answer, () => false, methods);
  await listen(server, port);
  open.port = (server.address() as AddressInfo).port;
  return {
    address: `http://localhost:${open.port}/desk/`,
    port: open.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respondToApi(
  context: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const name = path.slice(apiPrefix.length);
  const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${name}`;
  const handle = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (!handle) return send(request, response, refusal(404, 'The desk has nothing at this address.'));
  try {
    await send(request, response, await handle(context, requestOf(request, response)));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    await send(request, response, { status: error.status, json: error.body });
  }
}

async function respondWithPage(
  context: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const prefix = Object.keys(pages).find((start) => path.startsWith(start));
  if (prefix) return pages[prefix]!(context, request, response, path);
  if (path === '/' || path === '/desk')
    return void response.writeHead(302, { ...deskHeaders, location: '/desk/' }).end();
  if (!path.startsWith('/desk/') || path.startsWith(previewPrefix))
    return respondPlainly(response, 404, 'There is nothing here. The desk is at /desk/.');
  await interfaceFile(context, request, response, path.slice('/desk/'.length));
}

const refusal = (status: number, says: string) => ({ status, json: new ApiError(status, says).body });

function respondPlainly(response: ServerResponse, status: number, says: string): void {
  response.writeHead(status, { ...deskHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(`${says}\n`);
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
