import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { filesOf } from './files.ts';

// The fallback: after an update of Astro that breaks the fast path, a build still produces the same site, only more
// slowly.

const root = join(import.meta.dirname, '..');

function build(site: string, dist: string, way: string): void {
  const options = ['--site', site, '--out', dist, '--now', '2026-11-01T12:00:00Z', '--quiet'];
  execFileSync(process.execPath, [join(root, 'src/cli/bin.mjs'), 'build', ...options], {
    // The everyday cache, so that pictures are not encoded again.
    env: { ...process.env, BROADSHEET_CACHE: join(root, '.broadsheet'), BROADSHEET_RENDER: way },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const theme = {
  'tokens.css': ':root { --accent: #1d6141; --serif: Georgia, serif }',
  'components/Foot.astro':
    '---\nimport { Foot, type FootProps } from \'broadsheet/theme\';\ntype Props = FootProps;\n---\n<Foot {...Astro.props} /><p class="mine">Printed in Merewick.</p>\n<style>.mine { color: teal }</style>\n',
  'pages/letters.mdx':
    '---\ntitle: Write to us\n---\nimport { LatestStories } from \'broadsheet/theme\';\n\nTo the desk.\n\n<LatestStories list="site" />\n',
  'pages/projects/ports.astro':
    '---\nimport { Page } from \'broadsheet/theme\';\n---\n<Page title="Ports"><h1>Ports</h1></Page>\n<style>h1 { color: teal }</style>\n',
  'components/PullQuote.astro':
    '---\nimport { PullQuote, type PullQuoteProps } from \'broadsheet/theme\';\ntype Props = PullQuoteProps;\n---\n<div class="mine"><PullQuote {...Astro.props}><slot /></PullQuote></div>\n',
};

for (const hasTheme of [false, true])
  test(`the demo newsroom ${hasTheme ? 'with' : 'without'} a theme is the same site when Astro itself renders it`, async () => {
    const home = mkdtempSync(join(tmpdir(), 'broadsheet-render-'));
    try {
      const site = join(home, 'newsroom');
      for (const folder of ['content', 'public']) cpSync(join(root, folder), join(site, folder), { recursive: true });
      for (const [file, text] of Object.entries(hasTheme ? theme : {})) {
        mkdirSync(dirname(join(site, 'theme', file)), { recursive: true });
        writeFileSync(join(site, 'theme', file), text);
      }
      build(site, join(home, 'fast'), 'fast');
      build(site, join(home, 'astro'), 'astro');
      const files = await filesOf(join(home, 'fast'), '');
      expect(files.length).toBeGreaterThan(300);
      expect(await filesOf(join(home, 'astro'), '')).toEqual(files);
      for (const file of files)
        expect(readFileSync(join(home, 'astro', file)).equals(readFileSync(join(home, 'fast', file))), file).toBe(true);
      expect(readFileSync(join(home, 'astro/index.html'), 'utf8').includes('Printed in Merewick.')).toBe(hasTheme);
      expect(files.includes('projects/ports/index.html')).toBe(hasTheme);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
