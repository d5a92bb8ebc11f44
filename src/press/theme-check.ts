import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { themePagesOf } from '../index/theme-pages.ts';
import { themeNameOf, themePackageOf } from '../index/theme-roots.ts';
import { nearest } from '../problems/nearest.ts';
import type { Problem } from '../problems/problem.ts';
import { themePageFile } from '../site/theme-page.ts';
import { themeMissing, themeUnused } from './problems.ts';
import { templatesFolder } from './template-folder.ts';
import { notReplaceable, replaceable } from './theme-face.ts';
import { type ThemeSettings, themeSettings } from './theme-hosts.ts';
import { layoutOf } from './theme-pages.ts';

/**
 * Finds everything in a newsroom's `theme/` that is wrong on its own: in its style sheets, its components, and files
 * that nothing uses. It is the same for `dev`, `check`, and a build, so that the bundler never sees an editor's mistake
 * first. Mistakes that show only when a component runs are in `theme-problems.ts`.
 *
 * @param site the newsroom's folder
 */
export async function themeProblems(site: string): Promise<Problem[]> {
  const name = themeNameOf(site);
  const fromPackage = themePackageOf(site);
  if (name !== undefined && !fromPackage) {
    const file = 'content/site.yaml';
    const lines = readFileSync(join(site, file), 'utf8').split('\n');
    const line = lines.findIndex((text) => /^\W*theme\W*:/.test(text)) + 1;
    return [themeMissing({ file, line: Math.max(1, line) }, name, existsSync(join(site, 'node_modules', name)))];
  }
  // Only the author of a package can correct it, so its warnings are not shown. But the newsroom allows hosts.
  const settings = themeSettings(site);
  const inPackage = fromPackage ? await problemsIn(fromPackage.folder, settings) : [];
  return [
    ...inPackage
      .filter(({ severity, rule }) => severity === 'error' || rule === 'theme-elsewhere')
      .map((problem) => ({ ...problem, file: `${fromPackage?.label}${problem.file}` })),
    ...(await problemsIn(site, settings)),
  ];
}

/** @param site a folder with a `theme/` */
async function problemsIn(site: string, settings: ThemeSettings): Promise<Problem[]> {
  const folder = join(site, 'theme');
  if (!existsSync(folder)) return [];
  // The parsers are large, and most newsrooms have no theme.
  const [
    { sheetProblems, namesUsed },
    { componentProblems, importsOf, stylesIn },
    { hasForms, mdxProblems, meantPage, pageOf, themePageNameProblem },
    { blockedProblems },
    { tagsOfAstro },
    { ownHtmlProblems },
  ] = await Promise.all([
    import('./theme-css.ts'),
    import('./theme-components.ts'),
    import('./theme-page-check.ts'),
    import('./theme-blocked.ts'),
    import('./theme-tags.ts'),
    import('./theme-html-check.ts'),
  ]);
  const files = filesUnder(folder).map((file) => ({ file: `theme/${file}`, text: textOf(join(folder, file)) }));
  const around = {
    site,
    settings,
    tokens: ownTokens(),
    used: new Set([...ownSources(), ...files.map(({ text }) => text)].flatMap(namesUsed)),
  };
  const problems: Problem[] = [];
  const read = new Set<string>();
  for (const { file, text } of files) {
    if (file.endsWith('.css')) problems.push(...sheetProblems({ file, css: text, firstLine: 1 }, around));
    if (file.endsWith('.mdx')) problems.push(...mdxProblems({ file, text, site, settings }));
    if (ownHtmlFile.test(file)) problems.push(...ownHtmlProblems({ file, text }, around));
    if (!/\.(?:astro|[cm]?[jt]s)$/.test(file)) continue;
    const found = componentProblems({ file, text, site });
    problems.push(...found);
    // If a component cannot be read, its styles may begin where its tags are wrong.
    if (file.endsWith('.astro') && found.length === 0) {
      for (const style of stylesIn(text)) problems.push(...sheetProblems({ file, ...style }, around));
      problems.push(
        ...blockedProblems(file, tagsOfAstro(text), { settings, on: pageOf(file), hasForms: hasForms(text) }),
      );
    }
  }
  for (const { file, text } of files)
    for (const { source } of file.endsWith('.css') ? importsInCss(text) : importsOf(text))
      if (source.startsWith('.')) read.add(join(dirname(file), source).split(sep).join('/'));
  for (const layout of themePagesOf(site).flatMap((page) => (page.path.endsWith('.mdx') ? (layoutOf(page) ?? []) : [])))
    read.add(relative(site, layout).split(sep).join('/'));
  const own = ownComponents();
  const overridable = [...replaceable().keys()].map((name) => `${name}.astro`);
  for (const { file } of files) {
    const problem =
      (dirname(file) === 'theme/components' ? notReplaceable(file, own) : undefined) ??
      (file.startsWith('theme/pages/') ? themePageNameProblem(file) : undefined) ??
      unreadProblem(file, read, overridable, meantPage(file));
    if (problem) problems.push(problem);
  }
  return problems;
}

const ownHtmlFile = /^theme\/(?:head|foot)\.html$/;

/** A file with a meaningful name in a folder where nothing looks for it. */
function unreadProblem(
  file: string,
  read: ReadonlySet<string>,
  ours: string[],
  page: string | undefined,
): Problem | undefined {
  if (read.has(file) || read.has(file.replace(/\.\w+$/, ''))) return undefined;
  const name = basename(file);
  if (/\.html?$/i.test(file) && !file.startsWith('theme/pages/')) {
    if (ownHtmlFile.test(file)) return undefined;
    const meant = nearest(name.replace(/\.html?$/i, ''), ['head', 'foot', 'header', 'footer']);
    return themeUnused(
      file,
      'file',
      meant
        ? `Rename it to  theme/${meant.slice(0, 4)}.html .`
        : 'Only  theme/head.html  and  theme/foot.html  are printed. A file for readers belongs in  public/ .',
    );
  }
  if (file.startsWith('theme/pages/')) {
    if (themePageFile(file.slice('theme/pages/'.length)).kind === 'page') return undefined;
    if (page) return themeUnused(file, 'file', `Rename it to  ${page} .`, ', because pages end in .astro or .mdx');
    if (/\.[cm]?[jt]s$/.test(file) && !name.startsWith('_'))
      return themeUnused(file, 'file', 'Only .astro and .mdx files are pages. Delete it, or import it in a page.');
  }
  if (file.endsWith('.mdx'))
    return themeUnused(file, 'file', `Move it to  theme/pages/${name} , or import it in a page.`);
  if (file.endsWith('.css') && dirname(file) !== 'theme')
    return themeUnused(
      file,
      'style sheet',
      `Move it to  theme/${name} , or import it in a component or a style sheet.`,
    );
  if (!file.endsWith('.astro')) return undefined;
  if (dirname(file) !== 'theme/components')
    return themeUnused(
      file,
      'component',
      ours.includes(name) || dirname(file) === 'theme' || dirname(file).startsWith('theme/components/')
        ? `Move it to  theme/components/${name} .`
        : 'Only components in  theme/components/  and pages in  theme/pages/  are used. Layouts cannot be replaced.',
    );
  if (/^[A-Z]\w*\.astro$/.test(name)) return undefined;
  const meant = ours.find((own) => own.toLowerCase() === name.toLowerCase()) ?? nearest(name, ours);
  return themeUnused(
    file,
    'component',
    meant ? `Did you mean  ${meant} ?` : 'Rename it, such as  Dial.astro .',
    ', because its name does not begin with a capital letter or contains more than letters and digits',
  );
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter((file) => !/(?:^|\/)(?:\.|node_modules\/)/.test(file))
    .sort();

/** Fonts and pictures are not read. */
const textOf = (file: string): string =>
  /\.(?:css|astro|mdx|html|[cm]?[jt]s)$/.test(file)
    ? readFileSync(file, 'utf8')
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n')
    : '';

const importsInCss = (text: string): { source: string }[] =>
  [...text.matchAll(/@import\s+(?:url\(\s*)?["']?([^"')\s;]+)/g)].map(([, source = '']) => ({
    source: source.startsWith('.') ? source : `./${source}`,
  }));

const ownTokens = (): string[] => [
  ...new Set(
    [...readFileSync(join(templatesFolder, 'styles/tokens.css'), 'utf8').matchAll(/(--[\w-]+)\s*:/g)].map(
      ([, name = '']) => name,
    ),
  ),
];

/** The built-in styles, for the custom properties that they use. */
const ownSources = (): string[] =>
  ['styles', 'components', 'layouts'].flatMap((room) =>
    readdirSync(join(templatesFolder, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:css|astro)$/.test(name))
      .map((name) => readFileSync(join(templatesFolder, room, name), 'utf8')),
  );

/** The names of all built-in components. */
const ownComponents = (): string[] =>
  readdirSync(join(templatesFolder, 'components'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.astro'))
    .map((name) => basename(name, '.astro'));
