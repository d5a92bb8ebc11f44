import { securityAddress } from '../site/address.ts';
import { expiryOf } from '../site/security.ts';
import { absoluteHrefOf, type Site, type Trust } from '../site/site.ts';

/**
 * `/.well-known/security.txt`, which tells researchers where to report a vulnerability. Empty if site.yaml has no
 * `security`.
 *
 * @see RFC 9116
 */
export function securityOf(
  site: Pick<Site, 'url' | 'language' | 'timeZone'>,
  { security }: Pick<Trust, 'security'>,
): string {
  if (!security) return '';
  const canonical = security.canonical.length > 0 ? security.canonical : canonicalOf(site);
  const languages = security.languages.length > 0 ? security.languages : [site.language];
  const fields: [name: string, value: string | undefined][] = [
    ...security.contact.map((value): [string, string] => ['Contact', value]),
    ['Expires', new Date(expiryOf(security, site.timeZone)).toISOString()],
    ...security.encryption.map((value): [string, string] => ['Encryption', value]),
    ['Acknowledgments', security.acknowledgments],
    ['Preferred-Languages', languages.join(', ')],
    ...canonical.map((value): [string, string] => ['Canonical', value]),
    ['Policy', security.policy],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join('');
}

/** A web address in this file must begin with https://. */
function canonicalOf(site: Pick<Site, 'url'>): string[] {
  const address = absoluteHrefOf(site, securityAddress);
  return address.startsWith('https://') ? [address] : [];
}
