import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDevIndex } from './dev-index.ts';

// What one broken file does to the others in the index of the desk: nothing.

function opened(files: Record<string, string>, leavesOutBroken = true) {
  const site = mkdtempSync(join(tmpdir(), 'broken-files-'));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(site, file)), { recursive: true });
    writeFileSync(join(site, file), text);
  };
  put('content/site.yaml', siteYaml);
  for (const [file, text] of Object.entries(files)) put(file, text);
  const cache = join(site, '.broadsheet');
  mkdirSync(cache);
  let at = Date.parse('2026-01-01T00:00:00Z');
  const now = () => at;
  const open = () =>
    openDevIndex({ site, cache, file: join(cache, 'index.db'), now, clock: now, showsHidden: true, leavesOutBroken });
  let newsroom = open();
  let took = 0;
  onTestFinished(() => {
    newsroom.close();
    rmSync(site, { recursive: true, force: true });
  });
  return {
    put,
    refresh: async () => {
      at += 60_000; // a signature that is younger than its scan is not trusted
      await delay(took); // on a busy machine, a scan is not repeated for as long as it took
      const began = performance.now();
      const problems = await newsroom.refresh();
      took = performance.now() - began;
      return problems;
    },
    reopen: () => {
      newsroom.close();
      newsroom = open();
    },
    headlines: () =>
      (newsroom.index.sql('SELECT card FROM story ORDER BY id').all() as { card: string }[]).map(
        ({ card }) => (JSON.parse(card) as { headline: string }).headline,
      ),
  };
}

const siteYaml = 'name: Post\nurl: https://post.example/\nsections:\n  - { id: world, title: World }\n';
const story = (headline: string, text = 'Words.') =>
  `---\nheadline: ${headline}\nsection: world\npublished: 2025-02-12\n---\n\n${text}\n`;
const broken = story('"Broken');
const [a, b] = ['content/stories/2025/02/a.md', 'content/stories/2025/02/b.md'];

test('a newsroom that is opened with a broken story has the others, also after it is opened again', async () => {
  const { put, refresh, reopen, headlines } = opened({ [a]: story('A', '[To B](story:2025/02/b)'), [b]: broken });
  for (let round = 0; round < 2; round++) {
    const problems = await refresh();
    // The link is no mistake, because the story exists.
    expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([{ file: b }]);
    expect(headlines()).toContain('A');
    reopen();
  }
  put(b, story('B'));
  expect((await refresh()).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(headlines()).toEqual(['A', 'B']);
});

test('a story that breaks stays as it was, and an edit of another one is seen', async () => {
  const { put, refresh, headlines } = opened({ [a]: story('A'), [b]: story('B') });
  expect(await refresh()).toEqual([]);
  put(b, broken);
  put(a, story('A, edited'));
  expect(await refresh()).toMatchObject([{ file: b, severity: 'error' }]);
  expect(headlines()).toEqual(['A, edited', 'B']);
  // It is reported until it is corrected.
  expect(await refresh()).toMatchObject([{ file: b, severity: 'error' }]);
  put(b, story('B, corrected'));
  expect(await refresh()).toEqual([]);
  expect(headlines()).toEqual(['A, edited', 'B, corrected']);
});

test.each([
  ['a standing page', 'content/pages/about.md', '---\nheadline: "About\n---\n\nUs.\n'],
  ['an author', 'content/authors/ann.yaml', 'name: [Ann\n'],
  ['a front', 'content/fronts/home.yaml', 'lead: [x\n'],
  ['a story in a wrong section', b, story('B').replace('world', 'wrld')],
  ['a story whose text is refused', 'content/stories/2025/02/b.mdx', story('B', '<Figure src={1 + 1} />')],
])('%s with an error keeps only itself out', async (_, file, text) => {
  const { refresh, headlines } = opened({ [a]: story('A'), [file]: text });
  const problems = await refresh();
  expect(problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem.file).toBe(file);
  expect(headlines()).toContain('A');
});

test('an error in site.yaml leaves the index as it was', async () => {
  const { put, refresh, headlines } = opened({ [a]: story('A') });
  await refresh();
  put('content/site.yaml', siteYaml.replace('name: Post', 'name: [Post'));
  put(a, story('A, edited'));
  expect(await refresh()).toMatchObject([{ file: 'content/site.yaml' }]);
  expect(headlines()).toEqual(['A']);
});

test('for dev, an error keeps everything out, because the page shows it instead', async () => {
  const { refresh, headlines } = opened({ [a]: story('A'), [b]: broken }, false);
  expect(await refresh()).toMatchObject([{ file: b }]);
  expect(headlines()).toEqual([]);
});
