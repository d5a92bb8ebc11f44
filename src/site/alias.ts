/** Old addresses, as editors write them and as hosts read them. */

/**
 * An old address as the site can answer it.
 *
 * @returns an address, which gets a page that leads on; or one for the list of redirects only, which can tell `?p=1`
 *   from `?p=2` as no file can; or undefined when nothing is left of it or it climbs out of the site
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
  // An empty query is none: on hosts with a list, `/?` would lead every reader of the front away.
  if (query !== '')
    return written.startsWith('//') || /\p{Cc}/u.test(query) ? undefined : { listOnly: `${written}?${query}` };
  if (segments.length === 0) return undefined;
  const isFile = /\.x?html?$/i.test(segments.at(-1)!) && !path.endsWith('/');
  return { address: `/${segments.join('/')}${isFile ? '' : '/'}` };
}

/**
 * Whether an old address can stand in a list of redirects without meaning more than itself.
 *
 * Hosts that read `_redirects` know wildcards: `*` is anything, `:name` is any part of a path or any value of a
 * query. No host has a way to escape them, so such an address is left to its page. A query whose part is no
 * `key=value` would be read as the place to go to.
 */
export function canBeListed(from: string): boolean {
  const [path = '', query] = from.split(/\?(.*)/s);
  const isPlain = (text: string) => !/\*|%2a/i.test(text) && !/(?::|%3a)[a-z_]/i.test(text);
  if (!path.startsWith('/') || path.startsWith('//') || !isPlain(path)) return false;
  return query === undefined || query.split('&').every((part) => isPlain(part) && /^[^/=:][^=]*=/.test(part));
}
