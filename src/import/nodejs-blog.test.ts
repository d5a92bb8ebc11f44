import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importMarkdown } from './import.ts';
import { contractProblems, smallArchive } from './small-archive.fixture.ts';

// 1,049 real posts of fifteen years, by many hands.
const source = join(import.meta.dirname, '../../../shared/data/posts/nodejs-blog/apps/site/pages/en/blog');

test('the whole of a real archive is imported: no post is lost, the sums balance', {
  timeout: 240_000,
}, async (context) => {
  if (!existsSync(source)) return context.skip('not run: needs ../shared/data/posts/nodejs-blog');
  const archive = smallArchive({});
  archive.put(
    'site/content/site.yaml',
    'name: Node\nurl: https://node.example\nsections:\n  - { id: release, title: Releases }\n  - { id: vulnerability, title: Vulnerability }\n',
  );
  const options = {
    source,
    site: join(archive.root, 'site'),
    origin: 'https://nodejs.org',
    permalinks: ['/en/blog/{path}/'],
    dryRun: false,
  };
  const receipt = await importMarkdown(options);

  const files = (readdirSync(source, { recursive: true }) as string[]).filter((file) => /\.mdx?$/.test(file));
  expect(receipt.files).toEqual({
    in: files.length,
    stories: files.length - 1,
    drafts: 1,
    skipped: 0,
    written: files.length,
    unchanged: 0,
  });
  expect(receipt.drafts.map(({ file }) => file)).toEqual(['index.md']);
  expect(receipt.stories.map(({ file }) => file).sort()).toEqual(files.sort());
  expect(new Set(receipt.stories.map(({ story }) => story)).size).toBe(files.length);
  expect(archive.list()).toHaveLength(files.length);

  // Every old address is kept, once.
  const addresses = receipt.stories.flatMap(({ aliases }) => aliases);
  expect(new Set(addresses).size).toBe(files.length);
  for (const { file, aliases } of receipt.stories)
    expect(aliases).toEqual([
      `/en/blog/${file.replace(/\.mdx?$/, '').replace(/^index$/, '')}${file === 'index.md' ? '' : '/'}`,
    ]);

  const total = (how: string) =>
    receipt.fields.filter((line) => line.how === how).reduce((sum, { count }) => sum + count, 0);
  const keys = files.map(
    (file) =>
      (/^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(source, file), 'utf8'))?.[1] ?? '').match(/^\w+:/gm)?.length ??
      0,
  );
  expect(total('mapped') + total('dropped')).toBe(keys.reduce((sum, count) => sum + count, 0));
  expect(Object.values(receipt.counts).reduce((sum, count) => sum + count, 0)).toBe(receipt.changes.length);

  expect(await contractProblems(archive.stories)).toEqual([]);
  const stories = new Set(receipt.stories.map(({ story }) => story));
  for (const name of stories) {
    const text = archive.story(name);
    for (const [, target = ''] of text.matchAll(/\]\(story:([^)#\s]+)/g)) expect(stories).toContain(target);
    const prose = text.replace(/^(`{3,})[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
    expect(prose).not.toMatch(/!\[[^\]]*\]\(https?:|<img\s|\]\(javascript:|\]\(\/(?!\/)/);
  }

  expect((await importMarkdown(options)).files).toMatchObject({ written: 0, unchanged: files.length });
});
