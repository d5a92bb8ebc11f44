import { foldAddress, reservedSegments } from '../site/address.ts';
import { readAlias } from '../site/alias.ts';
import type { Site } from '../site/site.ts';

/* The addresses of the new site: which ones stories get, and which ones the site itself needs. */

/** `/a`, `/a/`, and `/A/index.html` cannot coexist on every file system and host. */
export const placeOf = (address: string): string => foldAddress(address).replace(/(?:^|\/)index\.html$/, '');

/** Hugo resolves an alias without a leading slash from the folder of the page. */
export function besides(address: string, page: string): string {
  const folder = page.replace(/\/$/, '').replace(/[^/]*$/, '');
  return `${folder.startsWith('/') ? folder : '/'}${address}`;
}

/** The same decision as in `story/derive.ts`. */
export function addressOf(site: Site, story: string, day: string | undefined, section: string | undefined): string {
  const folder = /^(\d{4})\/(0[1-9]|1[0-2])\//.exec(story);
  const parts: Record<string, string | undefined> = {
    yyyy: folder?.[1] ?? day?.slice(0, 4),
    mm: folder?.[2] ?? day?.slice(5, 7),
    dd: day?.slice(8, 10),
    slug: story.split('/').at(-1),
    section,
  };
  return site.permalink.replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? 'undated');
}

/** Whether an address is, or could become, one of the pages that the site itself creates. */
export function isReserved(address: string, site: Site): boolean {
  const [first = '', ...rest] = address.toLowerCase().split('/').filter(Boolean);
  if (first === '' || reservedSegments.includes(first) || /^sitemap-.*\.xml$/.test(first)) return true;
  const isPeriod = (parts: string[]): boolean =>
    parts.length <= 3 &&
    /^\d{4}$/.test(parts[0] ?? '') &&
    /^(?:\d\d|part-\d+)?$/.test(parts[1] ?? '') &&
    /^(?:part-\d+)?$/.test(parts[2] ?? '');
  if (isPeriod([first, ...rest])) return true;
  if (!site.sections.some((section) => section.id.toLowerCase() === first)) return false;
  return rest.length === 0 || rest[0] === 'feed.xml' || isPeriod(rest);
}

/** Whether an old address of a story is none that it has already, as hosts compare addresses. */
export function isBeside({ address, aliases }: { address: string; aliases: string[] }, alias: string): boolean {
  const exact = (written: string): string | undefined => {
    const read = readAlias(written);
    return read && 'address' in read ? read.address : undefined;
  };
  const old = exact(alias);
  return old !== undefined && old !== address && aliases.every((other) => exact(other) !== old);
}
