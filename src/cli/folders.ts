import { hash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { noNewsroom } from '../ingest/problems.ts';
import { ProblemsError } from '../problems/problem.ts';
import { distBytesMax } from '../site/address-limits.ts';
import { isWithin } from '../site/is-within.ts';
import { type Arguments, type Io, type Option, UsageError } from './command.ts';

export const siteOption: Option = { value: 'DIR', words: 'the newsroom (default: the current folder)' };

/** The newsroom's folder, absolute. @throws UsageError if there is no such folder */
export function siteFolder(args: Arguments, io: Io): string {
  const named = args.value('site') ?? '.';
  const site = resolve(io.cwd, named);
  if (!isFolder(site))
    throw new UsageError(`There is no folder ${named}.`, 'Name the folder that contains  content/ .');
  return site;
}

/**
 * Checks that a folder is a newsroom before anything, such as a cache, is written into it.
 *
 * @throws ProblemsError
 */
export function mustBeNewsroom(site: string): void {
  if (existsSync(join(site, 'content/site.yaml'))) return;
  throw new ProblemsError([noNewsroom('content/site.yaml', join(site, 'content/site.yaml'))]);
}

/** The folder for indexes, renditions, and the bundle. */
export const cacheFolder = (site: string, io: Io): string =>
  io.env.BROADSHEET_CACHE ? resolve(io.cwd, io.env.BROADSHEET_CACHE) : join(site, '.broadsheet');

/**
 * The folder for what deploys have to remember. Unlike the cache, it cannot be created again, so `clean` keeps it. A
 * cache can belong to several newsrooms, which may have targets with the same names.
 */
export const stateFolder = (site: string, io: Io): string =>
  io.env.BROADSHEET_CACHE
    ? join(cacheFolder(site, io), 'deploy', hash('sha256', realFolder(site), 'hex').slice(0, 8))
    : join(site, '.broadsheet', 'deploy');

/**
 * The folder of the site.
 *
 * @throws UsageError if this would write into the newsroom's own files
 */
export function distFolder(args: Arguments, site: string, io: Io, option = 'out'): string {
  const named = args.value(option);
  const dist = named === undefined ? join(site, 'dist') : resolve(io.cwd, named);
  const refuse = (why: string) =>
    new UsageError(
      `--${option} ${named ?? dist}: ${why}, so the site cannot be written there. Nothing was written.`,
      `Name a separate folder, such as  --${option} dist .`,
    );
  const inTheWay = whyNotThere(dist, site, io);
  if (inTheWay) throw refuse(inTheWay);
  if (existsSync(dist) && !isFolder(dist)) throw refuse('this is a file');
  if (Buffer.byteLength(realFolder(dist)) > distBytesMax)
    throw refuse(`its path is longer than ${distBytesMax} characters`);
  return dist;
}

/**
 * Where an edition is written: a file for a zip, otherwise a folder.
 *
 * @throws UsageError if this would write into the newsroom's own files or into the site
 */
export function editionPlace(args: Arguments, kind: 'zip' | 'folder', { site, dist }: Folders, io: Io): string {
  const named = args.value('out') ?? '';
  const out = resolve(io.cwd, named);
  const refuse = (why: string) =>
    new UsageError(
      `--out ${named}: ${why}, so no edition can be written there. Nothing was written.`,
      `Name a ${kind === 'zip' ? 'file' : 'folder'} elsewhere, such as  --out ${kind === 'zip' ? '../paper.zip' : '../paper'} .`,
    );
  const inTheWay = whyNotThere(out, site, io);
  if (inTheWay) throw refuse(inTheWay);
  if (isWithin(realFolder(out), realFolder(dist))) throw refuse('the site itself is written there');
  if (isWithin(realFolder(dist), realFolder(out))) throw refuse('it contains the site');
  if (existsSync(out) && isFolder(out) !== (kind === 'folder'))
    throw refuse(kind === 'folder' ? 'this is a file' : 'this is a folder');
  return out;
}

/**
 * The folder or file for an export, or for another kind of files that are not part of the site.
 *
 * @param example a folder elsewhere
 * @param isFile whether the export to a path is one file
 * @throws UsageError if this would write into the newsroom's own files or into the site
 */
export function exportPlace(
  args: Arguments,
  { site, dist }: Folders,
  io: Io,
  what = 'export',
  example = '../paper-export',
  isFile: (out: string) => boolean = () => false,
): string {
  const named = args.value('out') ?? '';
  const out = resolve(io.cwd, named);
  const refuse = (why: string) =>
    new UsageError(
      `--out ${named}: ${why}, so no ${what} can be written there. Nothing was written.`,
      `Name a folder elsewhere, such as  --out ${example} .`,
    );
  const inTheWay = whyNotThere(out, site, io);
  if (inTheWay) throw refuse(inTheWay);
  for (const folder of new Set([dist, join(site, 'dist')]))
    if (isWithin(realFolder(out), realFolder(folder))) throw refuse('the site itself is written there');
  if (isWithin(realFolder(dist), realFolder(out))) throw refuse('it contains the site');
  if (isFile(out)) {
    if (existsSync(out) && isFolder(out)) throw refuse('this is a folder');
  } else if (existsSync(out) && !isFolder(out)) throw refuse('this is a file');
  return out;
}

interface Folders {
  site: string;
  dist: string;
}

/** Why nothing can be written to a path, or undefined. */
function whyNotThere(path: string, site: string, io: Io): string | undefined {
  const [real, newsroom] = [realFolder(path), realFolder(site)];
  if (isWithin(newsroom, real))
    return real === newsroom ? 'this is the newsroom itself' : 'this folder contains the newsroom';
  for (const own of ['content', 'public', 'theme'])
    if (isWithin(real, realFolder(join(newsroom, own)))) return `this is inside ${own}/`;
  const cache = realFolder(cacheFolder(site, io));
  if (isWithin(real, cache) || isWithin(cache, real)) return 'this is where Broadsheet keeps its index';
  return undefined;
}

/**
 * The files named with --changed, in the form of the index. They need not exist. A relative path is relative to the
 * newsroom, or to the current folder if it exists there.
 *
 * @returns newsroom-relative paths with forward slashes, and those that are outside
 */
export function changedFiles(named: string[], site: string, cwd: string): { changed: string[]; outside: string[] } {
  const changed: string[] = [];
  const outside: string[] = [];
  const inNewsroom = (path: string) => {
    // Resolves links too, because a folder above the newsroom can have two names.
    for (const [base, file] of [
      [site, path],
      [realFolder(site), join(realFolder(dirname(path)), basename(path))],
    ] as const)
      if (isWithin(file, base)) return relative(base, file).split(sep).join('/');
    return undefined;
  };
  const isPublished = (path: string) => /^(content|public)(\/|$)/.test(inNewsroom(path) ?? '');
  for (const name of named) {
    const places = isAbsolute(name) ? [name] : [resolve(site, name), resolve(cwd, name)];
    const place =
      places.find((path) => existsSync(path) && isPublished(path)) ??
      places.find(isPublished) ??
      places.find((path) => inNewsroom(path));
    const path = place && inNewsroom(place);
    if (path) changed.push(path);
    else outside.push(name);
  }
  return { changed: [...new Set(changed)], outside };
}

/** Resolves the same folder to one name, even before it exists. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
