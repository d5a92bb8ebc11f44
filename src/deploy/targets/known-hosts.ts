import { createHash, createHmac } from 'node:crypto';

/* The keys of servers that the user of this machine has accepted, in the format of OpenSSH (sshd(8)). Pure. */

/** A line of `known_hosts`. */
interface KnownHost {
  /** `@revoked` or `@cert-authority`. */
  marker: string | undefined;
  names: string[];
  /** Base64. */
  key: string;
}

/** @param text of a file `known_hosts`. Lines that cannot be read are left out, as ssh does */
export function readKnownHosts(text: string): KnownHost[] {
  return text.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    const [names = '', , key = ''] = words;
    return names === '' || names.startsWith('#') || key === '' ? [] : [{ marker, names: names.split(','), key }];
  });
}

/**
 * What is known about the key that a server shows.
 *
 * @param port 22 is not part of the name in the file
 * @returns `changed` if the file has another key of the same type, which can mean that somebody is in between
 */
export function judgeHostKey(
  known: readonly KnownHost[],
  host: string,
  port: number,
  key: Buffer,
): 'known' | 'unknown' | 'changed' | 'revoked' {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const own = known.filter(({ names }) => isNamed(names, name));
  const base64 = key.toString('base64');
  if (own.some((line) => line.marker === '@revoked' && line.key === base64)) return 'revoked';
  const keys = own.filter(({ marker }) => marker === undefined);
  if (keys.some((line) => line.key === base64)) return 'known';
  return keys.some((line) => typeOfKey(Buffer.from(line.key, 'base64')) === typeOfKey(key)) ? 'changed' : 'unknown';
}

/** The types of keys that are known for a server, so that it is asked for one of these. */
export function typesKnown(known: readonly KnownHost[], host: string, port: number): string[] {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const own = known.filter(({ marker, names }) => marker === undefined && isNamed(names, name));
  return [...new Set(own.map(({ key }) => typeOfKey(Buffer.from(key, 'base64'))))];
}

/** As ssh prints it: `SHA256:` and base64 without padding. */
export const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** The first field of a key, after its length. */
function typeOfKey(key: Buffer): string {
  if (key.length < 4) return '';
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString('latin1');
}

function isNamed(names: readonly string[], name: string): boolean {
  let found = false;
  for (const pattern of names) {
    const isNot = pattern.startsWith('!');
    if (!matches(isNot ? pattern.slice(1) : pattern, name)) continue;
    if (isNot) return false;
    found = true;
  }
  return found;
}

function matches(pattern: string, name: string): boolean {
  const [, salt, digest] = /^\|1\|([^|]+)\|([^|]+)$/.exec(pattern) ?? [];
  if (salt && digest) return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === digest;
  const escaped = pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
