import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AstroInlineConfig, AstroIntegration } from 'astro';
import { devNewsroom } from '../dev/newsroom.ts';
import { astroConfig } from '../press/astro.ts';

/**
 * Astro's configuration for a folder that is engine and newsroom at once, for those who call `astro`
 * themselves: `astro dev` shows the newsroom, `astro build` leaves the site in `dist/`.
 *
 * @param site the newsroom's folder, absolute; packages are found from there
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
 * What Astro has built is a server, which goes; the press makes the pages. It builds its own bundle,
 * as for any newsroom, so that the site is the same whichever command was called.
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
