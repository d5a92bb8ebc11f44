import { isIP } from 'node:net';
import { isSameHost } from '../old-address.ts';
import { isPublicAddress } from './public-address.ts';

/* What may be downloaded. Nothing here connects to anything. */

export interface FetchRules {
  /** Hosts that the newsroom owns, as in `URL.host`, with a port unless it is the usual one. */
  hosts: readonly string[];
  /** Hosts that may have a private address, as in `URL.hostname`. */
  privateHosts: readonly string[];
}

/** Why an address is not requested, before its host is looked up. @returns undefined if it may be */
export function refusalOf(url: URL, { hosts, privateHosts }: FetchRules): string | undefined {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'only http and https are downloaded';
  if (url.username !== '' || url.password !== '') return 'the address contains a user name or a password';
  if (!hosts.some((host) => isSameHost(withoutDot(url.host), host)))
    return `${url.host} is not one of your hosts. If it is, add  --fetch-from ${url.host}`;
  // The parser of URLs has already turned decimal, octal, and hexadecimal forms into the usual one.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 || isPublicAddress(host) || mayBePrivate(url, privateHosts)
    ? undefined
    : privateReason(url.hostname, url.hostname);
}

/** Why the addresses that a host has are not connected to. @returns undefined if they may be */
export function refusalOfAddresses(
  url: URL,
  addresses: readonly string[],
  { privateHosts }: FetchRules,
): string | undefined {
  if (mayBePrivate(url, privateHosts)) return undefined;
  const refused = addresses.find((address) => !isPublicAddress(address));
  return refused === undefined ? undefined : privateReason(url.hostname, refused);
}

const privateReason = (host: string, address: string): string =>
  `${host === address ? host : `${host} has the address ${address}, which`} is not a public address. If you trust it, add  --fetch-private ${host}`;

const mayBePrivate = (url: URL, privateHosts: readonly string[]): boolean =>
  privateHosts.includes(withoutDot(url.hostname));

/** A complete name can end in a dot. */
const withoutDot = (host: string): string => host.replace(/\.(?=$|:\d+$)/, '');

/**
 * A host as somebody writes it: `old.example`, `old.example:8080`, or the address of its first page.
 *
 * @returns undefined if it is not the name of a host
 */
export function readHost(written: string): { host: string; hostname: string } | undefined {
  const text = /^https?:\/\//i.test(written)
    ? written
    : `http://${/:.*:/.test(written) && !written.startsWith('[') ? `[${written}]` : written}`;
  if (!URL.canParse(text)) return undefined;
  const { host, hostname, pathname, search, hash, username } = new URL(text);
  // A pattern such as `*.old.example` would be a valid name, and match nothing.
  if (!/^(?:[\w.-]+|\[[\w:]+\])$/.test(hostname) || pathname !== '/' || search !== '' || hash !== '' || username !== '')
    return undefined;
  return { host: withoutDot(host), hostname: withoutDot(hostname) };
}
