/** The part of a route in Astro's manifest that lists its style sheets. */
export interface RouteStyles {
  styles: { type: string; src?: string }[];
}

/**
 * Puts the style sheets of each page in order, in place: those that more pages use come first, so the styles of the site
 * come before those of one kind of page. Sheets of the same number of pages are in the order of their names.
 *
 * Astro's own order follows the order in which the bundler finished reading the modules, which differs from one build to
 * the next. So two machines would print different bytes, and a style of one page could lose against one of the site.
 */
export function orderSheets(routes: readonly RouteStyles[]): void {
  const pages = new Map<string, number>();
  for (const { styles } of routes)
    for (const { src } of styles) if (src !== undefined) pages.set(src, (pages.get(src) ?? 0) + 1);
  const pagesOf = (src: string | undefined) => pages.get(src ?? '') ?? 0;
  for (const { styles } of routes)
    styles.sort((a, b) => pagesOf(b.src) - pagesOf(a.src) || compare(a.src ?? '', b.src ?? ''));
}

/** By code units, which is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
