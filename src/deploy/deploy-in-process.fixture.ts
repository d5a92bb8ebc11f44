import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import type { TargetSettings } from '../newsroom/deploy-schema.ts';
import type { FileDigest } from '../site/manifest.ts';

/*
 * A deploy in a process of its own. One to a folder is killed after a number of changes at the target: before or after a
 * file is complete, in its place, or deleted. Whoever started any other one is told when it begins, and kills it.
 */

const [task = '', changes = 'Infinity'] = process.argv.slice(2);
const { folder, contents, settings } = JSON.parse(readFileSync(task, 'utf8')) as {
  folder: string;
  contents: [string, FileDigest][];
  settings?: TargetSettings;
};
let left = Number(changes);
const root = join(folder, 'www');

function killed(name: 'rename' | 'unlink' | 'writeFile' | 'mkdir' | 'rmdir' | 'link'): void {
  const real = fs[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fs, {
    async [name](...args: unknown[]) {
      if (!String(args.at(name === 'rename' || name === 'link' ? 1 : 0)).startsWith(root)) return await real(...args);
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      const result = await real(...args);
      left -= 1;
      return result;
    },
  });
}
for (const name of ['rename', 'unlink', 'writeFile', 'mkdir', 'rmdir', 'link'] as const) killed(name);
syncBuiltinESMExports();

const { deploy } = await import('./deploy.ts');
process.send?.('begins');
await deploy({
  name: 'test',
  settings: settings ?? { kind: 'folder', path: root },
  site: folder,
  dist: join(folder, 'dist'),
  stateFolder: join(folder, 'state'),
  contents: async () => new Map(contents),
  siteUrl: async () => ({ origin: 'https://post.example', base: '' }),
  command: 'deploy test',
  clock: new Date('2025-06-01T12:00:00Z'),
  env: process.env,
  lockTimes: { beatMs: 60_000, watchMs: 50 },
});
process.exit(0);
