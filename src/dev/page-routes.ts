import { join } from 'node:path';
import { type ThemePage, themePagesOf } from '../index/theme-pages.ts';
import { themeUnused } from '../press/problems.ts';
import { pagesFolder, wrapperOf, writeWrapper } from '../press/theme-pages.ts';
import type { Problem } from '../problems/problem.ts';

/** The routes of the pages in `theme/pages/` while `dev` runs. */
export interface PageRoutes {
  /** Adds the routes to Astro when it starts. */
  begin(injectRoute: (route: { pattern: string; entrypoint: string }) => void): void;
  /** Follows the pages that were added and deleted. @returns a warning for each page that cannot be shown */
  renew: () => Problem[];
  /** The route of each page, by its id. */
  byPage: ReadonlyMap<string, string>;
}

/** More pages than anybody adds before `dev` is restarted. */
const spareRoutes = 100;

/**
 * Astro's list of routes is fixed when it starts. So each route here is for any page: `dev` starts with more routes than
 * there are pages, and gives a free one to each page that is added.
 *
 * @param root Astro's root
 */
export function pageRoutes(site: string, root: string): PageRoutes {
  const byPage = new Map<string, string>();
  let free: string[] = [];
  const fileOf = (route: string) => join(pagesFolder(root), `${route.slice('/theme-pages/'.length)}.astro`);
  const renew = () => {
    const pages = themePagesOf(site);
    for (const [id, route] of byPage)
      if (!pages.some((page) => page.id === id)) {
        byPage.delete(id);
        free.push(route);
      }
    const without: ThemePage[] = [];
    for (const page of pages) {
      const route = byPage.get(page.id) ?? free.shift();
      if (route === undefined) {
        without.push(page);
        continue;
      }
      byPage.set(page.id, route);
      writeWrapper(fileOf(route), wrapperOf(page, site, root));
    }
    return without.map(({ file }) =>
      themeUnused(file, 'file', 'Restart  broadsheet dev .', `, because more than ${spareRoutes} pages were added`),
    );
  };
  return {
    byPage,
    renew,
    begin(injectRoute) {
      free = Array.from({ length: themePagesOf(site).length + spareRoutes }, (_, n) => `/theme-pages/${n}`);
      for (const pattern of free) {
        writeWrapper(fileOf(pattern), '---\nreturn new Response(null, { status: 404 });\n---\n');
        injectRoute({ pattern, entrypoint: fileOf(pattern) });
      }
      renew();
    },
  };
}
