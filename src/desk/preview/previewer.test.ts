import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { closeIndexHandle, transaction } from '../../index/handle.ts';
import { ingest } from '../../ingest/ingest.ts';
import { random } from '../../ingest/random-edits.fixture.ts';
import { scan } from '../../ingest/scan.ts';
import { type Bundle, serverEntry } from '../../press/bundle.ts';
import { openIndex } from '../../press/open-index.ts';
import { openTemplates, rendererOf } from '../../press/render.ts';
import { smallNewsroom, story } from '../../press/small-newsroom.fixture.ts';
import { templatesFolder } from '../../press/template-folder.ts';
import { fileOfAddress } from '../../site/address.ts';
import { openedNewsroom, unmarked } from './opened.fixture.ts';

const a = 'content/stories/2025/02/a/index.md';
const b = 'content/stories/2025/03/b/index.mdx';
const draft = 'content/stories/2025/04/draft/index.md';

function newsroomWithStories() {
  return smallNewsroom({
    [a]: story(
      { headline: 'The harbour', section: 'world', topics: ['ports'], published: '2025-02-03' },
      'One.\n\nTwo.',
    ),
    [b]: story(
      { headline: 'The bridge', section: 'sport', published: '2025-03-03' },
      '<FactBox title="F">\n\nIn.\n\n</FactBox>\n\nOut.',
    ),
    [draft]: story({ headline: 'Not yet', section: 'world', draft: true }, 'Soon.'),
    'content/authors/ann.yaml': 'name: Ann Example\nrole: Reporter\n',
    'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
    'content/topics.yaml': 'ports: { title: Ports }\n',
  });
}

test('the page of an unsaved text is the page that a build prints after it was saved', async () => {
  const newsroom = newsroomWithStories();
  const { newsroom: index, previewer } = openedNewsroom(newsroom.site);
  await index.refresh();
  const kinds: [file: string, address: string, text: string][] = [
    [
      a,
      '/2025/02/a/',
      story(
        { headline: 'The harbour & port', section: 'sport', byline: ['ann'], published: '2025-02-03' },
        'New “text”.\n\n- a\n- b\n\n> Said.\n>\n> — Her',
      ),
    ],
    [
      b,
      '/2025/03/b/',
      story(
        { headline: 'The bridge', section: 'sport', published: '2025-03-03', related: ['2025/02/a'] },
        '# Part\n\nSee [it](story:2025/02/a).\n\n<PullQuote by="Ann">\nWords.\n</PullQuote>',
      ),
    ],
    [
      'content/stories/2025/05/new/index.md',
      '/2025/05/new/',
      story({ headline: 'New', section: 'world', byline: ['ann'], published: '2025-05-03' }, 'No file yet.'),
    ],
    ['content/pages/about.md', '/about/', '---\nheadline: About us\n---\n\nWe.\n\nThey.\n'],
    ['content/pages/new.mdx', '/new/', '---\nheadline: New\n---\n\nA page without a file.\n'],
    ['content/fronts/home.yaml', '/', 'pinned: 2025/02/a\n'],
    ['content/fronts/world.yaml', '/world/', 'banner: { text: Now, until: 2025-07-01 }\n'],
    ['content/authors/ann.yaml', '/authors/ann/', 'name: Ann Other\nbio: Writes.\n'],
    ['content/topics.yaml', '/topics/ports/', 'ports: { title: Ports and harbours, description: Ships. }\n'],
    [
      'content/site.yaml',
      '/',
      readFileSync(join(newsroom.site, 'content/site.yaml'), 'utf8').replace('The Example Post', 'The Other Post'),
    ],
  ];
  const seen: string[] = [];
  for (const [file, address, text] of kinds) {
    // An author has a page as long as there are stories, and so has a topic.
    if (file === a)
      newsroom.put(
        'content/stories/2025/01/z/index.md',
        story({ headline: 'Z', section: 'world', byline: ['ann'], topics: ['ports'], published: '2025-01-03' }, 'Z.'),
      );
    await index.refresh();
    const shown = await previewer.show({ file, text });
    expect(
      shown.problems.filter(({ severity }) => severity === 'error'),
      file,
    ).toEqual([]);
    expect(shown.page?.address, file).toBe(address);
    newsroom.put(file, text);
    await newsroom.press();
    const printed = readFileSync(join(newsroom.site, 'dist', fileOfAddress(address)), 'utf8');
    expect(unmarked(shown.page?.html), file).toBe(printed);
    seen.push(file);
  }
  expect(seen).toHaveLength(kinds.length);
});

test('nobody else sees an unsaved text: neither another preview, nor a build, nor the desk, even at the same time', async () => {
  const newsroom = newsroomWithStories();
  const { newsroom: index, previewer } = openedNewsroom(newsroom.site);
  await index.refresh();
  const headlines = () =>
    (
      index.index.sql("SELECT card ->> 'headline' AS headline FROM story ORDER BY id").all() as { headline: string }[]
    ).map(({ headline }) => headline);
  const before = headlines();
  const unsaved = story(
    { headline: 'SECRET', section: 'world', topics: ['ports'], published: '2025-02-03' },
    'SECRET words.',
  );
  const rival = story(
    { headline: 'The bridge', section: 'world', published: '2025-03-03' },
    'See [it](story:2025/02/a).',
  );
  newsroom.put(
    'content/stories/2025/01/saved/index.md',
    story({ headline: 'Saved', section: 'world', published: '2025-01-05' }, 'W.'),
  );
  const [shown, other, problems, report, seen] = await Promise.all([
    previewer.show({ file: a, text: unsaved }),
    previewer.show({ file: b, text: rival }),
    index.refresh(),
    newsroom.press(),
    (async () => {
      const found: string[][] = [];
      for (let i = 0; i < 50; i++) {
        found.push(headlines());
        await new Promise((resolve) => setImmediate(resolve));
      }
      return found;
    })(),
  ]);
  expect(shown.page?.html).toContain('SECRET words');
  expect(other.page?.html).toContain('The harbour');
  expect(other.page?.html).not.toContain('SECRET');
  expect(problems).toEqual([]);
  expect(report.added).not.toEqual([]);
  expect(seen.flat().filter((headline) => headline === 'SECRET')).toEqual([]);
  // On a busy machine, a scan that took long is not repeated for a while.
  await expect
    .poll(
      async () => {
        await index.refresh();
        return headlines().toSorted();
      },
      { timeout: 60_000 },
    )
    .toEqual(['Saved', ...before].toSorted());
  expect(newsroom.filesMentioning('SECRET')).toEqual([]);
  expect(readFileSync(join(newsroom.site, a), 'utf8')).toContain('The harbour');
  expect(
    unmarked((await previewer.show({ file: a, text: readFileSync(join(newsroom.site, a), 'utf8') })).page?.html),
  ).toBe(readFileSync(join(newsroom.site, 'dist/2025/02/a/index.html'), 'utf8'));
});

test('a story that readers cannot see is shown as a whole: a draft, one that waits, and one that has no file', async () => {
  const newsroom = newsroomWithStories();
  const { newsroom: index, previewer } = openedNewsroom(newsroom.site);
  await index.refresh();
  const texts: [string, string][] = [
    [draft, story({ headline: 'Not yet', section: 'world', draft: true }, 'Draft words.')],
    [a, story({ headline: 'The harbour', section: 'world', published: '2025-09-03' }, 'Waiting words.')],
    [
      'content/stories/2025/06/other/index.md',
      story({ headline: 'Other', section: 'world', draft: true }, 'New words.'),
    ],
  ];
  for (const [file, text] of texts) {
    const { page, problems } = await previewer.show({ file, text });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(page?.html).toContain('words.');
  }
});

test('a mistake is returned with its place, and the next text is shown', async () => {
  const newsroom = newsroomWithStories();
  const { newsroom: index, previewer } = openedNewsroom(newsroom.site);
  await index.refresh();
  const good = readFileSync(join(newsroom.site, a), 'utf8');
  const wrong = [
    good.replace('"world"', '"wrold"'),
    good.replace('---\n', '---\nnote: [\n'),
    `${good}\n[dead](story:nowhere)\n`,
    `${good}\n![](missing.jpg)\n`,
    '',
  ];
  for (const text of wrong) {
    const { page, problems } = await previewer.show({ file: a, text });
    expect(page).toBeUndefined();
    expect(problems.filter(({ severity, file }) => severity === 'error' && file === a)).not.toEqual([]);
  }
  expect((await previewer.show({ file: a, text: good })).page?.html).toContain('The harbour');
});

test('every story of the demo newsroom looks as it is printed, and after random edits as it will be printed', async () => {
  const site = mkdtempSync(join(tmpdir(), 'newsroom-demo-'));
  onTestFinished(() => rmSync(site, { recursive: true, force: true }));
  for (const name of ['content', 'public'])
    cpSync(join(templatesFolder, '..', name), join(site, name), { recursive: true });
  const at = '2027-01-01T12:00:00Z';
  const { newsroom: index, previewer } = openedNewsroom(site, at);
  await index.refresh();
  const press = await pressOf(site, await previewer.bundle(), Date.parse(at));
  await press.ingest();
  const stories = index.index
    .sql("SELECT file, card ->> 'address' AS address FROM story WHERE isPublic = 1 ORDER BY id")
    .all() as { file: string; address: string }[];
  expect(stories.length).toBeGreaterThan(20);
  for (const { file, address } of stories) {
    const { page } = await previewer.show({ file, text: readFileSync(join(site, file), 'utf8') });
    expect(unmarked(page?.html), file).toBe(await press.page(address));
  }
  const rnd = random(7);
  let compared = 0;
  for (let round = 0; round < 3; round++)
    for (const { file, address } of stories) {
      const before = readFileSync(join(site, file), 'utf8');
      const text = edited(before, rnd);
      const { page, problems } = await previewer.show({ file, text });
      if (problems.some(({ severity }) => severity === 'error')) continue;
      writeFileSync(join(site, file), text);
      await press.ingest();
      expect(unmarked(page?.html), file).toBe(await press.page(address));
      compared++;
      await index.refresh();
    }
  expect(compared).toBeGreaterThan(60);
});

/** The pages as the press prints them, from an index of its own. No picture is encoded for it. */
async function pressOf(site: string, bundle: Bundle, now: number) {
  const folder = mkdtempSync(join(tmpdir(), 'press-index-'));
  const press = openIndex(site, join(folder, 'index.db'), folder);
  onTestFinished(() => {
    closeIndexHandle(press);
    rmSync(folder, { recursive: true, force: true });
  });
  const templates = await openTemplates(serverEntry(bundle));
  return {
    ingest: () => transaction(press.db, () => ingest(press, scan(press, Date.now()), now)),
    page: async (address: string) => Buffer.from((await rendererOf(press, templates).render(address)).bytes).toString(),
  };
}

/** A text with a few changes as people make them: a word, a paragraph, a heading, something removed. */
function edited(text: string, rnd: (below: number) => number): string {
  const start = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0].length ?? 0;
  const blocks = text.slice(start).split('\n\n');
  const at = () => rnd(blocks.length);
  for (let i = 0; i < 1 + rnd(3); i++) {
    const kind = rnd(4);
    if (kind === 0) blocks.splice(at(), 0, 'A paragraph with *words* and “marks”.');
    else if (kind === 1) blocks.splice(at(), 0, '## A part');
    else if (kind === 2) blocks[at()] += '';
    else blocks.push('- one\n- two');
  }
  return text.slice(0, start) + blocks.join('\n\n');
}
