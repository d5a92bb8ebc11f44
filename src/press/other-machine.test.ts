import {
  appendFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeIndexHandle, openIndexHandle } from '../index/handle.ts';
import { scan } from '../ingest/scan.ts';
import { templateVersion } from './bundle.ts';
import { indexFile, realFolder } from './index-file.ts';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * What CI does: the newsroom, the cache, and dist are copied to the same path on another machine, where every file and
 * folder has another inode and other times.
 */

const picture = (colour: string) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: colour } })
    .png({ compressionLevel: 0 }) // the same number of bytes for each colour
    .toBuffer();
const page = '2025/02/s1/index.html';

/** Each kind of file in a newsroom, and another text of the same length. */
const kinds: Record<string, { file: string; from: string; to: string }> = {
  'site.yaml': { file: 'content/site.yaml', from: 'Example Post', to: 'Example Past' },
  'topics.yaml': { file: 'content/topics.yaml', from: 'The harbour', to: 'The airport' },
  'series.yaml': { file: 'content/series.yaml', from: 'A summer', to: 'A winter' },
  'an author': { file: 'content/authors/ann-example.yaml', from: 'Reporter', to: 'Engineer' },
  'a front': { file: 'content/fronts/home.yaml', from: 's1', to: 's2' },
  'a standing page': { file: 'content/pages/about.md', from: 'A paper', to: 'A sheet' },
  'a story': { file: 'content/stories/2025/02/s1.md', from: 'A first', to: 'A third' },
  'a story in a folder': { file: 'content/stories/2025/02/s0/index.mdx', from: 'With', to: 'Over' },
  'a sidecar': { file: 'content/stories/2025/02/s0/p.png.yaml', from: 'A plain', to: 'A grass' },
  'a table': { file: 'content/stories/2025/02/s0/t.csv', from: '1,2', to: '3,4' },
  'a document': { file: 'content/stories/2025/02/s0/report.pdf', from: 'one', to: 'two' },
  'a file of public/': { file: 'public/files/a.txt', from: 'a file', to: 'a text' },
};

let newsroom: SmallNewsroom;
let dist: string;
let cache: string;
let saved: string;
const at = (file: string) => join(dist, file);

beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/site.yaml': siteYaml,
    'content/topics.yaml': 'harbour: { title: The harbour }\n',
    'content/series.yaml': 'summer: { title: A summer }\n',
    'content/authors/ann-example.yaml': 'name: Ann Example\nrole: Reporter\n',
    'content/fronts/home.yaml': 'stories: [2025/02/s1]\n',
    'content/pages/about.md': '---\nheadline: About\n---\nA paper.\n',
    'content/stories/2025/02/s0/index.mdx': story(
      { headline: 'S 0', lead: { src: 'p.png', alt: 'A field' }, topics: ['harbour'], series: 'summer' },
      'With [a report](report.pdf).\n\n<Table src="t.csv" caption="Numbers" />',
    ),
    'content/stories/2025/02/s0/p.png': await picture('#a00'),
    'content/stories/2025/02/s0/p.png.yaml': 'caption: A plain in spring\n',
    'content/stories/2025/02/s0/t.csv': 'a,b\n1,2\n',
    'content/stories/2025/02/s0/report.pdf': '%PDF-1.4 one',
    'content/stories/2025/02/s1.md': story({ headline: 'S 1' }, 'A first text.'),
    'content/stories/2025/02/s2.md': story({ headline: 'S 2', byline: ['ann-example'] }),
    'public/files/a.txt': 'a file',
  });
  dist = join(newsroom.site, 'dist');
  cache = join(newsroom.site, '.broadsheet');
  saved = `${newsroom.site}-saved`;
  await newsroom.press({ dist: join(newsroom.site, 'other') }); // the templates of all tests
  mkdirSync(cache);
  const bundle = join('bundle', templateVersion(newsroom.site));
  for (const name of [bundle, 'fonts'])
    if (existsSync(join(sharedCache, name))) cpSync(join(sharedCache, name), join(cache, name), { recursive: true });
  rmSync(join(newsroom.site, 'other'), { recursive: true });
  await newsroom.press({ cache });
  cpSync(newsroom.site, saved, { recursive: true, preserveTimestamps: true });
}, 120_000);

/** A copy of everything, as it was after the first build, with current times. */
beforeEach(() => {
  rmSync(newsroom.site, { recursive: true });
  cpSync(saved, newsroom.site, { recursive: true });
});

afterAll(() => {
  for (const folder of [newsroom.site, saved]) rmSync(folder, { recursive: true, force: true });
});

const edit = (file: string, from: string, to: string) => {
  const text = readFileSync(join(newsroom.site, file), 'latin1');
  expect(text).toContain(from);
  writeFileSync(join(newsroom.site, file), text.replace(from, to), 'latin1');
};

/** Builds, and expects the result of a clean build with another cache. */
async function isAsClean() {
  const report = await newsroom.press({ cache });
  const clean = join(newsroom.site, 'clean');
  await newsroom.press({ dist: clean });
  const [ours, theirs] = [newsroom.dist(), newsroom.dist(clean)];
  expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
  expect([...ours].filter(([file, text]) => theirs.get(file) !== text).map(([file]) => file)).toEqual([]);
  rmSync(clean, { recursive: true });
  return report;
}

test('no file of the newsroom counts as changed, and a second scan reads none', () => {
  const index = openIndexHandle(newsroom.site, indexFile(cache, realFolder(dist)));
  try {
    const { changed, files } = scan(index, Date.now() + 3_600_000);
    // A file that no page is made from is copied again if it differs, which is checked later.
    expect([...changed].sort()).toEqual(['content/stories/2025/02/s0/report.pdf', 'public/files/a.txt']);
    expect(files.length).toBeGreaterThan(10);
  } finally {
    closeIndexHandle(index);
  }
});

test('nothing is rendered or written when nothing changed', async () => {
  const before = lstatSync(at(page)).ino;
  const nothing = { added: [], changed: [], removed: [], repaired: [], rendered: 0 };
  expect(await isAsClean()).toMatchObject(nothing);
  expect(lstatSync(at(page)).ino).toBe(before);
  expect(await newsroom.press({ cache })).toMatchObject(nothing);
});

test('a one-word edit renders only the pages that it affects', async () => {
  edit('content/stories/2025/02/s1.md', 'A first', 'One more');
  const { rendered, changed, repaired } = await isAsClean();
  expect(changed).toContain(page);
  expect(repaired).toEqual([]);
  expect(rendered).toBeLessThanOrEqual(7); // the story and the feeds that contain it
});

describe.each(Object.entries(kinds))('%s', (_, { file, from, to }) => {
  test('that changed is detected, even if its size and date stayed the same', async () => {
    const { mtime } = lstatSync(join(saved, file));
    edit(file, from, to);
    utimesSync(join(newsroom.site, file), mtime, mtime);
    const { changed } = await isAsClean();
    expect(changed.length).toBeGreaterThan(0);
  });
});

test('a picture that changed is detected, even if its size and date stayed the same', async () => {
  const file = join(newsroom.site, 'content/stories/2025/02/s0/p.png');
  const { mtime, size } = lstatSync(join(saved, 'content/stories/2025/02/s0/p.png'));
  writeFileSync(file, await picture('#0a0'));
  utimesSync(file, mtime, mtime);
  expect(lstatSync(file).size).toBe(size);
  const { added } = await isAsClean();
  expect(added.filter((name) => name.startsWith('assets/pictures/')).length).toBeGreaterThan(0);
});

test('files that were added or deleted are detected', async () => {
  newsroom.put('content/stories/2025/02/s3.md', story({ headline: 'S 3' }));
  newsroom.remove('content/stories/2025/02/s2.md');
  const { added, removed } = await isAsClean();
  expect(added).toContain('2025/02/s3/index.html');
  expect(removed).toContain('2025/02/s2/index.html');
});

describe('a restored dist that somebody tampered with is corrected', () => {
  const files = [page, 'index.html', 'feed.xml', 'files/a.txt', 'about/index.html'];
  const damages: Record<string, (path: string) => void> = {
    'a file has other bytes': (path) => appendFileSync(path, '<script>'),
    'other bytes, as many, with the old date': (path) => {
      const { size, mtime } = lstatSync(path);
      writeFileSync(path, Buffer.alloc(size, 'x'));
      utimesSync(path, mtime, mtime);
    },
    'a file is gone': (path) => rmSync(path),
    'a file is empty': (path) => writeFileSync(path, ''),
    'a folder is in place of a file': (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  };
  test.each(Object.entries(damages))('%s', async (_, damage) => {
    for (const file of files) damage(at(file));
    expect((await isAsClean()).repaired.toSorted()).toEqual(files.toSorted());
  });

  test('files were added', async () => {
    for (const file of ['stray.html', '2025/02/s1/stray.html', 'new/folder/stray.html']) {
      mkdirSync(join(at(file), '..'), { recursive: true });
      writeFileSync(at(file), 'stray');
    }
    expect((await isAsClean()).repaired).toHaveLength(3);
  });

  test('and a picture was truncated', async () => {
    const cut = [...newsroom.dist().keys()].find((file) => /^assets\/pictures\/.*\.avif$/.test(file))!;
    writeFileSync(at(cut), readFileSync(at(cut)).subarray(0, 20));
    expect((await isAsClean()).repaired).toEqual([cut]);
  });

  test('it is from an older build than the cache', async () => {
    newsroom.put('content/stories/2025/02/s4.md', story({ headline: 'S 4' }));
    cpSync(dist, `${dist}-old`, { recursive: true });
    await newsroom.press({ cache });
    rmSync(dist, { recursive: true });
    renameSync(`${dist}-old`, dist);
    await isAsClean();
  });
});
