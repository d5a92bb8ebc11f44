import { slugify } from '../site/slug.ts';

/** The old addresses of stories, and how links to them are recognised. */

const fileEndings = /\.(?:html?|php|aspx?|jsp|xml|txt|pdf|json)$/i;

/**
 * An old address as an alias: decoded, NFC, from the root, without a fragment, ending in `/` unless it names a file
 * such as `x.html` or has a query.
 *
 * @param raw as found: a path, or a complete address
 * @param originHosts the hosts of the old site. Complete addresses on other hosts are refused, unless no host is known
 * @returns undefined if it cannot be an address on this site
 */
export function cleanAddress(raw: string, originHosts: readonly string[] | undefined): string | undefined {
  const base = 'http://old.invalid';
  if (!URL.canParse(raw, base)) return undefined;
  const url = new URL(raw, base);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const isOther = (originHosts ?? []).length > 0 && !originHosts?.some((host) => isSameHost(url.host, host));
  if (url.host !== 'old.invalid' && isOther) return undefined;
  const path = decodePath(url.pathname).replace(/\/{2,}/g, '/');
  if (path === undefined || /[\\?#\p{Cc}]/u.test(path) || path.split('/').some((part) => part === '..' || part === '.'))
    return undefined;
  if (url.search !== '') return path + url.search;
  return path.endsWith('/') || fileEndings.test(path) ? path : `${path}/`;
}

/** `www.` does not make it a different site. */
export const isSameHost = (host: string, other: string): boolean =>
  host.toLowerCase().replace(/^www\./, '') === other.toLowerCase().replace(/^www\./, '');

/** Percent-decoded if possible, NFC. */
export function decodePath(path: string): string {
  return path
    .split('/')
    .map((part) => {
      try {
        const decoded = decodeURIComponent(part);
        return decoded.includes('/') ? part : decoded;
      } catch {
        return part;
      }
    })
    .join('/')
    .normalize('NFC');
}

/**
 * The key that two spellings of an address share: case, Unicode form, `index.html`, and the final slash are ignored.
 */
export const addressKey = (address: string): string =>
  decodePath(address)
    .toLowerCase()
    .normalize('NFC')
    .replace(/\/index\.html?$/, '/')
    .replace(/\.html?$/, '')
    .replace(/\/+$/, '');

/** What the name of a source file says: Jekyll's `2015-03-04-harbour.md`, Hugo's `harbour/index.md`. */
export interface FileName {
  /** As in `{path}`. */
  path: string;
  /** As in `{name}`. */
  name: string;
  /** The name without a date, or '' for the index of the root. */
  slug: string;
  /** `2015-03-04`, if the name begins with a date. */
  date?: string;
  /** Where the date was, if it was not the name of the file. For the receipt. */
  dateFrom?: string;
  /** The folders that contain it, without `_posts` and `_drafts`. */
  folders: string[];
}

/** @param file relative to the source folder, with forward slashes */
export function readFileName(file: string): FileName {
  const path = file.replace(/\.[^./]+$/, '').replace(/(^|\/)(?:index|readme)$/i, '');
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const dated = /^(\d{4}-\d{1,2}-\d{1,2})[-_ ]?(.*)$/s.exec(name);
  return {
    path,
    name,
    slug: dated ? dated[2] || name : name,
    date: dated?.[1],
    folders: parts.slice(0, -1).filter((part) => part !== '_posts' && part !== '_drafts'),
  };
}

/** A day in a path such as `2015/03/04/harbour`. */
export function dayInPath(path: string): string | undefined {
  const found = /(?:^|\/)((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)/.exec(path);
  return found ? `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}` : undefined;
}

const slugBytesMax = 120;

/** A slug for a folder and an address. It follows the rules for slugs and is short enough for every file system. */
export function slugFor(words: string): string {
  let slug = slugify(words);
  while (Buffer.byteLength(slug) > slugBytesMax) {
    const cut = slug.lastIndexOf('-');
    slug = slugify(cut > 0 ? slug.slice(0, cut) : [...slug].slice(0, -1).join(''));
  }
  return slug;
}
