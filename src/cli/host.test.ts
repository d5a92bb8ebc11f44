import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { call } from './command-line.fixture.ts';

function newsroom() {
  const made = smallNewsroom({
    'content/site.yaml': `${siteYaml}redirects: { /rss.xml: /feed.xml }\n`,
    'content/stories/2025/02/ferry.md': story({ aliases: ['/Old/Ferry/', '/story.php?id=4'] }),
    'content/stories/2025/02/wrong.md': story({ withdrawn: { date: '2025-03-01', reason: 'It was wrong.' } }),
  });
  const out = `${made.site}-server`;
  onTestFinished(() => {
    for (const folder of [made.site, out]) rmSync(folder, { recursive: true, force: true });
  });
  const run = (...argv: string[]) => call(['host', ...argv, '--site', made.site], { cwd: made.site });
  return { ...made, out, run, textOf: (name: string) => readFileSync(join(out, name), 'utf8') };
}

test('the configuration is written beside the site, and again only if what it says has changed', async () => {
  const { out, run, put, textOf } = newsroom();
  const first = await run('nginx', '--out', out, '--json');
  const names = ['redirects.map', 'queries.map', 'withdrawn.map', 'http.conf', 'server.conf'];
  expect(first.code).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({
    ok: true,
    kind: 'nginx',
    out,
    changed: names,
    unchanged: [],
    redirects: 3,
    withdrawn: 1,
  });
  expect(textOf('redirects.map')).toContain('"/old/ferry" "\\t/Old/Ferry\\t301+/2025/02/ferry/";\n');
  expect(textOf('queries.map')).toContain('"/story.php?id=4"');
  expect(textOf('withdrawn.map')).toContain('"/2025/02/wrong/" 1;\n');
  put('content/stories/2025/02/ferry.md', story({ aliases: ['/Old/Ferry/', '/story.php?id=4'] }, 'Another text.'));
  const again = await run('nginx', '--out', out);
  expect(again.stdout).toMatch(/-server: nothing changed \(3 redirects and 1 withdrawn story\)\.\n$/);
  put('content/stories/2025/02/ferry.md', story({ aliases: ['/Old/Ferry/'] }, 'Another text.'));
  const less = await run('nginx', '--out', out);
  expect(less.stdout).toMatch(
    /-server: queries\.map changed \(2 redirects and 1 withdrawn story\)\. nginx has to read/,
  );
  rmSync(out, { recursive: true });
  expect((await run('caddy', '--out', out)).code).toBe(0);
  expect(textOf('redirects.caddy')).toContain('/Old/Ferry "301+/2025/02/ferry/"\n');
});

test('a file of somebody else is not overwritten, and the site is no place for a configuration', async () => {
  const { site, out, run, textOf } = newsroom();
  mkdirSync(out);
  writeFileSync(join(out, 'server.conf'), 'mine');
  const refused = await run('nginx', '--out', out, '--json');
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ ok: false, errors: [{ rule: 'foreign-server-file' }] });
  expect(textOf('server.conf')).toBe('mine');
  for (const place of ['dist', 'dist/server', 'public/server', '.'])
    expect(await run('nginx', '--out', join(site, place))).toMatchObject({ code: 2 });
});

test('the command line is checked before anything is built', async () => {
  const { run } = newsroom();
  expect((await run('nignx', '--out', 'x')).stderr).toBe(
    'There is no configuration for a host called "nignx".\nDid you mean  broadsheet host nginx ?\n',
  );
  expect((await run()).code).toBe(2);
  expect((await run('caddy')).stderr).toContain('needs  --out FOLDER');
});
