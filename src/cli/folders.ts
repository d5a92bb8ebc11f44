import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProblemsError } from '../problems/problem.ts';
import { type Arguments, type Io, type Option, UsageError } from './command.ts';

export const siteOption: Option = { value: 'DIR', words: 'the newsroom (default: the current folder)' };

/** The newsroom's folder, absolute. @throws UsageError when there is no such folder */
export function siteFolder(args: Arguments, io: Io): string {
  const named = args.value('site') ?? '.';
  const site = resolve(io.cwd, named);
  if (!isFolder(site)) throw new UsageError(`There is no folder ${named}.`, 'Name the folder that holds  content/ .');
  return site;
}

/**
 * Makes sure that a folder is a newsroom before anything is written into it, a cache for example.
 *
 * @throws ProblemsError
 */
export function mustBeNewsroom(site: string): void {
  if (existsSync(join(site, 'content/site.yaml'))) return;
  throw new ProblemsError([
    {
      rule: 'no-newsroom',
      severity: 'error',
      file: 'content/site.yaml',
      line: 1,
      message: `There is no newsroom here: ${join(site, 'content/site.yaml')} is missing.`,
      hint: 'Start one with  broadsheet init , or name another folder with  --site DIR .',
    },
  ]);
}

/** Where indexes, renditions and the bundle are kept. */
export const cacheFolder = (site: string, io: Io): string =>
  io.env.BROADSHEET_CACHE ? resolve(io.cwd, io.env.BROADSHEET_CACHE) : join(site, '.broadsheet');

/**
 * Where the site is written.
 *
 * @throws UsageError when that would write into the newsroom's own files
 */
export function distFolder(args: Arguments, site: string, io: Io): string {
  const named = args.value('out');
  const dist = named === undefined ? join(site, 'dist') : resolve(io.cwd, named);
  const [real, newsroom] = [realFolder(dist), realFolder(site)];
  const refuse = (why: string) =>
    new UsageError(
      `--out ${named ?? dist}: ${why}, so the site cannot be written there. Nothing was written.`,
      'Name a folder of its own, such as  --out dist .',
    );
  if (isWithin(newsroom, real))
    throw refuse(real === newsroom ? 'this is the newsroom itself' : 'the newsroom lies inside this folder');
  for (const own of ['content', 'public', 'theme'])
    if (isWithin(real, realFolder(join(newsroom, own)))) throw refuse(`this lies inside ${own}/`);
  const cache = realFolder(cacheFolder(site, io));
  if (isWithin(real, cache) || isWithin(cache, real)) throw refuse('this is where Broadsheet keeps its index');
  if (existsSync(dist) && !isFolder(dist)) throw refuse('this is a file');
  return dist;
}

/**
 * Files that somebody says have changed, as the index names them. They may be gone. A relative path is
 * one of the newsroom, or one of the current folder when it is there.
 *
 * @returns newsroom-relative paths with forward slashes, and those that lie outside
 */
export function changedFiles(named: string[], site: string, cwd: string): { changed: string[]; outside: string[] } {
  const changed: string[] = [];
  const outside: string[] = [];
  const inNewsroom = (path: string) => {
    // Through links too: a folder above the newsroom may have two names.
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

/** Whether a path is a folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The same folder by one name, also before it is there. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
