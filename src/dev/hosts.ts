import { isIP } from 'node:net';

/*
 * Who can connect to one of our servers, and by which names. A web page can point its own host name at this machine
 * (DNS rebinding) and then read any response as its own origin. So a server responds only to names that another page
 * cannot own: those of this machine, numeric addresses, and names that the user allowed.
 */

/** Whether a server on this address can be reached only from this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * The host names to which a server responds.
 *
 * @param listensOn the value of `--host`
 * @param allowed the values of `--allow-host`
 * @param machine the name of this machine in its network
 * @returns a function that checks a name, without a port, and with an IPv6 address without brackets
 */
export function knownHosts(listensOn: string, allowed: string[], machine: string): (name: string) => boolean {
  const named = new Set([listensOn, ...allowed].map(plainName));
  const own = plainName(machine);
  // Nobody can register a name without a dot or below .local for others, because both belong to the local network.
  if (!isLoopback(listensOn) && own) named.add(own).add(`${own.split('.')[0]}.local`);
  return (name) => {
    const asked = plainName(name);
    if (asked === 'localhost' || asked.endsWith('.localhost') || isLoopback(asked)) return true;
    // A browser that uses a number really connects to that address, without any name in between.
    return named.has(asked) || (!isLoopback(listensOn) && isIP(asked) !== 0);
  };
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/**
 * The name in a Host header without its port, or undefined if the header is not well formed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority
 */
export function nameInHost(header: string): string | undefined {
  const [, name] = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i.exec(header.trim()) ?? [];
  return name?.replace(/^\[(.*)\]$/, '$1');
}
