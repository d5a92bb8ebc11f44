/** A list of style sheets in the manifest of a bundle, as Astro writes it. */
const sheetList = /(?<="styles":)\[(?:\{"type":"external","src":"[^"]*"\},?)+\]/g;

interface Sheet {
  type: string;
  src: string;
}

/**
 * Puts the style sheets of each page in order: those that more pages use come first, so the styles of the site come
 * before those of one kind of page. Sheets of the same number of pages are in the order of their names.
 *
 * Astro's own order follows the order in which the bundler finished reading the modules, which differs from one build to
 * the next. So two machines would print different bytes, and a style of one page could lose against one of the site.
 *
 * @param module the text of a module of the bundle
 * @returns the same text unless it contains the manifest
 */
export function orderSheets(module: string): string {
  const pages = new Map<string, number>();
  for (const [list] of module.matchAll(sheetList))
    for (const { src } of JSON.parse(list) as Sheet[]) pages.set(src, (pages.get(src) ?? 0) + 1);
  const pagesOf = ({ src }: Sheet) => pages.get(src) ?? 0;
  return module.replace(sheetList, (list) =>
    JSON.stringify((JSON.parse(list) as Sheet[]).sort((a, b) => pagesOf(b) - pagesOf(a) || compare(a.src, b.src))),
  );
}

/** By code units, which is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
