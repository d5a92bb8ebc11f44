import { canBeListed } from '../site/alias.ts';
import { hrefOf, type Site } from '../site/site.ts';

/**
 * The list of old addresses for hosts that read `_redirects` (Netlify, Cloudflare Pages and others): a line
 * each, from, the parameters of its query if it has one, to, status. Those hosts know wildcards; an address that would
 * be one is left out.
 *
 * @param redirects addresses without the site's base; `from` may end in a query
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

// The words of a line stand between spaces, and `#` begins a comment.
const oneWord = (text: string): string => text.replace(/[\s#]/g, (character) => encodeURIComponent(character));
