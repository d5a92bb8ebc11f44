import { deadEndOf } from './dead-end.ts';
import { meantAddress } from './link-address.ts';
import { baseOf, originOf, type Site } from './site.ts';

/** Where a link leads within the site, or why it leads nowhere. */
export interface LinkTarget {
  /**
   * Decoded and NFC, without the base of the site and without a query. It begins with `/`. For a link that cannot work,
   * such as `mailto:jo`, it is the text as written.
   */
  address: string;
  /** Without `#`, decoded. '' if there is none. */
  fragment: string;
  /** As an editor wrote it. */
  written: string;
}

/**
 * The address on this site that a link leads to, as a browser would resolve it.
 *
 * @param written as an editor wrote it
 * @param from the address of the page that contains the link, or undefined if many pages contain it
 * @returns undefined if the link leads to another site, to an email address, or to a place on the same page, and
 *   there is
 * nothing wrong with the link itself
 */
export function targetOf(written: string, site: Pick<Site, 'url'>, from: string | undefined): LinkTarget | undefined {
  const shortened = written.replace(/^[\0-\x20]+|[\0-\x20]+$|[\t\n\r]+/g, '');
  // `//host/path` is a complete address that uses the scheme of the page.
  const text = shortened.startsWith('//') ? `https:${shortened}` : shortened;
  if (text === '' || text.startsWith('#')) return undefined;
  const [origin, base] = [originOf(site), baseOf(site)];
  let url: URL;
  if (/^https?:/i.test(text)) {
    if (!URL.canParse(text)) return undefined;
    url = new URL(text);
    // Readers reach the same site with and without `www.`, and with and without the dot at the end of a host.
    if (bareHost(url.host) !== bareHost(new URL(origin).host)) return deadEnd(text);
    // Outside the site's path, the host serves something else.
    if (!`${url.pathname}/`.startsWith(`${base}/`)) return undefined;
  } else if (/^[a-z][a-z\d+.-]*:/i.test(text)) return deadEnd(text);
  else {
    const page = `${origin}${base}${encodeURI(from ?? '/')}`;
    const reference = text.startsWith('/') ? base + text : text;
    if (!URL.canParse(reference, page)) return undefined;
    url = new URL(reference, page);
    if (!`${url.pathname}/`.startsWith(`${base}/`))
      return { address: decodedPath(url.pathname), fragment: '', written: text };
  }
  return {
    address: decodedPath(url.pathname.slice(base.length)) || '/',
    fragment: decodedPath(url.hash.slice(1)),
    written: text,
  };
}

const bareHost = (host: string): string => host.replace(/^www\./, '').replace(/\.(?=$|:)/, '');

const deadEnd = (text: string): LinkTarget | undefined =>
  deadEndOf(text) && { address: text, fragment: '', written: text };

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path.normalize('NFC');
  }
}

/**
 * What somebody meant by `www.example.org`, a complete address, or an email address without its scheme.
 * Undefined for paths.
 */
export const meantBy = ({ written }: Pick<LinkTarget, 'written'>): string | undefined =>
  written.startsWith('/') || /^https?:/i.test(written) ? undefined : meantAddress(written);
