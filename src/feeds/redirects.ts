import { canBeListed } from '../site/alias.ts';
import { hrefOf, type Site } from '../site/site.ts';

/**
 * The list of old addresses for hosts that read `_redirects` (Netlify, Cloudflare Pages, and others). Each line has the
 * old address, the parameters of its query if it has one, the new address, and the status. Those hosts support
 * wildcards, so an address that would be one is left out.
 *
 * @param redirects addresses without the site's base. `from` can end in a query
 */
export const redirectsOf = (site: Pick<Site, 'url'>, redirects: { from: string; to: string }[]): string =>
  redirects
    .filter(({ from }) => canBeListed(from))
    .map(({ from, to }) => `${[...fromWords(site, from), hrefOf(site, to), '301'].join(' ')}\n`)
    .join('');

function fromWords(site: Pick<Site, 'url'>, from: string): string[] {
  const [path = '', query] = from.split(/\?(.*)/s);
  return [oneWord(hrefOf(site, path)), ...(query ? query.split('&').map(oneWord) : [])];
}

// Spaces separate the words of a line, and `#` begins a comment.
const oneWord = (text: string): string => text.replace(/[\s#]/g, (character) => encodeURIComponent(character));
