import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallNewsroom, story } from '../press/small-newsroom.fixture.ts';

const root = join(import.meta.dirname, '../..');

/** Name, size and time of every file: as root, a read-only bit would stop nobody. */
const listing = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map(
      (file) =>
        `${file} ${statSync(file, { throwIfNoEntry: false })?.size} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs}`,
    )
    .sort();

test('packed and installed in a folder with spaces, the engine builds a newsroom and leaves its own folder alone', {
  timeout: 600_000,
}, () => {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet pack '));
  // A copy is packed: the compiled code in lib/ must not appear in the working tree.
  const source = join(home, 'source tree');
  mkdirSync(source);
  for (const name of ['package.json', 'src', 'LICENSE', 'README.md'])
    if (statSync(join(root, name), { throwIfNoEntry: false }))
      cpSync(join(root, name), join(source, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
  execFileSync(process.execPath, [join(root, 'src/cli/compile.mjs'), source], { cwd: root });
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, encoding: 'utf8' });
  const packed = npm(['pack', '--ignore-scripts', '--pack-destination', home], source).trim().split('\n').at(-1) ?? '';
  const installed = join(home, 'empty folder');
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{ "private": true }');
  npm(['install', '--omit=dev', '--prefer-offline', join(home, packed)], installed);
  execFileSync('chmod', ['-R', 'a-w', join(installed, 'node_modules')]);
  const before = listing(join(installed, 'node_modules'));
  const { site } = smallNewsroom({
    'content/stories/2025/02/harbour/index.mdx': story({}, '<FactBox title="A">\n\nText.\n\n</FactBox>'),
  });

  const build = spawnSync(
    join(installed, 'node_modules/.bin/broadsheet'),
    ['build', '--site', site, '--json', '--now', '2025-06-01T12:00:00Z'],
    {
      cwd: home,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home },
    },
  );

  expect(build.stderr).not.toContain('fault of Broadsheet');
  expect(build.status).toBe(0);
  expect(JSON.parse(build.stdout).added).toContain('2025/02/harbour/index.html');
  expect(listing(join(installed, 'node_modules'))).toEqual(before);
  execFileSync('chmod', ['-R', 'u+w', join(installed, 'node_modules')]);
});
