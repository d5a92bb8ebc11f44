/** Old addresses, as editors write them and as hosts read them. */

/**
 * The form of an old address in which the site can serve it.
 *
 * @returns an address that gets a page with a redirect, or an address that is only in the lists of redirects, which can
 *   distinguish `?p=1` from `?p=2` where a file cannot, or undefined if nothing is left of it or it leaves the site
 */
export function readAlias(alias: string): { address: string } | { listOnly: string } | undefined {
  const [whole = ''] = alias.split('#');
  const [written = '', query = ''] = whole.split(/\?(.*)/s);
  let path: string;
  try {
    path = decodeURI(written).normalize('NFC');
  } catch {
    path = written.normalize('NFC');
  }
  const segments = path.split('/').filter(Boolean);
  if (segments.some((segment) => segment === '.' || segment === '..' || /[\\\p{Cc}\u2028\u2029]/u.test(segment)))
    return undefined;
  // An empty query counts as none. Otherwise `/?` would redirect every reader of the front page on hosts that use the
  // list.
  if (!whole.isWellFormed()) return undefined;
  if (query !== '') {
    if (written.startsWith('//') || /\p{Cc}/u.test(query)) return undefined;
    const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
    return { listOnly: `/${segments.join('/')}${end}?${query}` };
  }
  if (segments.length === 0) return undefined;
  const isFile = /\.x?html?$/i.test(segments.at(-1)!) && !path.endsWith('/');
  const address = `/${segments.join('/')}${isFile ? '' : '/'}`;
  if (!isProgram(segments)) return { address };
  return { listOnly: segments.at(-1)!.includes('.') && !path.endsWith('/') ? address.replace(/\/$/, '') : address };
}

/**
 * Whether hosts run programs in the folder of an old address, so that no page can be there: `/cgi-bin/story.pl`. The
 * lists of redirects can have it.
 */
const isProgram = ([first = '', ...rest]: readonly string[]): boolean =>
  /^(?:cgi-bin|functions)$/i.test(first) && rest.length > 0;

/**
 * Whether an old address can be in a list of redirects without matching other addresses.
 *
 * Hosts that read `_redirects` support wildcards: `*` is anything, and `:name` is any part of a path or any value of a
 * query. No host has a way to escape them, so such an address only gets a page. A part of a query that is not
 * `key=value` would be read as the target.
 */
export function canBeListed(from: string): boolean {
  const [path = '', query] = from.split(/\?(.*)/s);
  const isPlain = (text: string) => !/\*|%2a/i.test(text) && !/(?::|%3a)[a-z_]/i.test(text);
  if (!path.startsWith('/') || path.startsWith('//') || !isPlain(path)) return false;
  return query === undefined || query.split('&').every((part) => isPlain(part) && /^[^/=:][^=]*=/.test(part));
}
