import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative, sep } from 'node:path';
import { templatesFolder } from '../press/template-folder.ts';

/** How this command was started, as far as the process can tell. */
export interface Started {
  /** The program's file, with all links resolved. */
  bin: string;
  /** The folder in which it was started. */
  cwd: string;
  env: NodeJS.ProcessEnv;
}

export const started = (io: { cwd: string; env: NodeJS.ProcessEnv }): Started => ({
  bin: realOf(join(templatesFolder, 'cli/bin.mjs')),
  cwd: io.cwd,
  env: io.env,
});

/**
 * What to type to start this command again: `broadsheet` if it is on the path, `npx broadsheet` if it is installed in a
 * folder, and in the repository the file of the program.
 *
 * @param from the folder in which it will be typed. Defaults to the current one
 */
export function ownCommand({ bin, cwd, env }: Started, from = cwd): string {
  const isInstalled = bin.split(sep).includes('node_modules');
  const manager = /^(pnpm|yarn|bun)\//.exec(env.npm_config_user_agent ?? '')?.[1];
  const throughManager = { pnpm: 'pnpm exec broadsheet', yarn: 'yarn broadsheet', bun: 'bunx broadsheet' }[
    manager ?? ''
  ];
  if (env.npm_command === 'exec' || env.npm_lifecycle_event) {
    if (isInstalled) return throughManager ?? 'npx broadsheet';
  } else if (isOnPath(bin, env)) return 'broadsheet';
  if (isInstalled) return throughManager ?? 'npx broadsheet';
  const way = relative(from, bin);
  return `node ${/\s/.test(way) ? JSON.stringify(way) : way}`;
}

/** Folders of packages are on the path only while npm runs something. */
function isOnPath(bin: string, env: NodeJS.ProcessEnv): boolean {
  const names = process.platform === 'win32' ? ['broadsheet.cmd', 'broadsheet.ps1'] : ['broadsheet'];
  return (env.PATH ?? env.Path ?? '')
    .split(delimiter)
    .filter((folder) => folder && !(basename(folder) === '.bin' && basename(dirname(folder)) === 'node_modules'))
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .some((file) => existsSync(file) && (process.platform === 'win32' || realOf(file) === bin));
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
