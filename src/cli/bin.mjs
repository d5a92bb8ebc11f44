#!/usr/bin/env node
// The command. It is plain JavaScript so that any Node from 20 on can start it; the rest needs Node 24,
// which comes as the `node` package, so an older Node hands over to that one.
import { existsSync, readdirSync, statSync } from 'node:fs';
// As a whole: Node 20 has no `enableCompileCache`, and would refuse to start over the name alone.
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split('.')[0]) < 24) {
  const node = packagedNode();
  if (!node) {
    process.stderr.write(
      `Broadsheet needs Node 24; this is ${process.version}, and the "node" package is not installed. Run npm ci.\n`,
    );
    process.exit(1);
  }
  const { spawnSync } = await import('node:child_process');
  const { status, signal } = spawnSync(
    node,
    [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)],
    {
      stdio: 'inherit',
    },
  );
  process.exit(status ?? (signal ? 1 : 0));
}

// Whoever reads our words may have enough of them, as `| head` has; that is no mistake.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
const { directory } = module.enableCompileCache?.() ?? {};
if (directory) process.env.NODE_COMPILE_CACHE = directory; // for threads and other processes of ours: they start in half the time
const lib = join(here, '../../lib');
const main = isCompiled() ? join(lib, 'cli/main.js') : join(here, 'main.ts');
const { run } = await import(pathToFileURL(main).href);
process.exitCode = await run(process.argv.slice(2));

/**
 * Whether compiled code is to run. Installed, it always is: Node strips types outside of node_modules
 * only. In the repository it is while no source is younger; whoever edits one runs the source.
 */
function isCompiled() {
  if (here.split(/[\\/]/).includes('node_modules')) return true;
  const compiled = statSync(join(lib, 'compiled'), { throwIfNoEntry: false });
  if (!compiled) return false;
  const isOlder = (folder) =>
    readdirSync(folder, { withFileTypes: true }).every((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return isOlder(path);
      return (
        !/\.(ts|astro|css)$/.test(entry.name) ||
        /\.test\./.test(entry.name) ||
        statSync(path).mtimeMs <= compiled.mtimeMs
      );
    });
  return isOlder(join(here, '..'));
}

function packagedNode() {
  try {
    const require = module.createRequire(import.meta.url);
    const folder = dirname(require.resolve('node/package.json'));
    return ['bin/node', 'bin/node.exe'].map((file) => join(folder, file)).find((file) => existsSync(file));
  } catch {
    return undefined;
  }
}
