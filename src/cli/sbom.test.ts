import { execSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/* `npm run sbom`: the bill of materials names what a newsroom installs, and nothing that changes from run to run. */

interface Bill {
  serialNumber?: string;
  metadata: { timestamp?: string };
  components: { name: string; group?: string; version: string }[];
}

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
let home: string;
let bill: string;

function write(name: string): string {
  const file = join(home, name);
  const line = manifest.scripts.sbom?.replace('--output-file sbom.cdx.json', `--output-file ${file}`) ?? '';
  expect(line).toContain(file);
  execSync(line, { cwd: root, stdio: 'pipe' });
  return readFileSync(file, 'utf8');
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'sbom-'));
  bill = write('one.json');
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What is wrong with a bill of materials. */
function faultsOf({ serialNumber, metadata, components }: Bill): string[] {
  const there = new Map(components.map(({ name, group, version }) => [group ? `${group}/${name}` : name, version]));
  return [
    ...Object.entries(manifest.dependencies).flatMap(([name, version]) =>
      there.get(name) === version ? [] : [`lacks ${name} ${version}`],
    ),
    ...['vitest', 'playwright', '@biomejs/biome'].flatMap((name) => (there.has(name) ? [`contains ${name}`] : [])),
    ...(serialNumber === undefined && metadata.timestamp === undefined ? [] : ['differs each time']),
  ];
}

test('it names every package that a newsroom installs, in its version, and no tool of ours', () =>
  expect(faultsOf(JSON.parse(bill))).toEqual([]));

test('canary: a missing package, another version, a tool, and a time', () => {
  const { components, metadata } = JSON.parse(bill) as Bill;
  const [first] = Object.keys(manifest.dependencies).filter((name) => !name.startsWith('@'));
  const broken = components.filter(({ name }) => name !== first).concat({ name: 'vitest', version: '1.0.0' });
  expect(faultsOf({ components: broken, metadata: { ...metadata, timestamp: 'now' } })).toEqual([
    `lacks ${first} ${manifest.dependencies[first ?? '']}`,
    'contains vitest',
    'differs each time',
  ]);
});

test('it has the same bytes each time, and no folder of this machine', { timeout: 120_000 }, () => {
  expect(write('two.json')).toBe(bill);
  expect(bill).not.toContain(root);
});
