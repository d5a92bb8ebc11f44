import { isIP } from 'node:net';

/*
 * Who may open a server of ours, and by which names. A page on the web can point a name of its own at this machine
 * (DNS rebinding) and then read, as its own origin, whatever answers. So a server answers only to names that a page
 * elsewhere cannot own: those of this machine, addresses written as numbers, and those that were allowed by hand.
 */

/** Whether a server that listens there can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * The host names that a server answers to.
 *
 * @param listensOn as `--host` gives it
 * @param allowed as `--allow-host` gives them
 * @param machine the name of this machine, as its network knows it
 * @returns tells whether a name belongs to them; it comes without a port, an IPv6 address without brackets
 */
export function knownHosts(listensOn: string, allowed: string[], machine: string): (name: string) => boolean {
  const named = new Set([listensOn, ...allowed].map(plainName));
  const own = plainName(machine);
  // Nobody can register a name without a dot or below .local for others: both belong to the local network.
  if (!isLoopback(listensOn) && own) named.add(own).add(`${own.split('.')[0]}.local`);
  return (name) => {
    const asked = plainName(name);
    if (asked === 'localhost' || asked.endsWith('.localhost') || isLoopback(asked)) return true;
    // A browser that names a number has really gone there: no name of anybody's stood in between.
    return named.has(asked) || (!isLoopback(listensOn) && isIP(asked) !== 0);
  };
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');

/**
 * The name in a Host header, without its port; undefined when the header is not well formed.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority
 */
export function nameInHost(header: string): string | undefined {
  const [, name] = /^(\[[\da-f:.]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i.exec(header.trim()) ?? [];
  return name?.replace(/^\[(.*)\]$/, '$1');
}
