import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { themePageFile } from '../site/theme-page.ts';
import { themeRootsOf } from './theme-roots.ts';

/** A page that a newsroom's theme adds to the site. */
export interface ThemePage {
  /** Its path in `theme/pages/`, without the ending. */
  id: string;
  address: string;
  /** For messages: `theme/pages/about.mdx`, or `node_modules/NAME/theme/pages/about.mdx`. */
  file: string;
  /** Absolute. */
  path: string;
}

/**
 * The pages in `theme/pages/`, sorted by file. The newsroom's own page takes precedence over one of the same file name in
 * a package. A newsroom without pages costs one look at the disk.
 *
 * @param root the newsroom's folder
 */
export function themePagesOf(root: string): ThemePage[] {
  const byName = new Map<string, ThemePage>();
  for (const { folder, label } of themeRootsOf(root))
    for (const name of themePageFiles(folder)) {
      const page = themePageFile(name);
      if (page.kind !== 'page') continue;
      const { id, address } = page;
      byName.set(name, {
        id,
        address,
        file: `${label}theme/pages/${name}`,
        path: join(folder, 'theme/pages', name),
      });
    }
  return [...byName.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Every file in `theme/pages/`, relative to it, with slashes. @param folder that has the `theme/` */
export function themePageFiles(folder: string): string[] {
  const pages = join(folder, 'theme/pages');
  if (!existsSync(pages)) return [];
  return readdirSync(pages, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(pages.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((name) => !/(?:^|\/)(?:\.|node_modules\/)/.test(name))
    .sort();
}
