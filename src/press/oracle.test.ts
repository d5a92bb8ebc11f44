import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexFile } from './index-file.ts';
import { sharedCache, smallNewsroom, story } from './small-newsroom.fixture.ts';
import { engineFile } from './template-folder.ts';

/*
 * The press uses Astro's app directly. Astro changes quickly, so its own adapter for Node serves the same 200 stories
 * over HTTP, and every page must be the one that the press wrote.
 */

const theme = {
  'theme/tokens.css': ':root { --accent: #1d6141; --serif: Georgia, serif }',
  'theme/components/Foot.astro':
    "---\nimport { Foot } from 'broadsheet/theme';\n---\n<Foot site={Astro.props.site} /><p>Printed in Galway</p>\n<style>p { color: teal }</style>\n",
  'theme/pages/contact.mdx':
    '---\ntitle: Contact\n---\nimport { LatestStories } from \'broadsheet/theme\';\n\nText.\n\n<LatestStories list="site" />\n',
  'theme/pages/projects/ports.astro':
    '---\nimport { Page } from \'broadsheet/theme\';\n---\n<Page title="Ports"><h1>Ports</h1></Page>\n<style>h1 { color: teal }</style>\n',
  'theme/components/PullQuote.astro':
    '---\nimport { PullQuote } from \'broadsheet/theme\';\n---\n<div class="mine"><PullQuote {...Astro.props}><slot /></PullQuote></div>\n',
};

test.each([
  ['', {}],
  [', with a theme too', theme],
])('the press writes what Astro itself would serve%s', { timeout: 300_000 }, async (_, files) => {
  const newsroom = smallNewsroom({
    ...files,
    'content/authors/ann.yaml': 'name: Ann Example\nbio: Writes.\n',
    'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
  });
  for (let i = 0; i < 200; i++)
    newsroom.put(
      `content/stories/2024/${String(1 + (i % 12)).padStart(2, '0')}/s${i}/index.${i % 2 ? 'md' : 'mdx'}`,
      story(
        {
          headline: `Headline ${i} & <more> “words”`,
          section: i % 3 ? 'world' : 'sport',
          topics: [`t${i % 5}`],
          byline: ['ann', `Guest ${i % 4}`],
          published: `2024-${String(1 + (i % 12)).padStart(2, '0')}-11T0${i % 10}:00:00Z`,
          aliases: i === 7 ? ['/old/seven/'] : undefined,
          withdrawn: i === 9 ? { date: '2024-12-01', reason: 'It was wrong.' } : undefined,
        },
        `Text ${i} with a [link](https://e.example/?a=1&b=2).\n\n| a | b |\n|---|---:|\n| 1 | 2 |\n${i % 2 ? '' : '\n<PullQuote by="Ann">\nWords.\n</PullQuote>\n'}`,
      ),
    );
  await newsroom.press();
  const dist = newsroom.dist();
  const pages = [...dist].filter(([file]) => file.endsWith('.html') || file.endsWith('.xml'));
  expect(pages.length).toBeGreaterThan(200);
  expect(dist.has('projects/ports/index.html')).toBe('theme/tokens.css' in files);

  const work = mkdtempSync(join(tmpdir(), 'oracle-'));
  mkdirSync(join(work, 'app'));
  const index = indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist')));
  const server = spawn(process.execPath, [engineFile('press/oracle.fixture.ts'), newsroom.site, index, work], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let said = '';
    const port = await new Promise<string>((resolve, reject) => {
      server.stderr.on('data', (data) => (said += data));
      server.stdout.on('data', (data) => {
        said += data;
        const found = /port (\d+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    });
    for (const [file, written] of pages) {
      const response = await fetch(`http://127.0.0.1:${port}/${file.replace(/(^|\/)index\.html$/, '$1')}`);
      expect(response.status, file).toBe(file === '404.html' ? 404 : 200);
      const served = Buffer.from(await response.arrayBuffer()).toString('latin1');
      if (served !== written) expect(served, file).toBe(written);
    }
  } finally {
    server.kill();
    rmSync(work, { recursive: true, force: true });
  }
});
