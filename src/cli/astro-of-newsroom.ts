import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AstroInlineConfig, AstroIntegration } from 'astro';
import { devNewsroom } from '../dev/newsroom.ts';
import { astroConfig } from '../press/astro.ts';

/**
 * Astro's configuration for a folder that is both engine and newsroom, for anyone who calls `astro` directly: `astro
 * dev` shows the newsroom, and `astro build` writes the site to `dist/`.
 *
 * @param site the newsroom's folder, absolute. Packages are resolved from there
 */
export function astroOfNewsroom(site: string): AstroInlineConfig {
  const cache = process.env.BROADSHEET_CACHE ? resolve(process.env.BROADSHEET_CACHE) : join(site, '.broadsheet');
  const out = join(cache, 'astro');
  const { configFile: _, ...config } = astroConfig(
    { site, root: site, out, cache: join(cache, 'astro-cache'), fonts: join(cache, 'fonts') },
    [devNewsroom({ site, cache, root: site, now: () => Date.now() }).integration, publishAfterBuild(site, out)],
  );
  return config;
}

/**
 * Astro builds a server, which is deleted. The press creates the pages with its own bundle, as for any newsroom, so
 * that the site is the same with either command.
 */
function publishAfterBuild(site: string, out: string): AstroIntegration {
  return {
    name: 'broadsheet-publish',
    hooks: {
      'astro:build:done': async () => {
        rmSync(out, { recursive: true, force: true });
        const { run } = await import('./main.ts');
        const code = await run(['build', '--site', site]);
        if (code !== 0) process.exit(code);
      },
    },
  };
}
