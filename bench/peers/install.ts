import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../engine.ts';

/**
 * Installs the packages of a peer into `bench/.peers/NAME`, once. They never become dependencies of the project.
 *
 * @param packages exact versions by name
 * @returns the folder that contains `node_modules`, or why there is none
 */
export function install(name: string, packages: Record<string, string>): { folder: string } | { absent: string } {
  const folder = join(repository, 'bench/.peers', name);
  const wanted = `${JSON.stringify({ name: `peer-${name}`, private: true, type: 'module', dependencies: packages }, null, 2)}\n`;
  const done = join(folder, 'installed.json');
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return { folder };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), wanted);
  const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0)
    return {
      absent: `npm could not install ${Object.keys(packages).join(', ')}: ${stderr?.trim().split('\n')[0] ?? 'no npm'}`,
    };
  writeFileSync(done, wanted);
  return { folder };
}

/** Lets a peer's site find its packages. */
export function linkModules(modules: string, folder: string): void {
  const place = join(folder, 'node_modules');
  if (existsSync(place)) return;
  try {
    symlinkSync(modules, place, 'junction');
  } catch {
    cpSync(modules, place, { recursive: true });
  }
}
