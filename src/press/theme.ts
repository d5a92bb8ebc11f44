import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { themeRootsOf } from '../index/theme-roots.ts';
import { templatesFolder } from './template-folder.ts';
import { faceFor, faceName, faceSource, isFace, oldFaceImport, replaceable } from './theme-face.ts';
import { formsOf, ownHtmlOf } from './theme-html.ts';
import { pagesFolder, shownFolder, withoutLayout } from './theme-pages.ts';

/*
 * A newsroom's `theme/` in the bundle of templates.
 *
 *   theme/*.css                  after our styles and in no layer, so it takes precedence
 *   theme/components/Card.astro  replaces the built-in component of that name, if it can be replaced
 *   theme/components/Dial.astro  a new component that stories can use
 *   theme/pages/about.mdx        a page of its own (see theme-pages.ts)
 *   theme/head.html, foot.html   on every page, as written (see theme-html.ts)
 *
 * Astro sees components as files in its root, although they are in the newsroom, because it names their scoped
 * styles after their path, and a page must not depend on the folder of its newsroom.
 */

const stylesModule = 'virtual:broadsheet/theme';
const elementsModule = 'virtual:broadsheet/theme-elements';
const htmlModule = 'virtual:broadsheet/theme-html';

/** What the bundler passes to a hook, as far as it is used here. */
interface Resolver {
  resolve(
    source: string,
    importer: string | undefined,
    options: object,
  ): Promise<{ id: string; external?: unknown } | null>;
}

/**
 * The Vite plugin that adds a theme.
 *
 * @param site the newsroom's folder
 * @param root Astro's root
 */
export function theme(site: string, root: string) {
  let layers = layersOf(site, root);
  const engineComponents = new Set([...replaceable().values()].map(({ from }) => join(templatesFolder, from)));
  const shownIn = (path: string) => layers.find(({ shown }) => isIn(path, shown));
  const realIn = (path: string) => layers.find(({ real }) => isIn(path, real));
  const toReal = (path: string) => {
    const layer = shownIn(path);
    return layer ? join(layer.real, relative(layer.shown, path)) : path;
  };
  /** The component of the theme with a name, in the layer that takes precedence. */
  const componentOf = (name: string) => {
    const layer = layers.findLast(({ components }) => components.has(name));
    return layer && join(layer.shown, 'components', `${name}.astro`);
  };
  return {
    name: 'broadsheet-theme',
    enforce: 'pre' as const,
    /** For `dev`: reads the list of components again. */
    api: {
      renew: () => {
        layers = layersOf(site, root);
      },
    },
    async resolveId(this: Resolver, source: string, importer: string | undefined, options: object) {
      if (source === stylesModule || source === elementsModule || source === htmlModule) return `\0${source}`;
      const known = shownIn(cleaned(source));
      if (known && known.shown !== known.real) return source;
      if (!importer || source.startsWith('\0') || source.startsWith('virtual:')) return undefined;
      const from = toReal(cleaned(importer));
      const isFromTheme = realIn(from) !== undefined;
      // The file that prints a page of theme/pages/ is in Astro's root, where there may be no packages.
      if (isIn(from, pagesFolder(root)))
        return source.startsWith('astro') ? this.resolve(source, ofEngine, { ...options, skipSelf: true }) : undefined;
      // There is nothing to do without a theme, and for packages of packages.
      if (!isFromTheme && (layers.every(({ components }) => components.size === 0) || !isIn(from, templatesFolder)))
        return undefined;
      if (isFromTheme && source === faceName) return faceFor(readFileSync(from, 'utf8'));
      const old = isFromTheme ? oldFaceImport(source) : undefined;
      if (old) return join(templatesFolder, old.from);
      // The Astro runtime is the engine's, whatever the newsroom has installed.
      const isRuntime = isFromTheme && /^astro(?:$|[/:])/.test(source);
      const found = await this.resolve(source, isRuntime ? ofEngine : from, {
        ...options,
        skipSelf: true,
      });
      if (!found) {
        if (isFromTheme && !isStyleQuery(importer)) throw importMissing(from, source);
        return undefined;
      }
      const [path, query = ''] = found.id.split(/(?=\?)/, 2) as [string, string?];
      const name = /([^/\\]+)\.(?:astro|mdx)$/.exec(path)?.[1];
      if (name === undefined) return found;
      const layer = realIn(path);
      if (layer) return join(layer.shown, relative(layer.real, path)) + query;
      // An import of the engine from a theme leads to the engine's own file, or a component that wraps another would
      // wrap itself.
      const replaced = engineComponents.has(path) && !isFromTheme && !isFace(from) ? componentOf(name) : undefined;
      return replaced ? replaced + query : found;
    },
    // MDX would put the text into the layout too (see `theme-pages.ts`).
    transform(code: string, id: string) {
      return id.endsWith('.mdx') && shownIn(id) ? { code: withoutLayout(code), map: null } : undefined;
    },
    load(id: string) {
      const face = faceSource(id);
      if (face !== undefined) return face;
      if (id === `\0${stylesModule}`)
        return layers
          .flatMap(({ real }) => stylesOf(real))
          .map((file) => `import ${JSON.stringify(file)};`)
          .join('\n');
      if (id === `\0${htmlModule}`)
        return Object.entries({ ...ownHtmlOf(site), forms: formsOf(site) })
          .map(([name, own]) => `export const ${name} = ${JSON.stringify(own)};`)
          .join('\n');
      if (id === `\0${elementsModule}`) {
        const names = [...engineComponents].map((path) => path.split(/[\\/]/).at(-1)?.replace('.astro', ''));
        const all = new Set(layers.flatMap(({ components }) => [...components]));
        const own = [...all].filter((name) => /^[A-Z]\w*$/.test(name) && !names.includes(name)).sort();
        const imports = own.map((name) => `import ${name} from ${JSON.stringify(componentOf(name))};`);
        return `${imports.join('\n')}\nexport default { ${own.join(', ')} };`;
      }
      const layer = shownIn(id);
      return layer && /\.(?:astro|mdx)$/.test(id) && layer.shown !== layer.real
        ? readFileSync(toReal(id), 'utf8')
        : undefined;
    },
  };
}

/** A file of the engine, from which its packages are found. */
const ofEngine = join(templatesFolder, 'press/adapter.ts');

/** A `theme/` of a newsroom: its own, or below it that of a package. */
interface Layer {
  real: string;
  /** Its path for Astro. For the newsroom's own theme, it equals `real` if the newsroom is Astro's root. */
  shown: string;
  components: Set<string>;
}

/** Lowest precedence first. */
const layersOf = (site: string, root: string): Layer[] =>
  themeRootsOf(site).map(({ folder, label }) => {
    const real = join(folder, 'theme');
    return {
      real,
      shown: shownFolder(root, label),
      components: componentsOf(real),
    };
  });

/** The style sheets of a theme, sorted by name. */
function stylesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => join(folder, name));
}

/** The names of a theme's components. */
function componentsOf(folder: string): Set<string> {
  const components = join(folder, 'components');
  if (!existsSync(components)) return new Set();
  const files = readdirSync(components).filter((name) => name.endsWith('.astro'));
  return new Set(files.map((name) => name.slice(0, -'.astro'.length)));
}

const cleaned = (id: string): string => id.replace(/^\0/, '').replace(/\?.*$/, '');
const isStyleQuery = (id: string): boolean => /[?&]astro&type=/.test(id);

function isIn(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !way.includes(':');
}

/** An error with the fields that Rolldown reads on the error of a plugin. */
function importMissing(file: string, source: string): Error {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(`'${source}'`) || text.includes(`"${source}"`)) + 1;
  return Object.assign(new Error(`"${source}" is imported, but there is no such file or package.`), {
    id: file,
    loc: { file, line: Math.max(1, line), column: 0 },
  });
}
