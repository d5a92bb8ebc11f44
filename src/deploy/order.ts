import { isWireAddress, isWireList } from '../site/address.ts';

/* The order in which files are sent, so that nobody meets a page that refers to what is not there yet. */

/** What a file is for this order. */
export type Part = 'asset' | 'story' | 'front' | 'feed';

/**
 * What a file is, by its path.
 *
 * - asset: what pages refer to: styles, fonts, pictures, documents, and other files from `public/`
 * - story: stories, each with its file for the wire, standing pages, old addresses
 * - front: lists of stories, and the page for addresses that do not exist, which lists the latest
 * - feed: what leads programs and hosts to pages or files: the front page, feeds, sitemaps, lists for hosts, and what
 *   names the files of the search index
 */
export function partOfSite(path: string): Part {
  const segments = path.split('/');
  const name = segments.pop() ?? '';
  if (isSearchEntry(path)) return 'feed';
  if (path === 'index.html' || /^feed\.(?:xml|atom|json)$/.test(name) || isForPrograms(path)) return 'feed';
  if (isWireList(`/${path}`)) return 'feed';
  if (isWireAddress(`/${path}`)) return 'story';
  if (!/\.html?$/i.test(name)) return 'asset';
  return path === '404.html' || isFront(segments) ? 'front' : 'story';
}

/** `pagefind/2026/index.json`, and in each language below it `pagefind-entry.json`. The search page loads them first. */
const isSearchEntry = (path: string): boolean => /^pagefind\/\d{4}\/(?:[a-z]+\/pagefind-entry|index)\.json$/.test(path);

/** Files in the root of the site that are not pages and name pages. */
const isForPrograms = (path: string): boolean =>
  /^(?:sitemap[^/]*\.xml|news-sitemap\.xml|robots\.txt|_headers|_redirects|_routes\.json|vercel\.json|staticwebapp\.config\.json|web\.config|\.htaccess)$/.test(
    path,
  );

/** Sections, and the archive pages of a list: `world/`, `topics/x/2025/`, `2025/02/part-2/`. */
function isFront([first = '', ...rest]: string[]): boolean {
  if (rest.length === 0) return first !== '';
  if (['topics', 'authors', 'series', 'corrections', 'search'].includes(first)) return true;
  const last = rest.at(-1) ?? '';
  return /^(?:part-\d+|\d{4})$/.test(last) || (/^\d\d$/.test(last) && /^\d{4}$/.test([first, ...rest].at(-2) ?? ''));
}

/** The phases of a deploy, for people and in the order in which they happen. */
export type Phase = 'assets' | 'stories' | 'fronts and feeds' | 'deletions' | 'manifest';

/**
 * The rank of a file that is sent. Files of one rank can be sent at once.
 *
 * New pages are sent before changed ones, because nothing leads to a new page before a changed one does. So every page
 * that a reader can reach refers only to what is there, even if two new pages refer to each other. New feeds are sent
 * with new fronts, because these refer to them. The front page comes last: in a new site, nothing is reached before it.
 */
export function rankOf(path: string, isNew: boolean): { rank: number; phase: Phase } {
  const part = partOfSite(path);
  if (part === 'asset') return { rank: 0, phase: 'assets' };
  if (part === 'story') return { rank: isNew ? 1 : 3, phase: 'stories' };
  if (path === 'index.html') return { rank: 6, phase: 'fronts and feeds' };
  return { rank: isNew ? 2 : part === 'front' ? 4 : 5, phase: 'fronts and feeds' };
}

/** The rank of a file that is deleted: first what leads to others. */
export const deletionRankOf = (path: string): number => ({ feed: 0, front: 1, story: 2, asset: 3 })[partOfSite(path)];

/** Files that can be sent or deleted at once. Each step begins when the one before has ended. */
export type Step = { phase: Exclude<Phase, 'deletions'>; send: string[] } | { phase: 'deletions'; remove: string[] };
