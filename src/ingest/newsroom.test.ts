import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PictureError } from '../pictures/problems.ts';
import { error } from '../problems/problem.ts';
import { siteSchema } from '../site/site.ts';
import { file, newsroomWith } from './ingested.fixture.ts';
import { filesBeside, newsroomOf } from './newsroom.ts';

const site = siteSchema.parse({
  name: 'The Post',
  url: 'https://post.example',
  sections: [{ id: 'world', title: 'World' }],
});
const nothing = { broken: new Map(), unprintable: new Map() };
const folder = 'content/stories/2025/02/a';
const files = {
  ...file('2025/02/a', { byline: ['ann'] }, 'See [it](plan.pdf), [it](more/Map.PDF), and [it](other/b.pdf).'),
  [`${folder}/plan.pdf`]: '%PDF',
  [`${folder}/more/Map.PDF`]: '%PDF-1',
  [`${folder}/more/deep/note.pdf`]: '%PDF',
  [`${folder}/other/index.md`]: file('x')['content/stories/x/index.md']!,
  [`${folder}/other/b.pdf`]: '%PDF',
  [`${folder}/.hidden.pdf`]: '%PDF',
  'content/authors/ann.yaml': 'name: Ann\n',
};

test('authors, and topics by their spellings, come from the index', async () => {
  const { index } = await newsroomWith(files);
  const newsroom = newsroomOf(index, site, { entries: {}, ids: { docks: 'harbour' } }, nothing);
  expect(newsroom.authorIds()).toEqual(['ann']);
  expect(newsroom.author('ann')?.name).toBe('Ann');
  expect(newsroom.author('bob')).toBeUndefined();
  expect([newsroom.topicId('Docks'), newsroom.topicId('Quay'), newsroom.topicId('Docks')]).toEqual([
    'harbour',
    'quay',
    'harbour',
  ]);
});

test('a document is in the folder, under the name that it has on disk, and not in the folder of a story below', async () => {
  const { index } = await newsroomWith(files);
  const { document } = newsroomOf(index, site, { entries: {}, ids: {} }, nothing);
  expect(document?.(`${folder}/plan.pdf`, folder)).toEqual({ path: `${folder}/plan.pdf`, bytes: 4 });
  expect(document?.(`${folder}/more/Map.PDF`, folder)).toEqual({ path: `${folder}/more/Map.PDF`, bytes: 6 });
  expect(document?.(`${folder}/more/deep/note.pdf`, folder)).toEqual({
    path: `${folder}/more/deep/note.pdf`,
    bytes: 4,
  });
  for (const other of ['other/b.pdf', '.hidden.pdf', 'none.pdf'])
    expect(document?.(`${folder}/${other}`, folder)).toBeUndefined();
});

test('a document that leads out of the folder does not count', async () => {
  const newsroom = await newsroomWith({ ...files, 'content/stories/2025/02/b/secret.pdf': '%PDF' });
  symlinkSync(join(newsroom.root, 'content/stories/2025/02/b/secret.pdf'), join(newsroom.root, folder, 'link.pdf'));
  await newsroom.ingest();
  const { document } = newsroomOf(newsroom.index, site, { entries: {}, ids: {} }, nothing);
  expect(document?.(`${folder}/link.pdf`, folder)).toBeUndefined();
});

test('for a broken file, the reason is known, whatever spelling is used', async () => {
  const { index } = await newsroomWith(files);
  const problem = error('table-empty', { file: 'a', line: 1 }, 'Nothing is in it.');
  const newsroom = newsroomOf(
    index,
    site,
    { entries: {}, ids: {} },
    {
      broken: new Map([['content/a.jpg', new PictureError('picture-truncated', 'It is cut off.', 'Export it again.')]]),
      unprintable: new Map([['content/t.csv', [problem]]]),
    },
  );
  expect(newsroom.picture('content/a.jpg')).toMatchObject({ rule: 'picture-truncated', reason: 'It is cut off.' });
  expect(newsroom.picture('content/b.jpg')).toBeUndefined();
  expect(newsroom.table?.('content/t.csv')).toEqual({ problems: [problem] });
  expect(newsroom.table?.('content/u.csv')).toBeUndefined();
});

test('the files beside a file are those of its folder, without those in folders below or with a similar name', async () => {
  const { index } = await newsroomWith({
    ...files,
    'content/stories/2025/02/a-b/c.pdf': '',
    'content/stories/2025/02/c.md': file('y')['content/stories/y/index.md']!,
  });
  expect(filesBeside(index, `${folder}/index.md`).sort()).toEqual(['index.md', 'plan.pdf']);
  expect(filesBeside(index, `${folder}/more/x`)).toEqual(['Map.PDF']);
  expect(filesBeside(index, 'content/nowhere/x')).toEqual([]);
});
