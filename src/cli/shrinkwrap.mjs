// Writes npm-shrinkwrap.json before `npm pack`, so that a newsroom gets the packages with which the templates were
// compiled: those in package-lock.json, without the ones that only the repository needs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * @param {{ packages: Record<string, Record<string, unknown>> } & Record<string, unknown>} lock package-lock.json
 * @returns npm-shrinkwrap.json
 */
export function shrinkwrapOf(lock) {
  /** @type {Record<string, any>} */
  const packages = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.dev) continue;
    // There is no address, so that a newsroom downloads them from its own registry. There is no `engines` field,
    // because npm would warn about each package for which the current Node is too old, although the command runs them
    // with the Node that is installed as a package.
    const { resolved: _, engines: _engines, devDependencies: _dev, devOptional, ...rest } = entry;
    packages[path] = devOptional ? { ...rest, optional: true } : rest;
  }
  return { ...lock, packages };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  writeFileSync(join(root, 'npm-shrinkwrap.json'), `${JSON.stringify(shrinkwrapOf(lock), undefined, 2)}\n`);
}
