import { isSameHost } from './old-address.ts';

/*
 * The addresses of the old site. A newsroom can have had several: with http and https, with and without `www.`, and under
 * other names before.
 */

/** The addresses that somebody named, or else the one that the archive names, the main one first. */
export function originsOf(given: string | readonly string[] | undefined, ofArchive?: string): URL[] {
  const named = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  const texts = named.length > 0 ? named : ofArchive === undefined ? [] : [ofArchive];
  return texts.filter((text) => URL.canParse(text)).map((text) => new URL(text));
}

/** Whether a host is one of the old site. The scheme and `www.` make no difference, a port does. */
export const isOwnHost = (host: string, origins: readonly (URL | string)[]): boolean =>
  origins.some((origin) => isSameHost(host, typeof origin === 'string' ? origin : origin.host));

/**
 * The paths below which the old site was: those of its addresses, and what its patterns of addresses begin with.
 *
 * @param permalinks such as `/blog/{path}/`
 */
export function basesOf(origins: readonly URL[], permalinks: readonly string[]): string[] {
  const patterns = permalinks.map((pattern) => pattern.replace(/[{:].*$/s, '').replace(/[^/]*$/, ''));
  const paths = [...origins.map(({ pathname }) => pathname), ...patterns].map((path) => path.replace(/\/+$/, ''));
  return [...new Set(paths)].filter((path) => path.startsWith('/'));
}
