import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { themeProblems } from '../press/theme-check.ts';
import type { Problem } from '../problems/problem.ts';

/**
 * Keeps `dev` in step with the newsroom's `theme/`. Vite knows the files that it has read, but not that one came, or
 * that a component went and ours is back. The folder is small, so it is looked at before every page; when anything in
 * it is different, Vite forgets all templates, which takes a second and needs no list of what hangs on what.
 *
 * @returns brings the theme in; resolves to what is wrong with it
 */
export function followTheme(server: ViteDevServer, site: string): () => Promise<Problem[]> {
  const folder = join(site, 'theme');
  // As it is now, which is how Vite has found it: what changes before the first page is asked for is a change, too.
  let known = signatureOf(folder);
  let problems: Promise<Problem[]> | undefined;
  return async () => {
    const signature = signatureOf(folder);
    if (signature !== known) {
      known = signature;
      forgetTemplates(server);
      problems = undefined;
    }
    problems ??= themeProblems(site);
    return await problems;
  };
}

/** Another one when a file came, went or was saved. */
function signatureOf(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat?.isFile() ? `${name} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}` : name;
    })
    .join('\n');
}

function forgetTemplates(server: ViteDevServer): void {
  const plugin = server.config.plugins.find(({ name }) => name === 'broadsheet-theme');
  (plugin?.api as { renew(): void } | undefined)?.renew();
  for (const environment of Object.values(server.environments)) {
    environment.moduleGraph.invalidateAll();
    // What has been run is kept by whoever ran it; this is how it is told.
    environment.hot.send({ type: 'full-reload' });
  }
}
