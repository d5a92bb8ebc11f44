import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import { withTemporaryIndex } from '../index/temporary.ts';
import { indexFile } from '../press/index-file.ts';
import { pagesOf, pagesToTry } from '../press/known-pages.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { documentFileAt, filesOfPage, pageOfFile, publicFileAt } from './files.ts';

const folder = 'content/stories/2025/02/a';
let newsroom: SmallNewsroom;
let index: IndexHandle;

beforeAll(async () => {
  newsroom = smallNewsroom({
    'public/robots.txt': 'User-agent: *\n',
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
    [`${folder}/index.md`]: story(
      { headline: 'A', byline: ['ann'] },
      'See [the plan](plan.pdf) and [b](story:2025/02/b).',
    ),
    [`${folder}/plan.pdf`]: '%PDF-1.4\n',
    'content/stories/2025/02/b.md': story({ headline: 'B' }),
    'content/stories/2025/02/later/index.md': story(
      { headline: 'Later', published: '2031-01-01' },
      'See [it](secret.pdf).',
    ),
    'content/stories/2025/02/later/secret.pdf': '%PDF-1.4\n',
  });
  await newsroom.press();
  index = openIndexHandle(newsroom.site, indexFile(sharedCache, realpathSync(join(newsroom.site, 'dist'))), 'read');
}, 120_000);
afterAll(() => {
  closeIndexHandle(index);
  rmSync(newsroom.site, { recursive: true, force: true });
});

test('a file is served from public/ and from the folder of a story that readers see, and nothing else is', () => {
  expect(publicFileAt(index, '/robots.txt')).toBe('public/robots.txt');
  expect(publicFileAt(index, '/2025/02/a/plan.pdf')).toBe(`${folder}/plan.pdf`);
  for (const path of ['/2025/02/a/index.md', '/2025/02/later/secret.pdf', '/content/site.yaml', '/'])
    expect(publicFileAt(index, path)).toBeUndefined();
});

test('a document of a scheduled story is found, and only a document', () => {
  const address = [...index.sql("SELECT card ->> 'address' AS address FROM story WHERE isPublic = 0").all()][0] as {
    address: string;
  };
  expect(documentFileAt(index, `${address.address}secret.pdf`)).toBe('content/stories/2025/02/later/secret.pdf');
  expect(documentFileAt(index, `${address.address}other.pdf`)).toBeUndefined();
  expect(documentFileAt(index, address.address)).toBeUndefined();
});

test('a page names the files that it is made from, and a file names its page', () => {
  expect(filesOfPage(index, { kind: 'story', story: '2025/02/a' })).toEqual(
    expect.arrayContaining([`${folder}/`, 'content/authors/ann.yaml', 'content/authors/ann.yml']),
  );
  expect(filesOfPage(index, { kind: 'page', page: 'about' })).toEqual(['content/pages/about.md']);
  expect(filesOfPage(index, { kind: 'author', author: 'ann' })).toEqual(['content/authors/ann.yaml']);
  expect(filesOfPage(index, { kind: 'search' })).toEqual([]);
  expect(pageOfFile(index, `${folder}/plan.pdf`)).toBe('/2025/02/a/');
  expect(pageOfFile(index, 'content/stories/2025/02/b.md')).toBe('/2025/02/b/');
  expect(pageOfFile(index, 'content/pages/about.md')).toBe('/about/');
  expect(pageOfFile(index, 'content/authors/ann.yaml')).toBe('/authors/ann/');
  expect(pageOfFile(index, 'content/fronts/home.yaml')).toBe('/');
  expect(pageOfFile(index, 'content/site.yaml')).toBeUndefined();
});

test('the published pages are known, and a page of each kind can be rendered before', () => {
  expect(pagesOf(index)).toEqual(expect.arrayContaining(['/', '/2025/02/a/', '/about/', '/authors/ann/']));
  const { addresses, stories } = pagesToTry(index);
  expect(addresses).toEqual(expect.arrayContaining(['/', '/about/', '/2025/02/', '/authors/ann/']));
  expect(stories.map(({ file }) => file).sort()).toEqual([`${folder}/index.md`, 'content/stories/2025/02/b.md'].sort());
});

test('a temporary index leaves nothing behind, whatever happens', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'cache-'));
  const { readdirSync } = await import('node:fs');
  try {
    let opened: IndexHandle | undefined;
    await expect(
      withTemporaryIndex(newsroom.site, cache, 'engine', async (temporary) => {
        opened = temporary;
        temporary.sql("INSERT INTO meta VALUES ('a', 'b')").run();
        throw new Error('enough');
      }),
    ).rejects.toThrow('enough');
    expect(opened?.db.isOpen).toBe(false);
    expect(readdirSync(cache).filter((name) => name.startsWith('temporary-'))).toEqual([]);
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});
