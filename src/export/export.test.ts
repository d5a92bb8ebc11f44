import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type SmallNewsroom, sharedCache, smallNewsroom, story, walk } from '../press/small-newsroom.fixture.ts';
import { exportNewsroom } from './export.ts';
import type { ExportOptions } from './export-options.ts';
import { at, fullNewsroom } from './full-newsroom.fixture.ts';

vi.setConfig({ testTimeout: 180_000 }); // each builds two newsrooms

function outside(): string {
  const folder = mkdtempSync(join(tmpdir(), 'export '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), 120_000);
  return folder;
}

const exported = (site: string, out: string, options: Partial<ExportOptions> = {}) =>
  exportNewsroom({
    kind: 'markdown',
    site,
    out,
    cache: sharedCache,
    now: Date.parse(at),
    clock: Date.now(),
    isPublicOnly: false,
    ...options,
  });

const filesOf = (root: string, ...folders: string[]) =>
  new Map(
    folders.flatMap((folder) =>
      existsSync(join(root, folder))
        ? walk(join(root, folder)).map((file): [string, string] => [
            relative(root, file),
            readFileSync(file).toString('latin1'),
          ])
        : [],
    ),
  );

/** Imports an export into a new newsroom with the same site.yaml. */
async function moved(from: SmallNewsroom, out: string) {
  const { importMarkdown } = await import('../import/import.ts');
  const site = readFileSync(join(from.site, 'content/site.yaml'));
  const to = smallNewsroom({ 'content/site.yaml': site });
  const run = (options: { force?: boolean; dryRun?: boolean } = {}) =>
    importMarkdown({ source: out, site: to.site, permalinks: [], dryRun: false, ...options });
  return { to, run };
}

test('an export, imported into a new newsroom with the same site.yaml, is the same newsroom and the same site', async () => {
  const from = await fullNewsroom();
  const out = join(outside(), 'out');
  expect(await exported(from.site, out)).toMatchObject({
    stories: 4,
    drafts: 1,
    scheduled: 2,
    withdrawn: 1,
    pages: 2,
    leftOut: [],
    notes: [],
  });
  const { to, run } = await moved(from, out);
  const receipt = await run();
  expect(receipt.skipped).toEqual([]);
  expect(receipt.files).toEqual({ in: 10, stories: 7, pages: 1, drafts: 2, skipped: 0, written: 10, unchanged: 0 });
  expect(filesOf(to.site, 'content', 'public')).toEqual(filesOf(from.site, 'content', 'public'));
  await from.press({ at });
  await to.press({ at });
  expect(to.dist()).toEqual(from.dist());

  expect((await run()).files).toMatchObject({ written: 0, unchanged: 10, skipped: 0 });
  const edited = story({ headline: 'Edited here' });
  to.put('content/stories/2025/03/plain.md', edited);
  to.put('content/topics.yaml', 'ferries:\n  title: Boats\n');
  expect((await run()).skipped).toEqual(
    ['content/stories/2025/03/plain.md', 'content/topics.yaml'].map((file) => ({
      file,
      reason: 'it already exists here and was not written by an import',
    })),
  );
  expect(readFileSync(join(to.site, 'content/stories/2025/03/plain.md'), 'utf8')).toBe(edited);
  expect((await run({ force: true })).skipped).toEqual([]);
  expect(filesOf(to.site, 'content', 'public')).toEqual(filesOf(from.site, 'content', 'public'));
});

test('the demo newsroom is the same after an export and an import', async () => {
  const from = { site: join(import.meta.dirname, '../..') } as SmallNewsroom;
  const out = join(outside(), 'out');
  await exported(from.site, out);
  const { to, run } = await moved(from, out);
  expect((await run()).skipped).toEqual([]);
  expect(filesOf(to.site, 'content', 'public')).toEqual(filesOf(from.site, 'content', 'public'));
});

test('other generators find a title, dates, tags, and names', async () => {
  const from = await fullNewsroom();
  const out = join(outside(), 'out');
  await exported(from.site, out);
  const head = (file: string) =>
    readFileSync(join(out, 'content/stories', file), 'utf8')
      .split('# Broadsheet\n')[0]
      ?.split('\n')
      .slice(2);
  expect(head('2025/02/full/index.mdx')).toEqual([
    'title: Harbour reopens after storm',
    'description: It sailed.',
    'date: 2025-02-12T18:00:00Z',
    'lastmod: 2025-02-13T09:00:00Z',
    'tags: [Ferries, C++]',
    'authors: [Ann Example, Bo Ek]',
    '',
  ]);
  expect(head('2025/05/embargoed.md')).toContain('publishDate: 2025-07-01');
  expect(head('2025/04/gone/index.md')).toContain('expiryDate: 2025-04-02');
});

test('with --public, nothing is in the export that readers cannot see', async () => {
  const from = await fullNewsroom();
  const out = join(outside(), 'out');
  const report = await exported(from.site, out, { isPublicOnly: true });
  expect(report.leftOut.map(({ file, reason }) => [file.replace('content/', ''), reason])).toEqual([
    ['pages/later.mdx', 'a draft'],
    ['stories/2025/02/full/notes hush.txt', 'not used by anything public'],
    ['stories/2025/02/full/unused-hush.jpg', 'not used by anything public'],
    ['stories/2025/04/gone/gone-hush.jpg', 'not used by anything public'],
    ['stories/2025/05/draft/draft-hush.jpg', 'not used by anything public'],
    ['stories/2025/05/draft/index.md', 'a draft'],
    ['stories/2025/05/embargoed.md', 'not published yet'],
    ['stories/2025/07/scheduled.md', 'not published yet'],
  ]);
  const files = filesOf(out, '.');
  const telling = [...files].filter(([file, text]) => /hush|hidden-one|September/i.test(file + text));
  expect(telling.map(([file]) => file)).toEqual([]);
  expect(files.get('content/stories/2025/02/full/index.mdx')).toContain('A `{/* sign */}` in code.');
  expect([...files.keys()]).toContain('content/stories/2025/02/full/report.pdf');
  const { to, run } = await moved(from, out);
  expect((await run()).skipped).toEqual([]);
  await to.press({ at });
  await from.press({ at });
  const pages = (dist: Map<string, string>) => [...dist.keys()].filter((file) => file.endsWith('.html')).sort();
  expect(pages(to.dist())).toEqual(pages(from.dist()));
});

test('a front that names a hidden story is left out with --public, and a link to one becomes its words', async () => {
  const from = smallNewsroom({
    'content/stories/2025/02/open.md': story({}, 'See [the *plan*](story:2025/05/plan).'),
    'content/stories/2025/05/plan.md': story({ draft: true }),
    'content/fronts/world.yaml': 'stories: [2025/05/plan]\n',
  });
  const out = join(outside(), 'out');
  const report = await exported(from.site, out, { isPublicOnly: true });
  expect(report.leftOut).toContainEqual({
    file: 'content/fronts/world.yaml',
    reason: 'names a story that was left out',
  });
  expect(report.notes).toEqual([
    { file: 'content/stories/2025/02/open.md:8', note: 'named the story 2025/05/plan, which was left out' },
  ]);
  const text = readFileSync(join(out, 'content/stories/2025/02/open.md'), 'utf8');
  expect(text).toContain('See the *plan*.');
});

test('an export that fails leaves nothing, and one into a folder with files changes nothing', async () => {
  const from = smallNewsroom({ 'content/stories/2025/02/a.md': story({ section: 'nowhere' }) });
  const folder = outside();
  await expect(exported(from.site, join(folder, 'out'))).rejects.toMatchObject({
    problems: [{ rule: 'unknown-section' }],
  });
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(join(folder, 'mine.txt'), 'Mine.');
  await expect(exported((await fullNewsroom()).site, folder)).rejects.toMatchObject({
    problems: [{ rule: 'export-place' }],
  });
  expect(readdirSync(folder)).toEqual(['mine.txt']);
});
