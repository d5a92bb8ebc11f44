import {
  appendFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexFile, realFolder } from './index-file.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * dist is what the last build wrote, whatever somebody has done to it since: each build notices this, corrects it, and
 * reports it.
 */

let newsroom: SmallNewsroom;
let dist: string;
let cache: string;
let whole: Map<string, string>;
const at = (file: string) => join(dist, file);
const page = '2025/02/s1/index.html';
const assetsOf = (pattern: RegExp) => [...whole.keys()].filter((file) => pattern.test(file));

beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/s0/index.md': story({ headline: 'S 0', lead: { src: 'p.jpg', alt: 'A field' } }),
    'content/stories/2025/02/s0/p.jpg': await sharp({
      create: { width: 300, height: 200, channels: 3, background: '#a00' },
    })
      .jpeg()
      .toBuffer(),
    'content/stories/2025/02/s1.md': story({ headline: 'S 1', topics: ['Harbour'], aliases: ['/old/s1/'] }),
    'content/stories/2025/02/s2.md': story({ headline: 'S 2' }),
    'public/files/a.txt': 'a file',
    'public/.well-known/security.txt': 'Contact: mailto:desk@post.example',
  });
  dist = join(newsroom.site, 'dist');
  cache = join(newsroom.site, '.broadsheet');
  await newsroom.press({ cache });
  whole = newsroom.dist();
}, 120_000);

afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/** The names of files that only one of two sites has, or that differ. */
const differences = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((file) => one.get(file) !== other.get(file));

/** Builds, and expects that dist is correct again, the given report, and that the next build finds nothing to do. */
async function isPutRight(repaired: string[], options: Parameters<SmallNewsroom['press']>[0] = {}): Promise<void> {
  const report = await newsroom.press({ cache, ...options });
  expect(report.repaired.toSorted()).toEqual(repaired.toSorted());
  expect(differences(newsroom.dist(), whole)).toEqual([]);
  expect(await newsroom.press({ cache })).toMatchObject({
    added: [],
    changed: [],
    removed: [],
    repaired: [],
    rendered: 0,
  });
}

test('after rm -rf dist/*, which leaves the marker, everything is written again', async () => {
  for (const name of readdirSync(dist)) if (!name.startsWith('.')) rmSync(at(name), { recursive: true });
  await isPutRight([...whole.keys()].filter((file) => !file.startsWith('.')));
});

test('and also without the folder, or with an empty folder', async () => {
  rmSync(dist, { recursive: true });
  await isPutRight([]);
  for (const name of readdirSync(dist)) rmSync(at(name), { recursive: true });
  await isPutRight([]);
});

describe('a file that is', () => {
  const files = () => ({
    page,
    'a front': 'index.html',
    'an alias': 'old/s1/index.html',
    'a feed': 'feed.xml',
    'a style sheet': assetsOf(/\.css$/)[0]!,
    'a font': assetsOf(/\.woff2$/)[0]!,
    'a picture': assetsOf(/pictures\/.*\.avif$/)[0]!,
    'a file of public/': 'files/a.txt',
  });
  const names = [
    'page',
    'a front',
    'an alias',
    'a feed',
    'a style sheet',
    'a font',
    'a picture',
    'a file of public/',
  ] as const;
  const damages: Record<string, (path: string) => void> = {
    missing: (path) => rmSync(path),
    'changed by hand': (path) => appendFileSync(path, '<!-- changed -->'),
    truncated: (path) => truncateSync(path, 3),
    'changed to as many bytes, with its old date': (path) => {
      const { mtime, size } = lstatSync(path);
      writeFileSync(path, Buffer.alloc(size, 'x'));
      utimesSync(path, mtime, mtime);
    },
    'a folder': (path) => {
      rmSync(path);
      mkdirSync(path);
    },
    'a folder with files': (path) => {
      rmSync(path);
      mkdirSync(join(path, 'deep'), { recursive: true });
      writeFileSync(join(path, 'deep/stray.txt'), 'stray');
    },
    'a link to the same bytes': (path) => {
      renameSync(path, join(newsroom.site, 'elsewhere'));
      symlinkSync(join(newsroom.site, 'elsewhere'), path);
    },
  };
  describe.each(Object.entries(damages))('%s', (_, damage) => {
    test('is written again', { timeout: 60_000 }, async () => {
      for (const name of names) damage(at(files()[name]));
      await isPutRight(names.map((name) => files()[name]));
      for (const name of names) expect(lstatSync(at(files()[name])).isFile()).toBe(true);
    });
  });

  test('only touched is compared and not written', async () => {
    const { ino } = lstatSync(at(page));
    utimesSync(at(page), 1, 1);
    await isPutRight([]);
    expect(lstatSync(at(page)).ino).toBe(ino);
  });
});

describe('a stray', () => {
  const strays: Record<string, string[]> = {
    'file at the top': ['stray.html'],
    'hidden file': ['.htaccess', '.DS_Store'],
    'file beside a page': ['2025/02/s1/stray.html'],
    'file among the pictures': ['assets/pictures/stray.jpg'],
    'folder with folders': ['new/a/b.txt', 'new/c.txt', '2025/02/s9/index.html'],
  };
  test.each(Object.entries(strays))('%s is removed, with its folder', async (_, files) => {
    for (const file of files) {
      mkdirSync(join(at(file), '..'), { recursive: true });
      writeFileSync(at(file), 'stray');
    }
    mkdirSync(at('empty/empty'), { recursive: true });
    await isPutRight(files);
    for (const folder of ['empty', 'new', '2025/02/s9']) expect(existsSync(at(folder))).toBe(false);
  });

  test('link is removed, and its target stays', async () => {
    const outside = join(newsroom.site, 'outside');
    mkdirSync(outside, { recursive: true });
    writeFileSync(join(outside, 'mine.txt'), 'mine');
    symlinkSync(outside, at('link'));
    await isPutRight(['link']);
    expect(readFileSync(join(outside, 'mine.txt'), 'utf8')).toBe('mine');
  });

  test('file or link in place of a folder is removed; nothing is written or removed through the link', async () => {
    const below = (folder: string) => [...whole.keys()].filter((file) => file.startsWith(`${folder}/`));
    const outside = join(newsroom.site, 'outside-2025');
    renameSync(at('2025'), outside);
    writeFileSync(join(outside, 'mine.txt'), 'mine');
    symlinkSync(outside, at('2025'));
    const before = newsroom.dist(outside);
    await isPutRight(below('2025'));
    expect(differences(newsroom.dist(outside), before)).toEqual([]);
    rmSync(at('2025'), { recursive: true });
    writeFileSync(at('2025'), 'a file');
    await isPutRight(below('2025'));
  });

  test('does not include what a version control system or a certificate authority keeps there', async () => {
    for (const file of ['.git/HEAD', '.well-known/acme-challenge/token']) {
      mkdirSync(join(at(file), '..'), { recursive: true });
      writeFileSync(at(file), 'mine');
    }
    writeFileSync(at('.well-known/stray.txt'), 'stray');
    expect((await newsroom.press({ cache })).repaired).toEqual(['.well-known/stray.txt']);
    expect((await newsroom.press({ cache, clean: true })).removed).toEqual([]);
    for (const file of ['.git/HEAD', '.well-known/acme-challenge/token'])
      expect(readFileSync(at(file), 'utf8')).toBe('mine');
    for (const folder of ['.git', '.well-known/acme-challenge']) rmSync(at(folder), { recursive: true });
    await isPutRight([]);
  });
});

describe('a copy of the folder', () => {
  const copied = () => {
    cpSync(dist, `${dist}-copy`, { recursive: true });
    rmSync(dist, { recursive: true });
    renameSync(`${dist}-copy`, dist);
  };
  test('is compared; no page is rendered and no file is written', async () => {
    copied();
    const report = await newsroom.press({ cache });
    expect(report).toMatchObject({ added: [], changed: [], removed: [], repaired: [], rendered: 0 });
    await isPutRight([]);
  });

  test('that is incomplete is corrected', async () => {
    copied();
    writeFileSync(at(page), 'changed');
    rmSync(at('feed.xml'));
    writeFileSync(at('stray.txt'), 'stray');
    await isPutRight([page, 'feed.xml', 'stray.txt']);
  });

  test('of an older site, with a newer record, is brought up to date', async () => {
    cpSync(dist, `${dist}-old`, { recursive: true, preserveTimestamps: true });
    newsroom.put('content/stories/2025/02/s3.md', story({ headline: 'S 3' }));
    newsroom.remove('content/stories/2025/02/s2.md');
    await newsroom.press({ cache });
    const newer = newsroom.dist();
    rmSync(dist, { recursive: true });
    renameSync(`${dist}-old`, dist);
    await newsroom.press({ cache });
    expect(differences(newsroom.dist(), newer)).toEqual([]);
    newsroom.put('content/stories/2025/02/s2.md', story({ headline: 'S 2' }));
    newsroom.remove('content/stories/2025/02/s3.md');
    await newsroom.press({ cache });
    await isPutRight([]);
  });
});

test('bytes that changed without a change of size and times: a build does not notice, --verify does', async () => {
  const damage = () => {
    writeFileSync(at(page), Buffer.alloc(lstatSync(at(page)).size, 'x'));
    const { mtimeMs, ctimeMs } = lstatSync(at(page));
    const db = new DatabaseSync(indexFile(cache, realFolder(dist)));
    const { changes } = db
      .prepare('UPDATE distFile SET mtime = ?, ctime = ? WHERE file = ?')
      .run(mtimeMs, ctimeMs, page);
    expect(changes).toBe(1);
    db.close();
  };
  damage();
  expect(await newsroom.press({ cache })).toMatchObject({ changed: [], repaired: [] });
  expect(differences(newsroom.dist(), whole)).toEqual([page]);
  await isPutRight([page], { isVerified: true });
});

test('a mistake in the newsroom leaves dist as it is, and the build after the correction repairs it', async () => {
  rmSync(at(page));
  newsroom.put('content/stories/2025/02/s9.md', story({ section: 'nowhere' }));
  await expect(newsroom.press({ cache })).rejects.toThrow();
  expect(existsSync(at(page))).toBe(false);
  newsroom.remove('content/stories/2025/02/s9.md');
  await isPutRight([page]);
});

test('with a list of changes, dist is not checked', async () => {
  rmSync(at(page));
  expect(await newsroom.press({ cache, changed: ['content/stories/2025/02/s2.md'] })).toMatchObject({ repaired: [] });
  expect(existsSync(at(page))).toBe(false);
  await isPutRight([page], { changed: ['content/stories/2025/02/s2.md'], isVerified: true });
});
