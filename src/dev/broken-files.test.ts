import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Problem } from '../problems/problem.ts';
import { openDevIndex } from './dev-index.ts';

// What one broken file does to the others in the index of the desk: nothing.

function opened(files: Record<string, string | Uint8Array>, leavesOutBroken = true) {
  const site = mkdtempSync(join(tmpdir(), 'broken-files-'));
  const put = (file: string, text: string | Uint8Array) => {
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

// Files that stories read. A valid one, a broken one, and the story that reads it.
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const [folder, c] = ['content/stories/2025/02/c', 'content/stories/2025/02/c/index.mdx'];
const used = [
  ['the sidecar of a picture', `${folder}/a.png.yaml`, 'alt: A dot\n', 'alt: [A dot\n', story('C', '![](a.png)')],
  [
    'a wrong key in a sidecar',
    `${folder}/a.png.yaml`,
    'alt: A dot\n',
    'alt: A dot\nfocus: nowhere\n',
    story('C', '![](a.png)'),
  ],
  [
    'a table',
    `${folder}/t.csv`,
    'Year,Ships\n2024,7\n',
    'Year,Ships\n"2024,7\n',
    story('C', '<Table src="t.csv" caption="Ships" />'),
  ],
  [
    'topics.yaml',
    'content/topics.yaml',
    'sea: { title: The sea }\n',
    'sea: [The\n',
    story('C').replace('section', 'topics: [sea]\nsection'),
  ],
  [
    'a wrong topic',
    'content/topics.yaml',
    'sea: { title: The sea }\n',
    'Sea: { titel: x }\n',
    story('C').replace('section', 'topics: [sea]\nsection'),
  ],
  [
    'series.yaml',
    'content/series.yaml',
    'tide: { title: The tide }\n',
    'tide: [x\n',
    story('C').replace('section', 'series: The tide\nsection'),
  ],
  [
    'a page of the theme',
    'theme/pages/map.mdx',
    '---\nheadline: A map\n---\n\nHere.\n',
    '---\nheadline: [A map\n---\n',
    story('C'),
  ],
  ['a file at the address of a story', 'public/2025/02/a/index.html', '', '<p>Other</p>', story('C')],
] as const;

describe.each(used)('%s', (_, file, good, bad, text) => {
  const errorsOf = async (refresh: () => Promise<Problem[]>) =>
    (await refresh()).filter(({ severity }) => severity === 'error').map((one) => one.file);

  test('that was broken when the desk was opened keeps only itself out', async () => {
    const { put, refresh, headlines } = opened({ [a]: story('A'), [file]: bad, [`${folder}/a.png`]: png, [c]: text });
    expect(new Set(await errorsOf(refresh))).toEqual(new Set([file]));
    expect(headlines()).toEqual(['A', 'C']);
    if (!good) return;
    put(file, good);
    expect(await errorsOf(refresh)).toEqual([]);
    expect(headlines()).toEqual(['A', 'C']);
  });

  test('that breaks keeps only itself out, whatever else is saved, until it is corrected', async () => {
    const files = { [a]: story('A'), ...(good && { [file]: good }), [`${folder}/a.png`]: png, [c]: text };
    const { put, refresh, headlines } = opened(files);
    expect(await errorsOf(refresh)).toEqual([]);
    put(file, bad);
    put(a, story('A, edited'));
    expect(new Set(await errorsOf(refresh))).toEqual(new Set([file]));
    expect(headlines()).toEqual(['A, edited', 'C']);
    put(c, text.replace('headline: C', 'headline: C, edited'));
    expect(new Set(await errorsOf(refresh))).toEqual(new Set([file]));
    expect(headlines()).toEqual(['A, edited', 'C, edited']);
    put('content/site.yaml', siteYaml.replace('World }', 'World }\n  - { id: sport, title: Sport }'));
    expect(new Set(await errorsOf(refresh))).toEqual(new Set([file]));
    put(a, story('A').replace('world', 'sport'));
    expect(new Set(await errorsOf(refresh))).toEqual(new Set([file]));
    expect(headlines()).toEqual(['A', 'C, edited']);
  });
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
