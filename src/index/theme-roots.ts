import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPackageName } from '../site/package-name.ts';

/*
 * Where a newsroom's theme is: its own `theme/`, and below it the theme of a package from npm that site.yaml names. Both
 * have the same form. The newsroom's styles come after those of the package, and its components take precedence.
 */

/** A folder that has a `theme/`. */
export interface ThemeRoot {
  folder: string;
  /** What messages put before `theme/` in the paths of its files. Empty for the newsroom. */
  label: string;
}

/**
 * The package that site.yaml names as `theme`. Like the language, it is found by a regular expression, because the
 * templates are built before the index has ingested site.yaml.
 */
export function themeNameOf(site: string): string | undefined {
  try {
    const text = readFileSync(join(site, 'content/site.yaml'), 'utf8');
    const name = /^(?:\{\s*|\s*(?="))?["']?theme["']?\s*:\s*["']?([^\s"',}#]+)/m.exec(text)?.[1];
    return name !== undefined && isPackageName(name) ? name : undefined; // ingest reports a name that npm does not allow
  } catch {
    return undefined;
  }
}

/** The theme's package as Node would find it from the newsroom. Undefined if it is not installed, or has no `theme/`. */
export function themePackageOf(site: string): ThemeRoot | undefined {
  const name = themeNameOf(site);
  if (name === undefined) return undefined;
  for (let folder = site; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'theme'))) return { folder: realpathSync(found), label: `node_modules/${name}/` };
    if (dirname(folder) === folder) return undefined;
  }
}

/** All roots of a newsroom's theme, lowest precedence first. */
export function themeRootsOf(site: string): ThemeRoot[] {
  const fromPackage = themePackageOf(site);
  return [...(fromPackage ? [fromPackage] : []), { folder: site, label: '' }];
}

/** The folders `theme/` of a newsroom, lowest precedence first. Any may be missing. */
export const themeFoldersOf = (site: string): string[] => themeRootsOf(site).map(({ folder }) => join(folder, 'theme'));
