// `npm run bench`. It is plain JavaScript that an old Node can start, because it first hands over to the
// Node that is installed with the packages. What it measures, and how, is in docs/benchmarks.md.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isNodeOld, packagedNode, whyNoNode } from '../src/cli/packaged-node.mjs';

const self = fileURLToPath(import.meta.url);
const ownNode = packagedNode(self);

if (isNodeOld()) {
  if (!ownNode) {
    process.stderr.write(whyNoNode());
    process.exit(1);
  }
  process.exit(spawnSync(ownNode, [self, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
}

const { bench } = await import('./run.ts');
process.exitCode = await bench(process.argv.slice(2));
