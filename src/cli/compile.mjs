// Compiles the engine into lib/: after `npm ci` in the repository, and before `npm pack`.
// Two reasons. Node strips no types inside node_modules; and a publish of one story takes a third of a
// second, most of which would go into opening two hundred small modules one by one.
// Then it packs what a newsroom without a theme needs: built templates in lib/templates, and the fonts of every language in
// lib/fonts. For themes, templates stay as they are in src/, where the bundler of the press reads them.
import { execFileSync } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { insideTheBundle, outsideTheBundle, roomOf } from '../rooms.mjs';
import { inputsOf } from './lib-inputs.mjs';

const [root = fileURLToPath(new URL('../..', import.meta.url))] = process.argv.slice(2);
const source = join(root, 'src');
const lib = join(root, 'lib');

// What runs by itself.
const programs = [
  'cli/main.ts',
  'press/threads/worker.ts',
  'press/threads/scanner.ts',
  'press/threads/encoder.ts',
  'press/threads/build-templates.ts',
  'press/threads/pack-templates.ts',
  'story/body/raw-html.ts', // opened late, and by its name, because the code that needs it cannot wait for a promise
];
const isTemplate = (name) =>
  insideTheBundle.includes(roomOf(name)) ||
  ['middleware.ts', 'live.config.ts', 'theme.ts', 'press/adapter.ts'].includes(name);

// Packages that have native parts, or are programs of their own, are opened where they are installed.
const outside =
  /^(node:|astro$|astro\/|@astrojs\/mdx|sharp|exifreader|vite|send|@clack|lightningcss|css-tree$|@astrojs\/compiler-rs|subset-font)/;

// Each file that Node opens costs 0.6 ms of CPU time, whatever its size: a publish opens these three and not a hundred.
// A group takes along everything that its modules import, unless an earlier group has it.
const together = [
  { name: 'start', files: ['cli/build.ts', 'press/publish.ts'] },
  { name: 'changes', files: ['press/publish-changes.ts', 'press/render.ts', 'queries/queries.ts'] },
];
/** Threads that must start soon have a file of their own. */
const alone = ['press/threads/scanner.ts'];

// Fonts stay: it is `pack-templates` that knows whether they are still those of the letters.
for (const name of readdirSync(root).includes('lib') ? readdirSync(lib) : [])
  if (name !== 'fonts') rmSync(join(lib, name), { recursive: true, force: true });
const rooms = [...roomsOfTemplates()].sort();
await compile(
  {
    ...namesOf(programs.filter((file) => !alone.includes(file))),
    // The bundle of templates imports all that it needs of the rooms outside from this one file (see `press/astro.ts`).
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
writeFileSync(join(lib, 'rooms.txt'), rooms.join('\n'));
execFileSync(process.execPath, [join(lib, 'press/threads/pack-templates.js')], {
  stdio: ['ignore', 'inherit', 'inherit'],
});

// Which sources lib/ was made of, so that bin.mjs uses it only while they are the same.
const inputs = inputsOf(root).map((file) => {
  const { size, mtimeMs } = statSync(join(root, file));
  return [file, size, mtimeMs, hash('sha256', readFileSync(join(root, file)), 'base64url')];
});
writeFileSync(join(lib, 'sources.json'), JSON.stringify(inputs));
// Says that lib/ is whole, and stands for all that is in it and can change a page: a publish of one story need not read
// four hundred files to know that its templates are the same.
writeFileSync(join(lib, 'compiled'), digestOfLib());

/** Names of entries, with the file of each. */
function namesOf(files) {
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), join(source, file)]));
}

async function compile(input, codeSplitting) {
  const build = await rolldown({
    input,
    platform: 'node',
    external: outside,
    logLevel: 'warn',
    // Running from src/, these imports open the module late. That they do not in lib/ is meant.
    checks: { ineffectiveDynamicImport: false },
    plugins: [roomsInOne(), nativePart()],
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

/** A module that exports what all modules export that templates import from outside of their bundle. */
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
 * Of satteri only the native part, with the file that finds it, is opened where it is installed. The thirty files of
 * JavaScript around it are ours to compile.
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

function digestOfLib() {
  const digest = createHash('sha256');
  for (const [file, , , content] of inputs) if (file.startsWith('src/')) digest.update(`${file} ${content}\n`);
  for (const file of ['fonts/made-of.txt', 'templates/made-of.json']) digest.update(readFileSync(join(lib, file)));
  return digest.digest('hex');
}

/** Modules of the rooms that some template imports as values. */
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
