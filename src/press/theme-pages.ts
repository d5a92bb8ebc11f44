import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { AstroIntegration } from 'astro';
import { type ThemePage, themePagesOf } from '../index/theme-pages.ts';
import { themeRootsOf } from '../index/theme-roots.ts';
import { themePageRoute } from '../site/theme-page.ts';
import { templatesFolder } from './template-folder.ts';

/*
 * The pages in a newsroom's `theme/pages/` as routes of Astro. Each gets a small file in Astro's root that prints it,
 * because Astro takes a route of another folder only if its file exists and is a template.
 */

/** The integration that adds the pages of a newsroom to the routes. @param root Astro's root */
export const themePages = (site: string, root: string): AstroIntegration => ({
  name: 'broadsheet-theme-pages',
  hooks: {
    'astro:config:setup': ({ injectRoute }) => {
      for (const page of themePagesOf(site)) {
        const pattern = themePageRoute(page.id);
        const entrypoint = join(pagesFolder(root), `${pattern.slice('/theme-pages/'.length)}.astro`);
        writeWrapper(entrypoint, wrapperOf(page, site, root));
        injectRoute({ pattern, entrypoint });
      }
    },
  },
});

/** The folder of the files that print pages. @param root Astro's root */
export const pagesFolder = (root: string): string => join(root, 'theme-pages');

/** Writes a file that prints a page, unless it is as it should be. */
export function writeWrapper(file: string, source: string): void {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== source) writeFileSync(file, source);
}

/** The source of the file that prints a page. @param root Astro's root */
export function wrapperOf(page: ThemePage, site: string, root: string): string {
  const { id, path } = page;
  const imported = (what: string, file: string) => `import ${what}${JSON.stringify(file)};`;
  // Astro loads style sheets in the order of imports. This one is part of the styles of every page, which must come
  // before those of this page.
  const first = imported('', join(templatesFolder, 'styles/layers.css'));
  const content = imported('Content from ', shownPath(path, site, root));
  if (!path.endsWith('.mdx')) return `---\n${first}\n${content}\n---\n<Content />\n`;
  const layout = layoutOf(page);
  return [
    '---',
    first,
    imported('ThemePage from ', join(templatesFolder, 'layouts/theme-page/ThemePage.astro')),
    ...(layout ? [imported('Layout from ', shownPath(layout, site, root))] : []),
    content,
    '---',
    `<ThemePage id={${JSON.stringify(id)}} content={Content}${layout ? ' layout={Layout}' : ''} />`,
    '',
  ].join('\n');
}

/**
 * The file of the layout that an MDX page names. It is read by its line, like the language of the site, because the
 * templates are compiled before the index has read the front matter. `theme-page-check.ts` reports a file that does not
 * exist.
 */
export function layoutOf({ path }: Pick<ThemePage, 'path'>): string | undefined {
  const [front = ''] = frontMatter.exec(readFileSync(path, 'utf8')) ?? [];
  const name = layoutLine.exec(front)?.[1]?.trim();
  return name ? resolve(dirname(path), name) : undefined;
}

/** An MDX file whose front matter names no layout. Its lines stay where they are. */
export const withoutLayout = (text: string): string =>
  text.replace(frontMatter, (front) => front.replace(layoutLine, ''));

const frontMatter = /^\uFEFF?---[ \t]*\r?\n[\s\S]*?^---[ \t]*\r?$/m;
const layoutLine = /^["']?layout["']?[ \t]*:[ \t]*["']?([^"'#\n\r]*).*$/m;

/** The path by which Astro knows a file of a theme (see `theme.ts`). */
function shownPath(path: string, site: string, root: string): string {
  const layer = themeRootsOf(site).find(({ folder }) => path.startsWith(join(folder, 'theme') + sep));
  if (!layer) return path;
  return join(shownFolder(root, layer.label), relative(join(layer.folder, 'theme'), path));
}

/** The folder of a theme for Astro, in its root. @param label of a theme root */
export const shownFolder = (root: string, label: string): string =>
  join(root, label.replace(/^node_modules/, 'theme-of'), 'theme');
