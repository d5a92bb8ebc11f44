import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { themeFoldersOf } from '../index/theme-roots.ts';
import { type FontsOfBundle, fitBundle, modulesIn } from './fit-bundle.ts';
import { keptFonts } from './fonts.ts';
import { manifestOf } from './installed-packages.ts';
import { languageOf } from './language.ts';
import { preloadsOf } from './preload.ts';
import { engineFile, isCompiled, packedFolder } from './template-folder.ts';

/*
 * The compiled templates that are shipped with the engine. They are used if a build here would produce the same: if
 * every package that is part of them is installed in the same version, and Node has the same major version.
 * `pack-templates.ts` writes them.
 */

/** What the compiled templates were made from, in `lib/templates/made-of.json`. */
export interface MadeOf {
  /** The major version of Node. */
  node: string;
  packages: PackageInside[];
}

/** A package that is part of the bundle. */
export interface PackageInside {
  /** How the engine depends on it: names of packages, each a dependency of the previous one. */
  way: string[];
  version: string;
}

export const madeOfFile = 'made-of.json';
/** Stands in the packed bundle for the folder of the engine's modules, at the beginning of a module's address. */
export const engineMark = 'broadsheet-engine:/';

/**
 * Copies the packed templates and fits them for a newsroom.
 *
 * @param folder receives the bundle
 * @param fonts the folder of all subset fonts, in the cache
 * @returns whether there are any that match
 */
export async function takePacked(site: string, folder: string, fonts: string): Promise<boolean> {
  if (!isCompiled || !isFitting(packedFolder('templates'))) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['client', 'server'])
    cpSync(join(packedFolder('templates'), part), join(folder, part), { recursive: true });
  const engine = pathToFileURL(engineFile('.')).href.replace(/\/*$/, '');
  for (const file of modulesIn(folder)) {
    const text = readFileSync(file, 'utf8');
    const placed = text.replaceAll(engineMark, `${engine}/`);
    if (placed !== text) writeFileSync(file, placed);
  }
  fitBundle(folder, await fontsFor(site, fonts));
  return true;
}

/** The fonts for a newsroom's bundle. @param folder of all subset fonts, in the cache */
export async function fontsFor(site: string, folder: string): Promise<FontsOfBundle> {
  const language = languageOf(site);
  const { roman, italic } = preloadsOf(language, themeFoldersOf(site));
  return { folder: dirname(await keptFonts(language, folder)), roman, italic };
}

/**
 * Whether packed templates are what a build with the installed packages would produce. @param folder with
 * `made-of.json`
 */
export function isFitting(folder: string): boolean {
  try {
    const { node, packages } = JSON.parse(readFileSync(join(folder, madeOfFile), 'utf8')) as MadeOf;
    return node === nodeMajor() && packages.every(({ way, version }) => versionAt(way) === version);
  } catch {
    return false; // none were packed, or they are damaged
  }
}

export const nodeMajor = (): string => process.versions.node.split('.')[0] ?? '';

/** The installed version of a package, or undefined if it is not installed. */
function versionAt(way: string[]): string | undefined {
  let file: string | undefined = engineFile('press/adapter.ts'); // the file need not exist: packages are looked up from its folder
  for (const name of way) file = file && manifestOf(name, file);
  return file && (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
