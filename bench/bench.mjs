// `npm run bench`. It is plain JavaScript that an old Node can start, because it first hands over to the
// Node that is installed with the packages. What it measures, and how, is in docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const ownNode = ['node', 'node.exe']
  .map((name) => fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url)))
  .find((file) => existsSync(file));

if (Number(process.versions.node.split('.')[0]) < 24) {
  if (!ownNode) {
    process.stderr.write('The bench needs Node 24, which comes with the packages. Run npm ci.\n');
    process.exit(1);
  }
  process.exit(spawnSync(ownNode, [self, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
}

const { bench } = await import('./run.ts');
process.exitCode = await bench(process.argv.slice(2));
