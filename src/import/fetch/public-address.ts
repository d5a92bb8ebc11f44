import { BlockList, isIP } from 'node:net';

/* Which addresses of the internet protocol are public. An archive must not make us connect to anything else. */

const [notPublic4, public6, notPublic6, translated6] = [
  new BlockList(),
  new BlockList(),
  new BlockList(),
  new BlockList(),
];
// From the registries of special-purpose addresses (RFC 6890 and its updates), multicast, and the reserved rest.
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic4.addSubnet(network, prefix, 'ipv4');
// Only this block has been given to networks. So loopback, link-local, unique local, multicast, and addresses that
// contain one of IPv4 (::ffff:0:0/96, ::/96) are outside.
public6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic6.addSubnet(network, prefix, 'ipv6');
translated6.addSubnet('64:ff9b::', 96, 'ipv6');

/** Whether an address, as a resolver or `URL.hostname` writes it, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 4) return !notPublic4.check(bare, 'ipv4');
  // An address with a zone (`%eth0`) belongs to one link.
  if (isIP(bare) !== 6 || bare.includes('%')) return false;
  // In a network without IPv4, the resolver translates. Then the address inside of it counts.
  if (translated6.check(bare, 'ipv6')) return isPublicAddress(lastFourBytes(bare));
  return public6.check(bare, 'ipv6') && !notPublic6.check(bare, 'ipv6');
}

/** The last four bytes of an IPv6 address, as one of IPv4. */
function lastFourBytes(address: string): string {
  // The parser of URLs writes them as two groups, unless the first or both are zeros.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  return groups
    .map((group) => Number.parseInt(group || '0', 16))
    .flatMap((group) => [group >> 8, group & 255])
    .join('.');
}
