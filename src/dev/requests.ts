import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { listed } from '../problems/listed.ts';
import { nameInHost } from './hosts.ts';

/** What a request asks for. */
export interface Asked {
  /** Decoded. It begins with a slash, and no part of it is `.` or `..`. */
  path: string;
  /** As it was sent, without the query. */
  encodedPath: string;
}

/** Why a request is refused. */
export interface Refusal {
  status: 400 | 403 | 405;
  says: string;
}

/**
 * Reads a request line and its host. Whatever a page or a scanner sends, this returns a value and never throws, because
 * the servers of `dev`, `preview`, and the desk run on an editor's machine, where any web page can reach them.
 *
 * @param isKnownHost decides by the name in the Host header, without its port
 * @param methods the methods that the server accepts
 */
export function readRequest(
  { method = '', url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  isKnownHost: (name: string) => boolean,
  methods: readonly string[] = reading,
): Asked | Refusal {
  if (!methods.includes(method))
    return {
      status: 405,
      says:
        methods === reading
          ? 'This server accepts only GET and HEAD, like a static host.'
          : `This server accepts only ${listed(methods)}.`,
    };
  let target = url;
  const hosts = [headers.host ?? ''];
  // A request to a proxy contains the complete address. Both names must be ours.
  const [whole, authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (whole !== undefined) {
    hosts.push(authority);
    target = url.slice(whole.length) || '/';
  }
  for (const host of hosts) {
    const name = nameInHost(host);
    if (name === undefined) return { status: 400, says: 'The request does not name a host.' };
    if (!isKnownHost(name))
      return {
        status: 403,
        says: `This server does not respond to the name "${name}". If the name is yours, restart the server with  --allow-host ${name} .`,
      };
  }
  if (!target.startsWith('/')) return { status: 400, says: 'The request does not name an address.' };
  const [encodedPath = '/'] = target.split(/[?#]/, 1);
  const path = decoded(encodedPath);
  if (path === undefined || /[\p{Cc}\\]/u.test(path) || path.split('/').some((part) => part === '.' || part === '..'))
    return { status: 400, says: 'This address is not valid.' };
  return { path, encodedPath };
}

/** What a server accepts that only shows files. */
const reading: readonly string[] = ['GET', 'HEAD'];

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Responds with a sentence. */
export function refuse(response: ServerResponse, { status, says }: Refusal | { status: number; says: string }): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(`${says}\n`);
}

/**
 * Puts a gate before everything that a server does. Requests that are not for us, or are not well formed, are stopped
 * here, and no error during a response ends the server.
 *
 * @param mayUpgrade decides about websockets, which `preview` does not use
 * @param methods the methods that the server accepts. Defaults to GET and HEAD
 */
export function guard(
  server: Server,
  isKnownHost: (name: string) => boolean,
  respond: (request: IncomingMessage, response: ServerResponse, asked: Asked) => void | Promise<void>,
  mayUpgrade: (request: IncomingMessage) => boolean,
  methods?: readonly string[],
): void {
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const failed = () => refuse(response, { status: 500, says: 'The server could not process this request.' });
    // The client can disconnect at any moment, which is not an error.
    request.on('error', () => {});
    response.on('error', () => {});
    const asked = readRequest(request, isKnownHost, methods);
    if ('status' in asked) return refuse(response, asked);
    try {
      Promise.resolve(respond(request, response, asked)).catch(failed);
    } catch {
      failed();
    }
  });
  server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {});
    if (!mayUpgrade(request) || 'status' in readRequest(request, isKnownHost)) socket.destroy();
  });
  server.on('clientError', (_error: Error, socket: Duplex) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    else socket.destroy();
  });
}
