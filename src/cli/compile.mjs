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

// What runs by itself, and what the bundle of templates imports (see roomsOutside in press/astro.ts).
const programs = [
  'cli/main.ts',
  'press/threads/worker.ts',
  'press/threads/scanner.ts',
  'press/threads/encoder.ts',
  'press/threads/build-templates.ts',
  'press/threads/pack-templates.ts',
];
const isTemplate = (name) =>
  insideTheBundle.includes(roomOf(name)) || ['middleware.ts', 'live.config.ts', 'press/adapter.ts'].includes(name);

// Packages that have native parts, or are programs of their own, are opened where they are installed.
const outside =
  /^(node:|astro$|astro\/|@astrojs\/mdx|satteri|sharp|exifreader|vite|send|@clack|lightningcss|css-tree$|@astrojs\/compiler-rs|subset-font)/;

// Small modules without large dependencies, which most of the others share, stand in one file: to open sixty files takes
// longer than to read them.
const small = new RegExp(
  `[\\\\/]src[\\\\/](?:${[
    'problems/(?:counted|problem|nearest)',
    'site/(?:address|address-limits|alias|direction|language-tag|is-within|link-address|picture-kind|printable|routes|slug|zone)',
    'pictures/(?:crop|format|plain-text|slots|source-type)',
    'index/(?:digest|handle|rows|tables)',
    'ingest/scan',
    'queries/trace',
    'press/(?:counts|dist-record|engine-version|index-file|index-seal|journal|language|letters|lock|meta|next-change|receipt|record|report|stat-of|template-folder|threads/thread|write)',
  ]
    .join('|')
    .replaceAll('/', '[\\\\/]')})\\.ts$`,
);

// Fonts stay: it is `pack-templates` that knows whether they are still those of the letters.
for (const name of readdirSync(root).includes('lib') ? readdirSync(lib) : [])
  if (name !== 'fonts') rmSync(join(lib, name), { recursive: true, force: true });
const entries = [...new Set([...programs, ...roomsOfTemplates()])];
const build = await rolldown({
  input: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), join(source, file)])),
  platform: 'node',
  external: outside,
  logLevel: 'warn',
});
await build.write({
  dir: lib,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  minify: false,
  codeSplitting: { groups: [{ name: 'small', test: small }] },
});
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
