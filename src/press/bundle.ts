import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOf } from '../index/digest.ts';
import { ProblemsError } from '../problems/problem.ts';
import { languageOf } from './language.ts';
import { lettersFor } from './letters.ts';
import { engineFile, isCompiled, templatesFolder } from './template-folder.ts';
import { problemOfBundler } from './theme-problems.ts';

/*
 * The templates as one server bundle. It holds no story, so it is built again only when a template
 * changes, and a publish imports it in a tenth of a second.
 */

export interface Bundle {
  /** The template version: stands for everything but content that can change a byte of a page. */
  version: string;
  folder: string;
}

export const serverEntry = ({ folder }: Bundle): string => join(folder, 'server/entry.mjs');
export const clientFolder = ({ folder }: Bundle): string => join(folder, 'client');

/**
 * The bundle of the templates as they are now, built when it is not there yet.
 *
 * Built in a process of its own, so that the memory of the bundler is not the memory of the press,
 * and under another name until it is whole.
 *
 * @throws Error with the bundler's words when the templates cannot be built
 */
export async function ensureBundle(site: string, cache: string, onBuild: () => void = () => {}): Promise<Bundle> {
  const version = templateVersion(site);
  const there = bundleThere(cache, version);
  if (there) return there;
  onBuild();
  const folder = folderOf(cache, version);
  const work = join(cache, 'bundle', 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await buildApart(site, work);
  renameSync(join(work, 'out'), folder);
  rmSync(work, { recursive: true, force: true });
  forgetOld(join(cache, 'bundle'), folder);
  return { version, folder };
}

const folderOf = (cache: string, version: string): string => join(cache, 'bundle', version);

/** The bundle of a template version, if it was built before. */
export function bundleThere(cache: string, version: string): Bundle | undefined {
  const bundle = { version, folder: folderOf(cache, version) };
  return existsSync(serverEntry(bundle)) ? bundle : undefined;
}

const bundlesKept = 3;

/** A few stay, for those who go back and forth between two themes or two branches. */
function forgetOld(bundles: string, newest: string): void {
  const byAge = readdirSync(bundles)
    .map((name) => join(bundles, name))
    .filter((folder) => folder !== newest)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of byAge.slice(bundlesKept - 1)) rmSync(folder, { recursive: true, force: true });
}

/** Digest of the engine, the newsroom's theme, and the versions of what turns them into pages. */
export function templateVersion(site: string): string {
  // The bundle imports the engine by its place, so another place is another bundle (the pages come out the same).
  const letters = lettersFor(languageOf(site)); // of the fonts
  const inputs: string[] = [process.version, engineFile('index/queries.ts'), letters];
  for (const name of [
    'astro',
    '@astrojs/mdx',
    'satteri',
    'zod',
    'sharp',
    'hast-util-to-html',
    'hast-util-sanitize',
    '@fontsource-variable/newsreader',
    'subset-font',
    'harfbuzzjs',
  ])
    inputs.push(`${name} ${versionOf(name)}`);
  const add = (folder: string, label: string) => {
    for (const file of filesUnder(folder, ''))
      if (isInput(file)) inputs.push(`${label}/${file} ${digestOf(readFileSync(join(folder, file)))}`);
  };
  if (isCompiled) inputs.push(readFileSync(engineFile('compiled'), 'utf8'));
  else add(templatesFolder, 'src');
  const theme = join(site, 'theme');
  if (existsSync(theme)) {
    add(theme, 'theme');
    // Packages that its components import.
    const lock = join(site, 'package-lock.json');
    if (existsSync(join(theme, 'components')) && existsSync(lock)) inputs.push(digestOf(readFileSync(lock)));
  }
  return digestOf(inputs.join('\n')).replace(/[^\w]/g, '0');
}

/** Tests, and rooms that no page can see, change no page. */
const isInput = (file: string): boolean => !/\.test\.\w+$|^(cli|import|check|editions)\/|\.md$/.test(file);

function versionOf(name: string): string {
  try {
    const file = fileURLToPath(import.meta.resolve(`${name}/package.json`));
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  } catch {
    // A package that hides its package.json is still pinned by the lock file of the engine.
    return 'pinned';
  }
}

function filesUnder(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesUnder(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    );
}

async function buildApart(site: string, work: string): Promise<void> {
  const { spawn } = await import('node:child_process'); // a publish without new templates does not pay for it
  const script = engineFile('press/build-templates.ts');
  await new Promise<void>((resolve, reject) => {
    // The bundler looks for its own entries from the current folder upwards: it must be the engine's, not the caller's.
    const child = spawn(process.execPath, [script, site, work], {
      cwd: templatesFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (data) => (said += data));
    child.stderr.on('data', (data) => (said += data));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) return resolve();
      const problem = problemOfBundler(said);
      reject(problem ? new ProblemsError([problem]) : new Error(`The templates cannot be built.\n${said.trim()}`));
    });
  });
}
