import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shrinkwrapOf } from './shrinkwrap.mjs';

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));

test('the shrinkwrap is the lock file without the repository’s own packages, addresses, and Node requirements', () => {
  const { packages } = shrinkwrapOf(lock);
  expect(packages[''].devDependencies).toBeUndefined();
  expect(packages['node_modules/vitest']).toBeUndefined();
  expect(packages['node_modules/astro'].version).toBe(lock.packages[''].dependencies.astro);
  expect(packages['node_modules/astro'].integrity).toMatch(/^sha512-/);
  expect(JSON.stringify(packages)).not.toMatch(/"(?:resolved|engines|dev|devOptional)":/);
  for (const entry of Object.values(packages))
    for (const name of Object.keys(entry.dependencies ?? {}))
      expect(Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))).toBe(true);
});
