// Compiles the engine into lib/: after `npm ci` in the repository, and before `npm pack`. There are two reasons. Node
// does not strip types inside node_modules, and a publish of one story takes a third of a second, most of which would
// be spent on loading two hundred small modules one by one. It then packs what a newsroom without a theme needs:
// compiled templates in lib/templates, and the fonts of every language in lib/fonts. For themes, templates stay
// unchanged in src/, where the bundler of the press reads them.
import { execFileSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { buildInterface } from '../desk/build-interface.mjs';
import { insideTheBundle, outsideTheBundle, roomOf } from '../rooms.mjs';
import { inputsOf } from './lib-inputs.mjs';

const [root = fileURLToPath(new URL('../..', import.meta.url))] = process.argv.slice(2);
const source = join(root, 'src');
const lib = join(root, 'lib');

// Programs that run by themselves.
const programs = [
  'cli/main.ts',
  'press/threads/worker.ts',
  'press/threads/scanner.ts',
  'press/threads/encoder.ts',
  'press/threads/drawer.ts',
  'press/threads/search-indexer.ts',
  'press/threads/build-templates.ts',
  'press/threads/pack-templates.ts',
  'deploy/targets/place-thread.ts',
  'import/receipt-page/pages-thread.ts',
  'desk/server/fill-index.ts',
  'cli/publish-apart.ts',
  'story/body/raw-html.ts', // loaded late, and by its name, because the code that needs it cannot wait for a promise
];
const isTemplate = (name) =>
  insideTheBundle.includes(roomOf(name)) ||
  ['middleware.ts', 'live.config.ts', 'theme.ts', 'press/adapter.ts'].includes(name);

// Packages that have native code, or are separate programs, are loaded from where they are installed.
const outside =
  /^(node:|astro$|astro\/|@astrojs\/mdx|sharp|exifreader|vite|send|@clack|lightningcss|css-tree$|@astrojs\/compiler-rs|subset-font|@aws-sdk|ssh2|pagefind$)/;

// Each file that Node loads costs 0.6 ms of CPU time, whatever its size, so a publish loads these three and not a
// hundred. A group includes everything that its modules import, unless an earlier group has it.
const together = [
  { name: 'start', files: ['cli/build.ts', 'press/publish.ts'] },
  { name: 'changes', files: ['press/publish-changes.ts', 'press/render.ts', 'queries/queries.ts'] },
];
/** Threads that must start quickly have their own file. */
const alone = ['press/threads/scanner.ts'];

// Fonts stay, because `pack-templates` checks whether they still match the letters.
for (const name of readdirSync(root).includes('lib') ? readdirSync(lib) : [])
  if (name !== 'fonts') rmSync(join(lib, name), { recursive: true, force: true });
const rooms = [...roomsOfTemplates()].sort();
await compile(
  {
    ...namesOf(programs.filter((file) => !alone.includes(file))),
    // The bundle of templates imports everything that it needs from outside from this one file (see `press/astro.ts`).
    rooms: 'rooms',
  },
  {
    groups: together.map(({ name, files }, number) => ({
      name,
      priority: together.length - number,
      test: (id) => files.some((file) => id === join(source, file)),
    })),
  },
);
for (const file of alone) await compile(namesOf([file]), false);
await buildInterface(root, join(lib, 'desk'));
writeFileSync(join(lib, 'rooms.txt'), rooms.join('\n'));
execFileSync(process.execPath, [join(lib, 'press/threads/pack-templates.js')], {
  stdio: ['ignore', 'inherit', 'inherit'],
});

// The sources that lib/ was made from, so that bin.mjs uses it only while they are the same.
const inputs = inputsOf(root).map((file) => {
  const { size, mtimeMs } = statSync(join(root, file));
  return [file, size, mtimeMs, hash('sha256', readFileSync(join(root, file)), 'base64url')];
});
writeFileSync(join(lib, 'sources.json'), JSON.stringify(inputs));
// Marks lib/ as complete, and represents everything in it that can change a page, so that a publish of one story need
// not read four hundred files to check that its templates are unchanged.
writeFileSync(join(lib, 'compiled'), digestOfLib());

/** The names of entry points, with the file of each. */
function namesOf(files) {
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), join(source, file)]));
}

async function compile(input, codeSplitting) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: (id, importer) => outside.test(id) && !isUnusedProgram(id, importer),
    logLevel: 'warn',
    // When running from src/, these imports load the module late. In lib/ they intentionally do not.
    checks: { ineffectiveDynamicImport: false },
    plugins: [roomsInOne(), nativePart(), onlyTheParser()],
  });
  await build.write({
    dir: lib,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: false,
    codeSplitting,
  });
}

/** A module that exports everything that templates import from outside their bundle. */
function roomsInOne() {
  return {
    name: 'rooms',
    resolveId: (id) => (id === 'rooms' ? '\0rooms' : undefined),
    load: (id) =>
      id === '\0rooms'
        ? rooms.map((file) => `export * from ${JSON.stringify(join(source, file))};`).join('\n')
        : undefined,
  };
}

/**
 * Only the native part of satteri, with the file that finds it, is loaded from where it is installed. The thirty
 * JavaScript files around it are compiled here.
 */
function nativePart() {
  const binding = /[\\/]satteri[\\/]dist[\\/]binding\.js$/;
  return {
    name: 'native-part',
    resolveId: (id, importer) => (id === '../index.js' && binding.test(importer ?? '') ? '\0native' : undefined),
    load(id) {
      if (id !== '\0native') return undefined;
      const [file] = [...this.getModuleIds()].filter((one) => binding.test(one));
      const names = /export \{([^}]*)\} from/.exec(readFileSync(file, 'utf8'))[1].replace(/,\s*$/, '');
      return `
        import { createRequire } from 'node:module';
        import { dirname, join } from 'node:path';
        const require = createRequire(import.meta.url);
        const native = require(join(dirname(require.resolve('satteri')), '../index.js'));
        export const {${names}} = native;`;
    },
  };
}

/**
 * commander imports `node:child_process` for commands that are programs of their own, which we have none of. Loading it
 * would also load the network library, in each build that finds nothing to do. Half of its text is documentation, which
 * every start would read.
 */
function onlyTheParser() {
  return {
    name: 'only-the-parser',
    resolveId: (id, importer) => (isUnusedProgram(id, importer) ? '\0no-programs' : undefined),
    load: (id) => (id === '\0no-programs' ? 'export default {};' : undefined),
    transform: (code, id) => (isOfParser(id) ? code.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '') : undefined),
  };
}

function isOfParser(file) {
  return /[\\/]node_modules[\\/]commander[\\/]/.test(file ?? '');
}

function isUnusedProgram(id, importer) {
  return id === 'node:child_process' && isOfParser(importer);
}

function digestOfLib() {
  const digest = createHash('sha256');
  for (const [file, , , content] of inputs) if (file.startsWith('src/')) digest.update(`${file} ${content}\n`);
  for (const file of ['fonts/made-of.txt', 'templates/made-of.json']) digest.update(readFileSync(join(lib, file)));
  return digest.digest('hex');
}

/** The modules that templates import for their values. */
function roomsOfTemplates() {
  const found = new Set();
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    const name = file.split(sep).join('/');
    if (!isTemplate(name) || !/\.(ts|astro)$/.test(name) || name.includes('.test.')) continue;
    const text = readFileSync(join(source, file), 'utf8');
    for (const [, words, target] of text.matchAll(/^(?:import|export)\s([^;]*?)\sfrom '(\.[^']+\.ts)';/gm)) {
      const path = relative(source, resolve(dirname(join(source, file)), target))
        .split(sep)
        .join('/');
      if (!words.startsWith('type ') && outsideTheBundle.includes(roomOf(path))) found.add(path);
    }
  }
  return found;
}
