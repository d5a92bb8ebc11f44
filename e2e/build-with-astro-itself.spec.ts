import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { demo } from './demo.ts';
import { filesOf } from './files.ts';

// Anyone who knows Astro may call Astro itself. The result is the same complete site as that of `broadsheet build`.

const root = join(import.meta.dirname, '..');

test('`astro build` in the engine’s folder writes the complete site to dist/', async () => {
  execFileSync(process.execPath, [join(root, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  const ours = await filesOf(demo().folder, '');
  const theirs = await filesOf(join(root, 'dist'), '');
  expect(theirs).toEqual(ours);
  for (const file of ours.filter((name) => /\.(html|xml|txt|css)$|^_redirects$/.test(name)))
    expect(await readFile(join(root, 'dist', file), 'utf8'), file).toBe(
      await readFile(join(demo().folder, file), 'utf8'),
    );
});
