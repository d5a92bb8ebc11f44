import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isLoopback, nameInHost } from '../../dev/hosts.ts';
import type { Refusal } from '../../dev/requests.ts';

/*
 * Who may talk to the desk. It can change and publish everything, so it answers only pages that it has served itself: any
 * web page in the user's browser can send requests to this machine, and can point its own name at it (DNS rebinding).
 */

export const apiPrefix = '/desk/api/';
export const previewPrefix = '/desk/preview/';

/** What the desk accepts. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'] as const;

/** What the guard has to know about the server. */
export interface Guarded {
  port: number;
  token: string;
  previewKey: string;
}

/**
 * Why a request is refused, or undefined if it is not.
 *
 * @param path decoded
 */
export function whyRefused(request: IncomingMessage, path: string, desk: Guarded): Refusal | undefined {
  const { headers, method } = request;
  if (!isOwnHost(headers.host, desk.port))
    return { status: 403, says: 'The desk answers only at its own address on this machine.' };
  // A frame without an origin cannot say who it is. It knows the key.
  if (path.startsWith(`${previewPrefix}${desk.previewKey}/`) && isReading(method)) return undefined;
  if (!isFromOwnPage(headers, desk.port, isReading(method) && !path.startsWith(apiPrefix)))
    return { status: 403, says: 'Only the desk itself can ask for this.' };
  if (!path.startsWith(apiPrefix))
    return isReading(method) ? undefined : { status: 405, says: 'This address can only be read.' };
  return isToken(headers['x-desk-token'], desk.token)
    ? undefined
    : { status: 403, says: 'This page belongs to a desk that was closed. Reload it.' };
}

const isReading = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD';

/** The names of this machine that nobody else can own, with the port of this server. */
function isOwnHost(host: string | undefined, port: number): boolean {
  const name = nameInHost(host ?? '');
  if (name === undefined || !isLoopback(name)) return false;
  const [, written = '80'] = /:(\d+)$/.exec(host?.replace(/^\[.*\]/, '') ?? '') ?? [];
  return Number(written) === port;
}

/**
 * Whether the browser says that a page of the desk sends this. Programs that are not browsers say nothing, and need the
 * token.
 *
 * @param mayOpen a person can also open the address in a tab, from a bookmark or a link
 */
function isFromOwnPage(headers: IncomingHttpHeaders, port: number, mayOpen: boolean): boolean {
  const { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = headers;
  const isOpened = mayOpen && mode === 'navigate' && dest === 'document';
  if (origin !== undefined && !isOwnOrigin(origin, headers.host, port)) return false;
  return site === undefined || site === 'same-origin' || (site === 'none' && mayOpen) || isOpened;
}

const isOwnOrigin = (origin: string, host: string | undefined, port: number): boolean =>
  origin === `http://${host}` && isOwnHost(origin.slice('http://'.length), port);

/** Compares in a time that says nothing about the token. */
function isToken(sent: string | string[] | undefined, token: string): boolean {
  if (typeof sent !== 'string') return false;
  return timingSafeEqual(hash('sha256', sent, 'buffer'), hash('sha256', token, 'buffer'));
}
