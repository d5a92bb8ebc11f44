import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf } from '../../e2e/files.ts';
import { attribute, elementsOf, metaOf, textOf } from '../../e2e/gates/dom.ts';
import { listed } from '../../e2e/gates/gate.ts';
import { nuHtmlChecker } from '../../e2e/gates/nu-html-checker.ts';
import { deadLinks } from '../press/dead-links.fixture.ts';
import { publish } from '../press/publish.ts';
import { setText } from '../story/punctuation.ts';
import { readSource } from '../yaml/source.ts';
import { importMarkdown } from './import.ts';
import { contractProblems, smallArchive } from './small-archive.fixture.ts';

// 1,049 real posts from fifteen years, by many authors: imported and built, with a check of every page.
const source = join(import.meta.dirname, '../../../shared/data/posts/nodejs-blog/apps/site/pages/en/blog');

test('the whole of a real archive is imported and built: no post is lost, every old address answers', {
  timeout: 900_000,
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
    pages: 0,
    drafts: 1,
    skipped: 0,
    written: files.length,
    unchanged: 0,
  });
  expect(receipt.drafts.map(({ file }) => file)).toEqual(['index.md']);
  expect(receipt.stories.map(({ file }) => file).sort()).toEqual(files.sort());
  expect(new Set(receipt.stories.map(({ story }) => story)).size).toBe(files.length);
  expect(archive.list()).toHaveLength(files.length);

  // Every old address is kept once.
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
    expect(prose).not.toMatch(/!\[[^\]]*\]\(https?:|<img\s[^>]*src="(?:https?:)?\/|\]\(javascript:|\]\(\/(?!\/)/);
  }

  expect((await importMarkdown(options)).files).toMatchObject({ written: 0, unchanged: files.length });

  const dist = join(archive.root, 'dist');
  const clock = Date.now();
  // A separate cache, because other tests would wait for this one.
  const cache = join(archive.root, 'cache');
  const press = () => publish({ site: options.site, dist, cache, now: Date.parse('2026-09-01T00:00Z'), clock });
  const report = await press();
  const warned = Map.groupBy(report.warnings, ({ rule }) => rule);
  // No post is reported for losing a word or printing markup. The formulas of one, in MathML, are imported as words.
  // Five link to the list of the blog, which has no date and is a draft until somebody gives it one.
  expect([...warned].map(([rule, { length }]) => `${length} ${rule}`).sort()).toEqual([
    '31 picture-wanted',
    '38 quote-without-source',
    '5 story-link-waiting',
  ]);
  const list = join(archive.stories, receipt.drafts[0]!.story, 'index.md');
  writeFileSync(list, readFileSync(list, 'utf8').replace('draft: true', 'published: 2011-03-01'));
  const second = await press();
  expect(second.added).toContain('en/blog/index.html');
  expect(second.warnings).toEqual([]);

  const checking = hasJava() ? filesOf(dist, '.html').then((pages) => nuHtmlChecker.check(at(dist), pages)) : undefined;
  const redirects = new Map(
    readFileSync(join(dist, '_redirects'), 'utf8')
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  for (const { story, aliases } of receipt.stories) {
    const to = redirects.get(encodeURI(aliases[0]!))!;
    const old = await elementsOf(dist, `${aliases[0]!.slice(1)}/index.html`);
    expect(metaOf(old, 'refresh')).toBe(`0; url=${to}`);
    expect(attribute(old.find((element) => attribute(element, 'rel') === 'canonical')!, 'href')).toBe(
      `https://node.example${to}`,
    );
    const page = await elementsOf(dist, `${decodeURI(to).slice(1)}index.html`);
    const file = ['index.md', 'index.mdx'].map((name) => join(archive.stories, story, name)).find(existsSync)!;
    const source = readSource(file, readFileSync(file)) as {
      data: { headline: string };
    };
    expect(textOf(page.find(({ tagName }) => tagName === 'h1')!)).toBe(
      setText(source.data.headline.replace(/\s+/g, ' '), 'en'),
    );
  }

  const pages = await filesOf(dist, '.html');
  expect(pages.length).toBeGreaterThan(2 * files.length);
  expect(await deadLinks(dist, pages, 'https://node.example')).toEqual([]);
  if (checking) expect(listed(await checking)).toBe('');
  else if (process.env.BROADSHEET_FORBID_SKIPS === '1') throw new Error('not run: the HTML checker needs java');
  else console.log('the HTML checker on the built archive: not run: needs java');
});

test('the search for dead links sees its canary', async () => {
  const canary = join(import.meta.dirname, '../../e2e/gates/canary');
  expect(
    await deadLinks(join(canary, 'good'), await filesOf(join(canary, 'good'), '.html'), 'https://canary.example'),
  ).toEqual([]);
  expect(
    await deadLinks(join(canary, 'links'), await filesOf(join(canary, 'links'), '.html'), 'https://canary.example'),
  ).toEqual([
    'index.html: #gone-below',
    'index.html: /gone-640.webp',
    'index.html: /gone/',
    'index.html: /there/#nowhere',
    'index.html: https://canary.example/gone-canonical/',
  ]);
});

const at = (folder: string) => ({ folder, origin: '', siteUrl: 'https://node.example' });

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
