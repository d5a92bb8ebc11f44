import { expect, test } from 'vitest';
import { knownFiles, linkingTo, turningFiles } from './again.ts';
import { beginRun, ingestAgain, ingestAllAgain, ingestDependentsAgain } from './ingest-run.ts';
import { file, fileOf, newsroomWith } from './ingested.fixture.ts';
import { scan } from './scan.ts';

const files = {
  ...file('2025/02/a', { byline: ['ann'] }, 'See [b](story:2025/02/b).'),
  ...file('2025/02/b', { id: 'named' }, 'See [c](story:2025/02/later).'),
  ...file('2025/02/c', {}, 'See [b](story:named).'),
  ...file('2025/02/later', { published: '2031-01-01' }),
  ...file('2025/02/draft', { draft: true }),
  'content/authors/ann.yaml': 'name: Ann\n',
  'content/pages/about.mdx': '---\nheadline: About\n---\n\n<Profile author="ann" />\n',
  'content/fronts/home.yaml': 'stories: [2025/02/b]\n',
  'public/a.txt': 'a',
};

test('existing files, each once, and no more than requested', async () => {
  const { index } = await newsroomWith(files);
  expect(knownFiles(index, ['content/site.yaml', 'content/gone.yaml', 'content/site.yaml'], 9)).toEqual([
    'content/site.yaml',
  ]);
  expect(knownFiles(index, ['content/site.yaml', 'public/a.txt'], 1)).toEqual(['content/site.yaml']);
});

test('stories that are due, or are not due yet', async () => {
  const { index } = await newsroomWith(files);
  const due = Date.parse('2031-01-01T00:00Z');
  expect(turningFiles(index, due - 1)).toEqual([]);
  expect(turningFiles(index, due)).toEqual([fileOf('2025/02/later')]);
  expect(turningFiles(index, Date.parse('2025-02-12T17:59:59Z')).sort()).toEqual(
    ['a', 'b', 'c'].map((id) => fileOf(`2025/02/${id}`)),
  );
});

test('files that link to a story by any of its names, and no more than requested', async () => {
  const { index } = await newsroomWith(files);
  expect(linkingTo(index, [fileOf('2025/02/b')], 9).sort()).toEqual([
    'content/fronts/home.yaml',
    fileOf('2025/02/a'),
    fileOf('2025/02/c'),
  ]);
  expect(linkingTo(index, [fileOf('2025/02/b')], 2)).toHaveLength(2);
  expect(linkingTo(index, [fileOf('2025/02/a')], 9)).toEqual([]);
});

test('a run queues what an owner or a dependency stands for, or everything that is derived from the site', async () => {
  const { index } = await newsroomWith(files);
  const run = () => beginRun(scan(index, Date.now() + 3_600_000), 0);
  const taken = ({ files: { stories, pages, authors, fronts, publicFiles } }: ReturnType<typeof run>) =>
    [stories, pages, authors, fronts, publicFiles].map((some) => [...some].sort());
  const one = run();
  for (const owner of ['story/2025/02/a', 'page/about', 'author/ann', 'site', 'front/home'])
    ingestAgain(index, owner, one);
  expect(taken(one)).toEqual([
    [fileOf('2025/02/a')],
    ['content/pages/about.mdx'],
    ['content/authors/ann.yaml'],
    [],
    [],
  ]);
  const dependents = run();
  ingestDependentsAgain(index, 'author:ann', dependents);
  expect(taken(dependents)).toEqual([[fileOf('2025/02/a')], ['content/pages/about.mdx'], [], [], []]);
  const all = run();
  ingestAllAgain(index, all);
  expect(taken(all)).toEqual([
    Object.keys(files)
      .filter((name) => name.endsWith('.md'))
      .sort(),
    ['content/pages/about.mdx'],
    [],
    ['content/fronts/home.yaml'],
    ['public/a.txt'],
  ]);
});
