import { existsSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { digestOf } from '../index/digest.ts';
import { isInput } from './engine-version.ts';

/*
 * A theme may import files from outside of `theme/`: a package, or a module that it shares with another site. Only the
 * bundler knows which, so it lists them beside the bundle, and each publish compares them with the list.
 */

/** A file, relative to the newsroom, with its digest. It is read only if its size or times differ. */
type Input = [file: string, digest: string, size: number, mtimeMs: number, ctimeMs: number];

interface ThemeInputs {
  /** The template version without what the theme imports from outside. */
  base: string;
  inputs: Input[];
}

const inputsFile = 'theme-inputs.json';

/**
 * Lists the files that a theme imports from outside, in the folder of the bundle.
 *
 * @param files every file that the bundler read, absolute
 * @param inside folders whose files the template version already includes
 * @param begun when the bundler began, in ms. A file that has changed since may not be the one that it read
 */
export function writeThemeInputs(
  out: string,
  {
    site,
    base,
    files,
    inside,
    begun,
  }: { site: string; base: string; files: string[]; inside: string[]; begun: number },
): void {
  const known = inside.filter((folder) => existsSync(folder)).map((folder) => realpathSync(folder) + sep);
  const isOutside = (file: string) => !isInput(file) || !known.some((folder) => file.startsWith(folder));
  const outside = new Set([...withStyles(files)].filter(isOutside));
  const inputs = [...outside].sort().map((file): Input => {
    const { size, mtimeMs, ctimeMs } = statSync(file);
    const digest = ctimeMs >= begun ? '' : digestOf(readFileSync(file));
    return [relative(realpathSync(site), file).split(sep).join('/'), digest, size, mtimeMs, digest ? ctimeMs : 0];
  });
  writeFileSync(join(out, inputsFile), JSON.stringify({ base, inputs } satisfies ThemeInputs));
}

/**
 * Files by their real names, including those that style sheets name, because the bundler does not count them as
 * modules.
 */
function withStyles(files: string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...files];
  for (const path of queue) {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
    const file = realpathSync(path);
    if (found.has(file)) continue;
    found.add(file);
    if (!/\.(?:css|astro)$/.test(file)) continue;
    for (const [, one, other] of readFileSync(file, 'utf8').matchAll(
      /@import\s+["']([^"']+)["']|url\(\s*["']?([^"')]+)["']?\s*\)/g,
    )) {
      const target = (one ?? other ?? '').replace(/[?#].*$/, '');
      if (!/^(?:[a-z]+:|\/)/i.test(target)) queue.push(resolve(dirname(path), target), resolve(dirname(file), target));
    }
  }
  return found;
}

/**
 * The template version of a theme together with the files that it imports from outside.
 *
 * @param base the version without them
 * @param bundles the folder of all bundles
 */
export function versionWithInputs(base: string, bundles: string, site: string): string {
  const built = existsSync(bundles)
    ? readdirSync(bundles).flatMap((version) => {
        const listed = readInputs(join(bundles, version));
        return listed?.base === base ? { version, inputs: listed.inputs } : [];
      })
    : [];
  const root = existsSync(site) ? realpathSync(site) : site;
  const current = built.find(({ inputs }) => inputs.every((input) => isSame(root, input)));
  if (current) return current.version;
  // The theme was never built with these files. The list of any other build is used until the next build writes a
  // correct one.
  const [any] = built;
  if (!any) return base;
  const digests = any.inputs.map(([file]) => `${file} ${digestNow(root, file)}`);
  return digestOf([base, ...digests].join('\n')).replace(/[^\w]/g, '0');
}

function readInputs(folder: string): ThemeInputs | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, inputsFile), 'utf8')) as ThemeInputs;
  } catch {
    return undefined; // a bundle without a theme, or something that is not a bundle
  }
}

function isSame(root: string, [file, digest, size, mtimeMs, ctimeMs]: Input): boolean {
  const stat = statSync(resolve(root, file), { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size !== size) return false;
  return (stat.mtimeMs === mtimeMs && stat.ctimeMs === ctimeMs) || digestNow(root, file) === digest;
}

function digestNow(root: string, file: string): string {
  try {
    return digestOf(readFileSync(resolve(root, file)));
  } catch {
    return 'missing';
  }
}
