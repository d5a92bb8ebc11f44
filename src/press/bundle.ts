import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { themeNameOf, themePackageOf } from '../index/theme-roots.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type BundlerError, failedBuild } from './bundler-error.ts';
import { digestsOfFiles, engineVersion } from './engine-version.ts';
import { fitBundle } from './fit-bundle.ts';
import { languageOf } from './language.ts';
import { lettersFor } from './letters.ts';
import { isWhole, writeReceipt } from './receipt.ts';
import { engineFile, templatesFolder } from './template-folder.ts';
import { versionWithInputs } from './theme-inputs.ts';

/*
 * The templates as one server bundle. It contains no story, so it is built again only when a template changes, and a
 * publish imports it in a tenth of a second.
 */

export interface Bundle {
  /** The template version: it represents everything except content that can change a byte of a page. */
  version: string;
  folder: string;
  /** Problems with the newsroom's theme, from the publish that built it. */
  warnings?: Problem[];
}

export const serverEntry = ({ folder }: Bundle): string => join(folder, 'server/entry.mjs');
export const clientFolder = ({ folder }: Bundle): string => join(folder, 'client');

/** The bundle of the current templates. It is built if it does not exist yet or is damaged. */
export async function ensureBundle(site: string, cache: string): Promise<Bundle> {
  const version = templateVersion(site, cache);
  const there = bundleThere(cache, version);
  return there && isWhole(there.folder) ? there : await buildBundle(site, cache, version);
}

/**
 * Builds the bundle of a template version.
 *
 * This runs in a separate process, so that the bundler does not use the memory of the press, and under another name
 * until it is complete.
 *
 * @throws ProblemsError for a mistake in the newsroom's theme, or a SetupError with the bundler's message
 */
export const buildBundle = (site: string, cache: string, version: string): Promise<Bundle> =>
  afterPrevious(async () => {
    // The build that this one waited for may have produced the same bundle.
    const there = bundleThere(cache, version);
    return there && isWhole(there.folder) ? there : buildNow(site, cache, version);
  });

let previous: Promise<unknown> = Promise.resolve();

/**
 * A publish that is refused for a mistake in a story does not wait for its templates, so their build may still be
 * running when the next publish of the same process begins.
 */
function afterPrevious<T>(work: () => Promise<T>): Promise<T> {
  const next = previous.then(work);
  previous = next.catch(() => {});
  return next;
}

async function buildNow(site: string, cache: string, version: string): Promise<Bundle> {
  const packed = await packedBundle(site, cache, version);
  if (packed) return packed;
  const { themeProblems } = await import('./theme-check.ts'); // native parsers of styles and templates, which only a build of the templates needs
  const problems = await themeProblems(site);
  if (problems.some(({ severity }) => severity === 'error')) throw new ProblemsError(problems);
  const folder = folderOf(cache, version);
  const work = workFolder(cache);
  // Meanwhile, the fonts are subset if they do not exist yet.
  const [{ fontsFor }] = await Promise.all([
    import('./packed-templates.ts'),
    buildApart(site, work, baseVersion(site, cache)),
  ]);
  fitBundle(join(work, 'out'), await fontsFor(site, join(cache, 'fonts')));
  finish(work, cache, folder);
  return { version, folder, warnings: problems };
}

/**
 * The bundle that is shipped with the engine, fitted for a newsroom without a theme, so that no bundler is needed.
 * Undefined if there is a theme, or if the bundle does not match the installed packages.
 */
export async function packedBundle(site: string, cache: string, version: string): Promise<Bundle | undefined> {
  if (hasTheme(site)) return undefined;
  const { takePacked } = await import('./packed-templates.ts'); // needed once for each version of the templates
  const folder = folderOf(cache, version);
  const work = workFolder(cache);
  if (!(await takePacked(site, join(work, 'out'), join(cache, 'fonts')))) {
    rmSync(work, { recursive: true, force: true });
    return undefined;
  }
  finish(work, cache, folder);
  return { version, folder, warnings: [] };
}

let worksBegun = 0;

/**
 * An empty folder for one build of the templates. Each has its own, because the bundler of a process that was killed
 * may continue for a moment.
 */
function workFolder(cache: string): string {
  const bundles = join(cache, 'bundle');
  mkdirSync(bundles, { recursive: true });
  for (const name of readdirSync(bundles))
    if (workName.test(name) && !isRunning(Number(workName.exec(name)?.[1])))
      rmSync(join(bundles, name), { recursive: true, force: true });
  const work = join(bundles, `work-${process.pid}-${worksBegun++}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  return work;
}

const workName = /^work(?:-(\d+)-\d+)?$/;

/** @param pid NaN for a folder that an older version left */
function isRunning(pid: number): boolean {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Gives a finished bundle its name. */
function finish(work: string, cache: string, folder: string): void {
  writeReceipt(join(work, 'out'));
  // A damaged one may be in its place.
  rmSync(folder, { recursive: true, force: true });
  renameSync(join(work, 'out'), folder);
  rmSync(work, { recursive: true, force: true });
  forgetOld(join(cache, 'bundle'), folder);
}

/** Whether a newsroom has any file in `theme/`. */
const hasTheme = (site: string): boolean => {
  const theme = join(site, 'theme');
  if (existsSync(theme) && readdirSync(theme).some((name) => !name.startsWith('.'))) return true;
  return themeNameOf(site) !== undefined; // also if it is not installed, which is reported when the templates are built
};

const folderOf = (cache: string, version: string): string => join(cache, 'bundle', version);

/** The bundle of a template version, if it was built before. `isWhole` checks whether it is complete. */
export function bundleThere(cache: string, version: string): Bundle | undefined {
  const bundle = { version, folder: folderOf(cache, version) };
  return existsSync(bundle.folder) ? bundle : undefined;
}

const bundlesKept = 3;

/** A few are kept, for switching between two themes or two branches. */
function forgetOld(bundles: string, newest: string): void {
  const byAge = readdirSync(bundles)
    .filter((name) => !workName.test(name))
    .map((name) => join(bundles, name))
    .filter((folder) => folder !== newest)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const folder of byAge.slice(bundlesKept - 1)) rmSync(folder, { recursive: true, force: true });
}

/**
 * The digest of the engine, the newsroom's theme, the characters of the fonts, and the language, which determines which
 * fonts are preloaded.
 */
export function templateVersion(site: string, cache?: string): string {
  const base = baseVersion(site, cache);
  return cache !== undefined && hasTheme(site) ? versionWithInputs(base, join(cache, 'bundle'), site) : base;
}

/** The same without what a theme imports from outside. */
function baseVersion(site: string, cache?: string): string {
  // The bundle imports the engine by its path, so another path needs another bundle (the pages are the same).
  const language = languageOf(site);
  const inputs = [engineVersion(cache), engineFile('queries/queries.ts'), lettersFor(language), language];
  const fromPackage = themePackageOf(site);
  inputs.push(
    themeNameOf(site) ?? '',
    ...(fromPackage ? digestsOfFiles(join(fromPackage.folder, 'theme'), 'package') : []),
  );
  const theme = join(site, 'theme');
  if (existsSync(theme)) inputs.push(...digestsOfFiles(theme, 'theme'));
  return digestOf(inputs.join('\n')).replace(/[^\w]/g, '0');
}

async function buildApart(site: string, work: string, base: string): Promise<void> {
  const { spawn } = await import('node:child_process'); // a publish without new templates does not load it
  const script = engineFile('press/threads/build-templates.ts');
  await new Promise<void>((resolve, reject) => {
    // The bundler looks for its own entry points from the current folder upwards, so that must be the engine's folder
    // and not the caller's.
    const child = spawn(process.execPath, [script, site, work, base], {
      cwd: templatesFolder,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let said = '';
    let errors: BundlerError[] = [];
    child.stdout?.on('data', (data) => (said += data));
    child.stderr?.on('data', (data) => (said += data));
    child.on('message', (told) => (errors = told as BundlerError[]));
    child.once('error', reject);
    // After `exit`, when all its output has arrived.
    child.once('close', (code) => (code === 0 ? resolve() : reject(failedBuild(errors, said, site, work))));
  });
}
