#!/usr/bin/env node
// The command. It is plain JavaScript so that any Node from 20 on can start it. The rest needs Node 24, which comes as a
// package, so an older Node hands over to that one.
// As a whole: Node 20 has no `enableCompileCache`, and would refuse to start over the name alone.
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNodeOld, packagedNode, whyNoNode } from './packaged-node.mjs';

const here = dirname(fileURLToPath(import.meta.url));

if (isNodeOld()) {
  const self = fileURLToPath(import.meta.url);
  const node = packagedNode(self);
  if (!node) {
    process.stderr.write(whyNoNode());
    process.exit(1);
  }
  const { spawnSync } = await import('node:child_process');
  const { error, status, signal } = spawnSync(node, [...process.execArgv, self, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  if (error) process.stderr.write(whyNoNode(error.message));
  process.exit(status ?? (signal || error ? 1 : 0));
}

// Whoever reads our words may have enough of them, as `| head` has; that is no mistake.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
const { directory } = module.enableCompileCache?.() ?? {};
if (directory) process.env.NODE_COMPILE_CACHE = directory; // for threads and other processes of ours: they start in half the time
const lib = join(here, '../../lib');
const main = (await isCompiled()) ? join(lib, 'cli/main.js') : join(here, 'main.ts');
const { run } = await import(pathToFileURL(main).href);
process.exitCode = await run(process.argv.slice(2));

/**
 * Whether to run compiled code. Installed, always: Node strips no types inside node_modules. In the repository, as long as
 * it was made of the sources as they are now; anyone who edits one runs the sources.
 */
async function isCompiled() {
  if (here.split(/[\\/]/).includes('node_modules')) return true;
  const { isLibCurrent } = await import('./lib-inputs.mjs');
  return isLibCurrent(join(here, '../..'));
}
