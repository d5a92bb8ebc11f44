import { posix } from 'node:path';
import type { LinkAnswer } from './body/context.ts';
import { addressKey, decodePath } from './old-address.ts';
import { isOwnHost } from './own-hosts.ts';

export interface LinkMap {
  /** `addressKey` of every old address → story, or the address of a standing page. */
  byAddress: ReadonlyMap<string, string>;
  /** Source file → story. */
  byFile: ReadonlyMap<string, string>;
  /** First segments such as `en` that links on the old site can omit. */
  languages: readonly string[];
  /** The addresses of the old site. Links to what was not imported lead to the first. */
  origins: readonly URL[];
}

/** The file that contains the link. */
export interface LinkPlace {
  file: string;
  /** Its old address, if it is known. */
  address?: string;
}

const unsafeSchemes = new Set(['javascript', 'vbscript', 'data', 'blob', 'file']);
const base = 'http://old.invalid';

/**
 * Resolves the address in a link: to a story if it is imported, to a document that comes along, to the old site if it is
 * another page there, and to nothing if that page is unknown. Addresses on other sites stay.
 *
 * @param url decoded, as a Markdown parser returns it
 * @param documentAt the link to a document of the old site, or undefined if it does not come along
 */
export function answerLink(
  url: string,
  place: LinkPlace,
  map: LinkMap,
  documentAt: (url: string) => string | undefined = () => undefined,
): LinkAnswer {
  // Browsers remove these before they look at the scheme.
  const bare = url.replace(/[\p{Cc}\s]+/gu, '');
  if (bare === '') return { kind: 'dead' };
  if (bare.startsWith('#')) return { kind: 'keep' };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  if (scheme !== undefined && unsafeSchemes.has(scheme)) return { kind: 'unsafe' };
  if (scheme === 'mailto' || scheme === 'tel' || scheme === 'sms') return { kind: 'keep' };
  if (scheme === 'story') {
    // Another newsroom's archive links stories by name.
    const name = decodePath(bare.slice('story:'.length).replace(/[?#].*$/s, ''));
    const story = fileAt(name, map) ?? fileAt(`content/stories/${name}`, map) ?? fileAt(`stories/${name}`, map);
    return story === undefined ? { kind: 'dead' } : { kind: 'story', url: targetOf(story, fragmentOf(bare)) };
  }
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return { kind: 'scheme' };
  const isHost = startsWithHost.test(bare) && internal(bare, place, map) === undefined;
  if (scheme !== undefined || bare.startsWith('//') || isHost) {
    const complete = scheme === undefined ? `https:${isHost ? '//' : ''}${bare}` : bare;
    if (!URL.canParse(complete)) return { kind: 'scheme' };
    const other = new URL(complete);
    const isOwn = isOwnHost(other.host, map.origins);
    const story = isOwn ? storyAt(other.pathname, other.search, map) : undefined;
    if (story !== undefined) return { kind: 'story', url: targetOf(story, other.hash) };
    const document = isOwn ? documentAt(complete) : undefined;
    if (document !== undefined) return { kind: 'document', url: document };
    return scheme === undefined ? { kind: 'complete', url: complete } : { kind: 'keep' };
  }
  const story = internal(url.trim(), place, map);
  if (story !== undefined) return { kind: 'story', url: targetOf(story, fragmentOf(url)) };
  const document = documentAt(url.trim());
  if (document !== undefined) return { kind: 'document', url: document };
  const [origin] = map.origins;
  if (!origin) return { kind: 'dead' };
  const old = oldUrl(url.trim(), place, origin);
  return old === undefined ? { kind: 'dead' } : { kind: 'old-site', url: old };
}

/** `www.agency.example/x`, which browsers take for a folder. No editor meant one. */
const startsWithHost = /^www\d?(?:\.[a-z\d-]+)+\.[a-z]{2,}(?::\d+)?(?:[/?#]|$)/i;

/** Stories are linked by name, and standing pages by address. */
const targetOf = (story: string, fragment: string): string =>
  story.startsWith('/') ? story + fragment : `story:${story}${fragment}`;

/** The address of something on the old site. */
export function oldUrl(url: string, place: LinkPlace, origin: URL): string | undefined {
  const from = new URL(encodeURI(place.address ?? `/${posix.dirname(place.file)}/`), origin);
  return URL.canParse(url, from.href) ? new URL(url, from).href : undefined;
}

const fragmentOf = (url: string): string => (url.includes('#') ? url.slice(url.indexOf('#')).trim() : '');

function internal(url: string, place: LinkPlace, map: LinkMap): string | undefined {
  const path = decodePath(url.replace(/[?#].*$/s, ''));
  const search = /\?[^#]*/.exec(url)?.[0] ?? '';
  if (path.startsWith('/')) {
    const below = withoutFirst(path);
    return (
      storyAt(path, search, map) ??
      fileAt(path.slice(1), map) ??
      (below === undefined ? undefined : fileAt(below.slice(1), map))
    );
  }
  const nearby =
    path === ''
      ? undefined
      : (fileAt(posix.normalize(posix.join(posix.dirname(place.file), path)), map) ??
        fileAt(posix.normalize(path), map));
  if (nearby !== undefined) return nearby;
  if (place.address === undefined) return undefined;
  // Some generators resolve `../x` from `/blog/this/`, and others from `/blog/this`.
  for (const from of [`${place.address.replace(/\/$/, '')}/`, place.address.replace(/\/$/, '')]) {
    const full = `${base}${encodeURI(from)}`;
    if (!URL.canParse(url, full)) continue;
    const story = storyAt(new URL(url, full).pathname, search, map);
    if (story !== undefined) return story;
  }
  return undefined;
}

/** A path without its first folder, if it has others, because an archive can begin below a folder of the old site. */
export const withoutFirst = (path: string): string | undefined => /^\/[^/]+(\/[^/]+\/[^/].*)$/s.exec(path)?.[1];

function storyAt(path: string, search: string, map: LinkMap): string | undefined {
  const keys = search === '' ? [addressKey(path)] : [addressKey(path + search), addressKey(path)];
  for (const key of keys) {
    const found =
      map.byAddress.get(key) ??
      map.languages.map((language) => map.byAddress.get(`/${language}${key}`)).find((story) => story !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fileAt(path: string, map: LinkMap): string | undefined {
  const stem = path.replace(/\.(?:md|markdown|mdx|html?)$/i, '').replace(/\/$/, '');
  for (const name of [path, `${stem}.md`, `${stem}.mdx`, `${stem}.markdown`, `${stem}/index.md`, `${stem}/index.mdx`]) {
    const story = map.byFile.get(name);
    if (story !== undefined) return story;
  }
  if (!/\.(?:md|markdown|mdx)$/i.test(path)) return undefined;
  // Jekyll's `post_url` and Hugo's `ref` name a file without its folder.
  // Obsidian names it with as many folders as it takes to tell it from others.
  const last = `/${posix.basename(stem)}.`;
  const named = [...map.byFile].filter(
    ([file]) => `/${file}`.includes(last) && `/${file}`.replace(/\.[^./]+$/, '.').endsWith(last),
  );
  const exact = named.filter(([file]) => `/${file}`.replace(/\.[^./]+$/, '').endsWith(`/${stem}`));
  const [only, another] = exact.length > 0 ? exact : named;
  return another === undefined ? only?.[1] : undefined;
}
