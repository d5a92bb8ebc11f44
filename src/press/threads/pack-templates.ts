import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'astro';
import { astroConfig } from '../astro.ts';
import { modulesIn } from '../fit-bundle.ts';
import { cutName, toolVersions, writeFonts } from '../fonts.ts';
import { manifestOf as manifestPath } from '../installed-packages.ts';
import { languagesWithLetters } from '../letters.ts';
import { engineMark, type MadeOf, madeOfFile, nodeMajor, type PackageInside } from '../packed-templates.ts';
import { socialFontVersions, writeSocialFonts } from '../social-fonts.ts';
import { packedFolder, templatesFolder } from '../template-folder.ts';

/*
 * Run as a program by `cli/compile.mjs`. It writes the templates of a newsroom without a theme as a bundle in
 * `lib/templates`, which works on any machine, and the fonts of every language in `lib/fonts`.
 */

/** Subsetting takes a quarter of a second for each language, so fonts are kept while letters and tools are the same. */
async function packFonts(folder: string): Promise<void> {
  const languages = new Map([...languagesWithLetters(), 'en'].map((language) => [cutName(language), language]));
  const key = [...languages.keys(), ...toolVersions(), ...socialFontVersions()].join('\n');
  const keyFile = join(folder, 'made-of.txt');
  if (existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return;
  rmSync(folder, { recursive: true, force: true });
  for (const [name, language] of languages) await writeFonts(language, join(folder, name));
  await writeSocialFonts(join(folder, 'social'));
  const licence = join(
    dirname(manifestPath('@fontsource-variable/newsreader', join(templatesFolder, 'press/fonts.ts')) ?? ''),
    'LICENSE',
  );
  cpSync(licence, join(folder, 'LICENSE'));
  writeFileSync(keyFile, key);
}

async function packTemplates(folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'broadsheet-pack-'));
  try {
    const root = join(work, 'app');
    mkdirSync(root);
    process.env.ASTRO_TELEMETRY_DISABLED = '1';
    process.chdir(templatesFolder); // the bundler looks for its own entry points from the current folder upwards
    const site = join(work, 'no-newsroom');
    const config = astroConfig({ site, root, out: join(work, 'out'), cache: join(work, 'cache'), fonts: '' });
    await build({ ...config, logLevel: 'error' }); // it warns about files that only its dev server would need
    const madeOf: MadeOf = { node: nodeMajor(), packages: packagesInside(join(work, 'out')) };
    unplace(join(work, 'out'), work);
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(work, 'out'), folder, { recursive: true, filter: (file) => !file.endsWith('.map') });
    writeFileSync(join(folder, madeOfFile), `${JSON.stringify(madeOf, undefined, 2)}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The packages that are part of a bundle. Its source maps name every file. */
function packagesInside(out: string): PackageInside[] {
  const inside = new Set<string>();
  for (const module of modulesIn(out)) {
    if (!existsSync(`${module}.map`)) continue;
    const { sources } = JSON.parse(readFileSync(`${module}.map`, 'utf8')) as { sources: string[] };
    for (const source of sources) {
      const manifest = manifestAbove(resolve(dirname(module), source));
      if (manifest) inside.add(realpathSync(manifest));
    }
  }
  const ways = waysToPackages();
  return [...inside].sort().map((file) => {
    const way = ways.get(file);
    if (!way) throw new Error(`${file} is in the templates, and no dependency of the engine leads to it.`);
    return { way, version: manifestOf(file).version };
  });
}

/**
 * The package.json of the package that a file belongs to. A package can contain parts of others in a `node_modules` of its
 * own, without their package.json. They belong to it.
 */
function manifestAbove(file: string): string | undefined {
  const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [];
  if (folder === undefined) return undefined;
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? manifest : manifestAbove(dirname(dirname(folder)));
}

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}
const manifestOf = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

const realOf = (file: string | undefined) => file && realpathSync(file);

/** The shortest dependency path from the engine to each installed package, by the path of its package.json. */
function waysToPackages(): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  const queue: { file: string; way: string[] }[] = [{ file: resolve(templatesFolder, '../package.json'), way: [] }];
  for (const { file, way } of queue) {
    const { dependencies, optionalDependencies, peerDependencies } = manifestOf(file);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const found = realOf(manifestPath(name, file));
      if (!found || ways.has(found)) continue;
      ways.set(found, [...way, name]);
      queue.push({ file: found, way: [...way, name] });
    }
  }
  return ways;
}

/**
 * Removes the folders of this machine from a bundle. Modules of the engine are imported by a placeholder. Any other
 * text that contains a folder is only read by people.
 */
function unplace(out: string, work: string): void {
  const engine = resolve(templatesFolder, '..');
  const folders = [
    [engine, '/broadsheet'],
    [dirname(realpathSync(join(engine, 'node_modules'))), '/packages'],
    [work, '/work'],
  ] as const;
  for (const file of modulesIn(out)) {
    let text = readFileSync(file, 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/m, '');
    text = text.replaceAll(`${pathToFileURL(join(engine, 'lib')).href}/`, engineMark);
    for (const [folder, mark] of folders)
      text = text
        .replaceAll(pathToFileURL(folder).href, `file://${mark}`)
        .replaceAll(folder, mark)
        .replaceAll(pathToFileURL(folder).pathname, mark);
    if (folders.some(([folder]) => text.includes(folder))) throw new Error(`${file} names a folder of this machine.`);
    writeFileSync(file, text);
  }
  const stray = readdirSync(out).filter((name) => !['client', 'server'].includes(name));
  if (stray.length > 0) throw new Error(`The bundle has more than expected: ${stray.join(', ')}`);
}

await packFonts(packedFolder('fonts'));
await packTemplates(packedFolder('templates'));
