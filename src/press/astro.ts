import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import mdx from '@astrojs/mdx';
import type { AstroInlineConfig, AstroIntegration } from 'astro';
import { themePagesOf } from '../index/theme-pages.ts';
import { themeFoldersOf } from '../index/theme-roots.ts';
import { outsideTheBundle, roomOf } from '../rooms.mjs';
import { fontsGap, preloadsGap } from './fit-bundle.ts';
import { keptFonts } from './fonts.ts';
import { languageOf } from './language.ts';
import { preloadsOf } from './preload.ts';
import { engineFile, isCompiled, templatesFolder } from './template-folder.ts';
import { theme } from './theme.ts';
import { themePages } from './theme-pages.ts';

/*
 * How Astro builds the templates: a server bundle that contains no story. It is the same for `astro build` in the
 * engine's own folder, for the press with the engine in `node_modules`, and for `astro dev`.
 */

export interface TemplateFolders {
  /** The newsroom, for its `theme/`. */
  site: string;
  /** Astro's root, where it writes `.astro`. */
  root: string;
  /** Receives `client/` and `server/`. */
  out: string;
  /** Vite's cache. */
  cache: string;
  /** Subset fonts, kept from build to build. */
  fonts: string;
}

// The bundle must be the same for the same templates. Without a fixed key, each build generates another one.
process.env.ASTRO_KEY ??= 'bm90IGEgc2VjcmV0OiBubyBzZXJ2ZXIgaXNsYW5kcyE=';

/** The Astro configuration for a newsroom. */
export function astroConfig(
  { site, root, out, cache, fonts: fontsFolder }: TemplateFolders,
  integrations: AstroIntegration[] = [],
  isDev = integrations.length > 0,
): AstroInlineConfig {
  return {
    configFile: false,
    root,
    srcDir: templatesFolder,
    publicDir: join(root, 'no-public'),
    outDir: out,
    cacheDir: cache,
    output: 'server',
    trailingSlash: 'ignore',
    compressHTML: true, // the default, 'jsx', removes the spaces from bylines
    devToolbar: { enabled: false },
    adapter: adapter(),
    build: { assets: 'assets', inlineStylesheets: 'never', client: join(out, 'client'), server: join(out, 'server') },
    // For pages in theme/pages/. Story bodies never pass through the bundler, so other newsrooms do not need it. `dev` does,
    // because a page can be added while it runs.
    integrations: [
      ...(isDev || themePagesOf(site).some(({ path }) => path.endsWith('.mdx')) ? [mdxFor(languageOf(site))] : []),
      ...(isDev ? [] : [themePages(site, root)]), // `dev` adds them itself
      ...integrations,
    ],
    logLevel: 'warn',
    vite: {
      cacheDir: join(cache, 'vite'),
      plugins: [fonts(site, fontsFolder), theme(site, root), searchScript(), roomsOutside()],
      // Source maps show which line of a theme's component threw an error. They are not read for anything else.
      build: {
        assetsInlineLimit: 0,
        sourcemap: true,
        rolldownOptions: {
          transform: { inject: { Response: [webClasses, 'Response'], Headers: [webClasses, 'Headers'] } },
        },
      },
      ssr: { noExternal: true },
      // In the same folder, so that a style finds its font whatever the path of the site is. `{ relative: true }` does
      // not work, because Vite applies it only to the browser's bundle, and ours is the server's.
      experimental: { renderBuiltUrl: (file, { hostType }) => (hostType === 'css' ? basename(file) : undefined) },
      server: { watch: { ignored: ['**/content/**', '**/public/**', '**/.broadsheet/**', '**/dist/**'] } },
    },
  };
}

/**
 * MDX as pages can use it: without colours for code, which would be inline styles, and with the quotation marks of English
 * only where they are right.
 */
const mdxFor = (language: string): AstroIntegration =>
  mdx({ syntaxHighlight: false, smartypants: /^en\b/i.test(language) });

const webClasses = join(templatesFolder, 'press/web-classes.ts');

/** Names the module that creates the app. Astro expects it as `adapter`, not from a hook. */
function adapter(): AstroIntegration {
  return {
    name: 'broadsheet-adapter',
    hooks: {
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'broadsheet-adapter',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('press/adapter.ts', pathToFileURL(templatesFolder)),
          adapterFeatures: { buildOutput: 'server' },
          supportedAstroFeatures: {
            serverOutput: 'stable',
            sharpImageService: { support: 'unsupported', message: 'pictures are not for the bundler', suppress: 'all' },
          },
        }),
    },
  };
}

/**
 * Keeps the rooms that templates query out of the bundle (`outsideTheBundle` in `rooms.mjs`). The bundle imports the
 * engine's own modules instead, so that the press and the templates share one index, and packages with native code are
 * found where the engine is installed.
 */
function roomsOutside() {
  return {
    name: 'broadsheet-rooms',
    enforce: 'pre' as const,
    resolveId(source: string, importer: string | undefined) {
      if (!source.startsWith('.') || !importer) return undefined;
      const file = relative(templatesFolder, resolve(dirname(importer.replace(/\?.*$/, '')), source));
      if (!file.endsWith('.ts') || !outsideTheBundle.includes(roomOf(file.split(sep).join('/')))) return undefined;
      const runs = roomFile(file.split(sep).join('/'));
      return runs ? { id: pathToFileURL(runs).href, external: true } : undefined;
    },
  };
}

/**
 * The file that Node runs for a module outside the bundle, or undefined for a module that contains only types. When
 * compiled, they are all in one file, because each file that Node loads takes time.
 */
function roomFile(file: string): string | undefined {
  if (!isCompiled) return engineFile(file);
  compiledRooms ??= readFileSync(engineFile('rooms.txt'), 'utf8').split('\n');
  return compiledRooms.includes(file) ? engineFile('rooms.ts') : undefined;
}

let compiledRooms: string[] | undefined;

/**
 * The paper's fonts as a style sheet, and the list of those that pages preload. A bundle gets gaps instead, which
 * `fit-bundle.ts` fills. `dev` serves the fonts from their folder.
 */
function fonts(site: string, folder: string) {
  let written: Promise<string> | undefined;
  let isDev = false;
  const language = languageOf(site);
  const sheet = () => (written ??= keptFonts(language, folder));
  return {
    name: 'broadsheet-fonts',
    configResolved({ command }: { command: string }) {
      isDev = command === 'serve';
    },
    resolveId(id: string) {
      if (id === fontsModule) return isDev ? sheet() : fontsModule;
      return id === preloadsModule ? `\0${preloadsModule}` : undefined;
    },
    load(id: string) {
      if (id === fontsModule) return fontsGap;
      if (id !== `\0${preloadsModule}`) return undefined;
      // The addresses at which `dev` serves files are outside the path of the site's url.
      if (isDev) return 'export const [roman, italic, theme] = [[], [], []];';
      const { theme } = preloadsOf(language, themeFoldersOf(site));
      return [
        ...theme.map((file, place) => `import font${place} from ${JSON.stringify(`${file}?url&no-inline`)};`),
        `export const theme = [${theme.map((_, place) => `font${place}`).join(', ')}];`,
        `export const [roman, italic] = JSON.parse(${JSON.stringify(preloadsGap)});`,
      ].join('\n');
    },
  };
}

const fontsModule = 'virtual:broadsheet/fonts.css';
const preloadsModule = 'virtual:broadsheet/preloads';

/**
 * The script of the search page as a string. It is bundled for browsers by itself, and is the same for every newsroom. It
 * is a classic script, because browsers run no module from a disk, where it says why it cannot search.
 */
function searchScript() {
  return {
    name: 'broadsheet-search-script',
    resolveId: (id: string) => (id === searchModule ? `\0${searchModule}` : undefined),
    async load(id: string) {
      if (id !== `\0${searchModule}`) return undefined;
      // Astro's own: a package manager need not install it where this package finds it.
      const ofAstro = createRequire(createRequire(import.meta.url).resolve('astro/package.json'));
      const { build } = (await import(pathToFileURL(ofAstro.resolve('vite')).href)) as typeof import('vite');
      const built = await build({
        configFile: false,
        root: templatesFolder,
        publicDir: false,
        logLevel: 'silent',
        build: {
          write: false,
          target: 'es2022',
          minify: true,
          rolldownOptions: {
            input: join(templatesFolder, 'components/search/search.ts'),
            output: { format: 'iife' },
          },
        },
      });
      const [output] = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
      return `export default ${JSON.stringify(output && 'code' in output ? output.code : '')};`;
    },
  };
}

const searchModule = 'virtual:broadsheet/search-script';
