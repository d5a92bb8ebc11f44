import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ViteDevServer } from 'vite';
import { themeFoldersOf, themeNameOf } from '../index/theme-roots.ts';
import { themeProblems } from '../press/theme-check.ts';
import { themeSettings } from '../press/theme-hosts.ts';
import type { Problem } from '../problems/problem.ts';

/** The newsroom's theme, as `dev` follows it. */
export interface FollowedTheme {
  /**
   * Loads a changed theme.
   *
   * @param response of the page that is rendered next. Until it is closed, no other templates are loaded
   * @returns what is wrong with the theme
   */
  load(response?: ServerResponse): Promise<Problem[]>;
  /** Differs after each change of the theme. */
  state(): string;
}

/** A page that never ends must not keep a designer from seeing the next change. */
const renderMsMax = 10_000;

/**
 * Keeps `dev` up to date with the newsroom's `theme/`. Vite knows the files that it has read, but not that a file was
 * added, or that a component was deleted and the built-in one is used again. The folder is small, so it is checked
 * before every page. If anything in it is different, Vite discards all templates, which takes a second and does not
 * require a list of dependencies.
 *
 * @param renewPages follows the pages in `theme/pages/`, and returns the problems with that
 */
export function followTheme(server: ViteDevServer, site: string, renewPages: () => Problem[]): FollowedTheme {
  // The current state, which is the one that Vite has read. A change before the first page request counts as a change
  // too.
  const signatureNow = () => `${themeNameOf(site)} ${themeFoldersOf(site).map(signatureOf).join('\n')}`;
  let known = signatureNow();
  // The hosts that site.yaml allows decide only what is wrong with the theme.
  let settings = settingsOf(site);
  let problems: Promise<Problem[]> | undefined;
  const rendered = new Set<Promise<unknown>>();
  const renew = async () => {
    const found = renewPages();
    // A page that is being rendered would load old templates again, after they are discarded.
    await Promise.race([Promise.all(rendered), delay(renderMsMax, undefined, { ref: false })]);
    forgetTemplates(server);
    return [...(await themeProblems(site)), ...found];
  };
  const load = (): Promise<Problem[]> => {
    const signature = signatureNow();
    if (signature !== known) {
      known = signature;
      problems = renew();
    }
    const now = settingsOf(site);
    if (now !== settings) {
      settings = now;
      problems = undefined;
    }
    problems ??= themeProblems(site);
    return problems;
  };
  const loadFor = async (response?: ServerResponse): Promise<Problem[]> => {
    let loading: Promise<Problem[]>;
    let found: Problem[];
    // Another change can come while this one is loaded.
    do {
      loading = load();
      found = await loading;
    } while (loading !== load());
    if (response && !response.closed) {
      const closed = once(response, 'close').catch(() => {});
      rendered.add(closed);
      closed.finally(() => rendered.delete(closed));
    }
    return found;
  };
  return { load: loadFor, state: signatureNow };
}

const settingsOf = (site: string): string => JSON.stringify(themeSettings(site));

/** Changes when a file is added, deleted, or saved. */
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
    // The module runner caches what it has run. This clears its cache.
    environment.hot.send({ type: 'full-reload' });
  }
}
