import { cleanSlug } from './slug.ts';

/* What a file in a theme's `pages/` is, judged by its path alone. */

/** A file in `theme/pages/`. */
export type ThemePageFile =
  /** A page. `id` is its path without the ending. */
  | { kind: 'page'; id: string; address: string }
  /** A name with brackets, which would stand for many pages. */
  | { kind: 'dynamic' }
  /** The name of a file that prints a built-in page. */
  | { kind: 'built-in'; name: string }
  /** A file that pages can import, or that has nothing to do with pages. */
  | { kind: 'other' };

/** Names of built-in pages. A file with such a name was probably meant to replace the built-in page. */
export const builtInPages: readonly string[] = [
  'index',
  '404',
  '500',
  'section',
  'topic',
  'author',
  'series',
  'corrections',
  'search',
  'period',
  'year',
  'story',
  'page',
  'alias',
];

/**
 * Decides what a file is. As in Astro, a file or folder whose name begins with `_` is no page, so that pages can import
 * it.
 *
 * @param path relative to `theme/pages/`, with slashes
 */
export function themePageFile(path: string): ThemePageFile {
  const id = /^(.+)\.(?:astro|mdx)$/.exec(path)?.[1]?.normalize('NFC');
  if (id === undefined || /(?:^|\/)[._]/.test(id)) return { kind: 'other' };
  if (/[[\]]/.test(id)) return { kind: 'dynamic' };
  if (builtInPages.includes(id.toLowerCase())) return { kind: 'built-in', name: id };
  return { kind: 'page', id, address: themePageAddress(id) };
}

/** `projects/heat` is at `/projects/heat/`, and `projects/index` at `/projects/`. */
function themePageAddress(id: string): string {
  const segments = id.split('/');
  if (segments.at(-1) === 'index') segments.pop();
  return `/${segments.map((segment) => `${cleanSlug(segment)}/`).join('')}`;
}

/**
 * The path of the route that renders a page in `theme/pages/`. It is never an address: the press requests it, and `dev`
 * rewrites a request to it. It has only letters, digits, and `_`, because Astro reads other characters as patterns.
 */
export const themePageRoute = (id: string): string =>
  `/theme-pages/${id.replace(/[^a-zA-Z\d/]/g, (sign) => `_${sign.codePointAt(0)?.toString(16)}_`)}`;
