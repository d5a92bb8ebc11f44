import { canBeListed } from '../site/alias.ts';
import { encodedPath } from './encode.ts';
import { feedTypes, type HostModel, type HostRedirect, immutable, isForNetlify, manifestType } from './model.ts';

/* `_headers` and `_redirects`, which Netlify, Cloudflare, and other hosts read. None of them shows the files to readers. */

/** A path pattern with headers. `*` stands for anything. */
export interface HeaderRule {
  path: string;
  headers: [name: string, value: string][];
}

/**
 * The headers of a site by path pattern, for hosts that know nothing but the path. No header is in two rules for the same
 * path, because hosts differ in what they do then: Cloudflare sends both values.
 */
export function headerRules(model: HostModel): HeaderRule[] {
  const { base, headers, policy, manifests, ownAssets } = model;
  const at = (path: string) => base + (/^[\w/.*-]*$/.test(path) ? path : encodedPath(path));
  const patterns = policy === undefined ? [] : pagePatterns(model);
  const isEverywhere = patterns[0] === '/*';
  const policies: [string, string][] = policy === undefined ? [] : [['Content-Security-Policy', policy]];
  const isSearch = (path: string) => model.searchPolicy !== undefined && path === '/search/*';
  const hasOwn = (ending: string) => ownAssets.some((file) => file.toLowerCase().endsWith(ending));
  return [
    { path: at('/*'), headers: isEverywhere ? [...headers, ...policies] : headers },
    ...(isEverywhere
      ? []
      : patterns.map(
          (path): HeaderRule => ({
            path: at(path),
            headers: isSearch(path) ? [['Content-Security-Policy', model.searchPolicy!]] : policies,
          }),
        )),
    { path: at('/assets/pictures/*'), headers: [['Cache-Control', immutable]] },
    // Files in public/assets/ keep their names when their bytes change.
    ...['.css', '.woff2'].flatMap((ending): HeaderRule[] =>
      hasOwn(ending) ? [] : [{ path: at(`/assets/*${ending}`), headers: [['Cache-Control', immutable]] }],
    ),
    ...(model.hasSearch ? searchEndings : []).map(
      (ending): HeaderRule => ({ path: at(`/pagefind/*${ending}`), headers: [['Cache-Control', immutable]] }),
    ),
    ...feedTypes.flatMap(([name, type]) =>
      [`/${name}`, `/*/${name}`].map((path): HeaderRule => ({ path: at(path), headers: [['Content-Type', type]] })),
    ),
    ...manifests.map((path): HeaderRule => ({ path: at(path), headers: [['Content-Type', manifestType]] })),
  ];
}

/** Files of search indexes whose names are digests of their bytes. */
const searchEndings = ['.pf_fragment', '.pf_index', '.pf_filter', '.pf_meta'];

/**
 * Patterns for our pages. If the newsroom has documents of its own in `public/`, they must not get our policy, so the
 * patterns are those of folders without any. The page of the paper's own search has a policy of its own, so that no
 * pattern can be for all pages then either.
 */
function pagePatterns({ ownDocuments, sections, years, pages, searchPolicy }: HostModel): string[] {
  if (ownDocuments.length === 0 && searchPolicy === undefined) return ['/*'];
  const folders = [...sections, ...years, 'topics', 'authors', 'series', 'corrections', 'search'];
  const isBelow = (page: string) => folders.some((folder) => page.startsWith(`/${folder}/`));
  return [
    '/',
    ...pages.filter((page) => !isBelow(page) && !ownDocuments.includes(`${page}index.html`)).slice(0, pagesMax),
    ...folders.flatMap((folder) =>
      ownDocuments.some((file) => file.startsWith(`/${folder}/`)) ? [] : [`/${folder}/*`],
    ),
  ];
}

/** Cloudflare reads 100 rules. Other pages have their policy in the page alone. */
const pagesMax = 40;

/** `_headers` */
export const headersFile = (model: HostModel): string =>
  headerRules(model)
    .filter(({ headers }) => headers.length > 0)
    .map(({ path, headers }) => `${path}\n${headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`)
    .join('');

/**
 * `_redirects`. Each line has the old address, the new one, and the status. Hosts differ in what else a line can have, so
 * without `hosts: [netlify]` the file has only what all of them read.
 *
 * - A query: only Netlify knows it. Cloudflare refuses the line.
 * - `301!`: Netlify follows a line only if there is no file at the old address, unless it ends with `!`.
 * - 410: only Netlify can respond with it.
 *
 * Hosts read only the first lines of a long list, so those for which there is no page come first. Folders come last,
 * because the first line that matches is used.
 */
export function redirectsFile(model: HostModel): string {
  const isNetlify = isForNetlify(model);
  const lines = inOrder(model.redirects)
    .filter((one) => isNetlify || !(one.query !== undefined || one.isOverPages))
    .flatMap((one) => linesOf(model, one, isNetlify));
  const gone = isNetlify
    ? model.withdrawn.map((address) => {
        const path = model.base + encodedPath(address);
        return `${path} ${path}index.html 410!`;
      })
    : [];
  return [...gone, ...new Set(lines)].map((line) => `${line}\n`).join('');
}

function linesOf({ base }: HostModel, one: HostRedirect, isNetlify: boolean): string[] {
  const { from, query, href, status, isFolder, keepsRest, hasPage, isOverPages } = one;
  if (!canBeListed(query === undefined ? from : `${from}?${query}`)) return [];
  // A name after a colon stands for a part of the old address.
  const target = href.replace(/(?<!^https?):(?=[a-z_])/gi, '%3A');
  const path = base + encodedPath(from);
  if (isFolder) return [`${path}* ${target}${keepsRest ? ':splat' : ''} ${status}`];
  const code = isNetlify && !isOverPages ? `${status}!` : status;
  if (query !== undefined) return [[path, ...query.split('&').map(word), target, code].join(' ')];
  // Without a page at the old address, no host adds the slash before it looks into the list.
  const paths = hasPage || !path.endsWith('/') || path.length === base.length + 1 ? [path] : [path, path.slice(0, -1)];
  return paths.map((old) => `${old} ${target} ${code}`);
}

// Spaces separate the words of a line, and `#` begins a comment.
const word = (text: string): string => text.replace(/[\s#]/g, (character) => encodeURIComponent(character));

/** The order of a list of which hosts may read only the beginning. */
export const inOrder = (redirects: readonly HostRedirect[]): HostRedirect[] => [
  // Those with a query before the same path without one, which would match it too.
  ...redirects.filter(({ isFolder, query }) => !isFolder && query !== undefined),
  ...redirects.filter(({ isFolder, hasPage, query }) => !isFolder && !hasPage && query === undefined),
  ...redirects.filter(({ isFolder, hasPage }) => !isFolder && hasPage),
  // The longest first, so that a folder within another has its own target.
  ...redirects.filter(({ isFolder }) => isFolder).sort((a, b) => b.from.length - a.from.length),
];
