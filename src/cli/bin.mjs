#!/usr/bin/env node
// The command. It is plain JavaScript so that any Node from 20 on can start it. The rest needs Node 24, which is
// installed as a package, so an older Node hands over to that one. The module is imported as a whole, because Node 20
// has no `enableCompileCache` and would refuse to start because of the name alone.
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNodeOld, packagedNode, whyNoNode } from './packaged-node.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const self = fileURLToPath(import.meta.url);
const { flags, env } = process.argv[2] === 'import' ? await forImport() : { flags: [], env: {} };
if (isNodeOld() || flags.length > 0) {
  const node = isNodeOld() ? packagedNode(self) : process.execPath;
  if (!node) {
    process.stderr.write(whyNoNode());
    process.exit(1);
  }
  const { handOver } = await import('./hand-over.mjs');
  const { error, code } = await handOver(node, [...process.execArgv, ...flags, self, ...process.argv.slice(2)], env);
  if (error) process.stderr.write(whyNoNode(error.message));
  process.exit(code);
}

// The program that reads our output may stop early, as `head` does. This is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
const { directory } = module.enableCompileCache?.() ?? {};
if (directory) process.env.NODE_COMPILE_CACHE = directory; // for our threads and other processes, which then start in half the time
const lib = join(here, '../../lib');
const main = (await isCompiled()) ? join(lib, 'cli/main.js') : join(here, 'main.ts');
const { run } = await import(pathToFileURL(main).href);
process.exitCode = await run(process.argv.slice(2));

/** What an import needs that this process was not started with. */
async function forImport() {
  const { fewPools, missingImportFlags } = await import('./import-flags.mjs');
  const flags = missingImportFlags(process.argv.slice(3), process.execArgv);
  return { flags, env: flags.length > 0 ? fewPools : {} };
}

/**
 * Whether to run compiled code. An installed package always does, because Node does not strip types inside
 * node_modules. In the repository it does as long as the sources have not changed. Anyone who edits a source runs the
 * sources.
 */
async function isCompiled() {
  if (here.split(/[\\/]/).includes('node_modules')) return true;
  const { isLibCurrent } = await import('./lib-inputs.mjs');
  return isLibCurrent(join(here, '../..'));
}
