/* What a page, a feed, or a list refers to on its own site. Pure. */

/** Files that can refer to others. */
export const canRefer = (path: string): boolean =>
  /\.(?:html?|xml|atom|json|txt|css|svg|webmanifest)$/i.test(path) ||
  !/\.[^/]*$/.test(path) ||
  /(?:^|\/)[._]/.test(path);

/**
 * The addresses on this site in a text, decoded, from the root of the site. Whatever could be one counts: in links,
 * pictures, style sheets, feeds, and lists of redirects.
 *
 * @param origin and base of the site's url
 */
export function referencesIn(text: string, { origin, base }: { origin: string; base: string }): Set<string> {
  const found = new Set<string>();
  for (const [word] of text.matchAll(/(?<=^|[\s"'>(),;|`\\])[^\s"'<>(),;|`\\]*\/[^\s"'<>(),;|`\\]*/g)) {
    const path = word.startsWith(origin) ? word.slice(origin.length) : word;
    if (!path.startsWith(`${base}/`) || path.startsWith('//')) continue;
    const [address = ''] = path.slice(base.length).split(/[?#]/);
    found.add(decoded(address));
  }
  return found;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address).normalize('NFC');
  } catch {
    return address;
  }
}

/** The files that an address can mean, by path. */
export const filesOfAddress = (address: string): string[] => {
  const path = address.slice(1);
  if (path === '' || path.endsWith('/')) return [`${path}index.html`];
  return [path, `${path}/index.html`];
};
