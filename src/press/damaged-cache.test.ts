import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../cli/command-line.fixture.ts';
import { templateVersion } from './bundle.ts';
import { indexFile, realFolder } from './index-file.ts';
import { isWhole, writeReceipt } from './receipt.ts';
import { type SmallNewsroom, sharedCache, smallNewsroom, story, walk } from './small-newsroom.fixture.ts';

/*
 * Whatever is missing, truncated, emptied, changed, or in the way in the cache, the next build creates it again and
 * produces the same site.
 */

/** Every kind of file in a cache. If a build adds another kind, this list must say what happens when it is damaged. */
const kinds = {
  index: /^index\/\w+\.db$/,
  'note of how the index was closed': /^index\/\w+\.db\.closed$/,
  'log of the index': /^index\/\w+\.db-(?:wal|shm)$/,
  'compiled texts': /^index\/\w+\.db\.bodies-\d+$/,
  'known pictures': /^pictures\.db(?:-wal|-shm)?$/,
  'note of the installed packages': /^packages\.json$/,
  lock: /^lock\.db(?:-journal)?$/,
  'note of who has the lock': /^lock\.json$/,
  rendition: /^renditions\/[0-9a-f]{20}-[\w-]+\.\w+$/,
  'ledger of renditions': /^renditions\/[0-9a-f]{20}\.sha256$/,
  fonts: /^fonts\/[\w-]+\/[\w.-]+\.(?:woff2|css)$/,
  'fonts of social pictures': /^fonts\/social-[\w-]+\/[\w.-]+\.(?:ttf|txt)$/,
  'configuration of fonts': /^social-fonts\.conf$/,
  'index of fonts': /^fontconfig\/[\w.-]+$/,
  templates: /^bundle\/[\w-]+\/(?:(?:server|client)\/|theme-inputs\.json$)/,
  receipt: /^(?:fonts|bundle)\/[\w-]+\/receipt\.json$/,
} satisfies Record<string, RegExp>;

const damages: Record<string, (path: string) => void> = {
  missing: (path) => rmSync(path),
  empty: (path) => truncateSync(path),
  'cut short': (path) => truncateSync(path, Math.floor(lstatSync(path).size / 2)),
  garbage: (path) => writeFileSync(path, Buffer.alloc(5000, 'garbage ')),
  'garbage of the same size': (path) => writeFileSync(path, Buffer.alloc(lstatSync(path).size, 'x')),
  'changed in the middle': (path) => {
    const bytes = readFileSync(path);
    bytes.fill(0xa5, bytes.length >> 1, Math.min(bytes.length, (bytes.length >> 1) + 600));
    writeFileSync(path, bytes);
  },
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(join(path, 'deep'), { recursive: true });
  },
};

let newsroom: SmallNewsroom;
let cache: string;
let index: string;
let edits = 0;

/** The contents of the cache, by path. */
const filesOf = () => walk(cache).map((path) => path.slice(cache.length + 1));
const namesOf = (kind: RegExp) => filesOf().filter((file) => kind.test(file));

beforeAll(async () => {
  newsroom = smallNewsroom({
    'content/stories/2025/02/s/index.md': story({ lead: { src: 'p.jpg', alt: 'A field' } }),
    'content/stories/2025/02/s/p.jpg': await sharp({
      create: { width: 300, height: 200, channels: 3, background: '#a00' },
    })
      .jpeg()
      .toBuffer(),
    'public/a.txt': 'a file',
  });
  cache = join(newsroom.site, '.broadsheet');
  // The templates of all tests.
  await newsroom.press();
  mkdirSync(cache);
  const bundle = join('bundle', templateVersion(newsroom.site));
  for (const name of [bundle, 'fonts']) cpSync(join(sharedCache, name), join(cache, name), { recursive: true });
  await newsroom.press({ cache });
  index = indexFile(cache, realFolder(join(newsroom.site, 'dist')));
}, 120_000);
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/**
 * Makes an edit that needs everything, builds, and expects the result of a clean build with another cache.
 *
 * @param isDrawn with a new headline, whose social picture each of the builds has to draw
 */
async function buildsTheSame({ isDrawn = false } = {}): Promise<string[]> {
  edits += 1;
  newsroom.put(
    'content/stories/2025/02/e.md',
    story({ headline: isDrawn ? `Edit ${edits}` : 'Edit' }, `Text ${edits}.`),
  );
  const notices: string[] = [];
  await newsroom.press({ cache, onNotice: (sentence) => notices.push(sentence) });
  const clean = join(newsroom.site, 'clean');
  await newsroom.press({ dist: clean });
  expect([...newsroom.dist().keys()].sort()).toEqual([...newsroom.dist(clean).keys()].sort());
  for (const [file, text] of newsroom.dist(clean)) expect(newsroom.dist().get(file) === text, file).toBe(true);
  // What was damaged is complete again, and it is not reported a second time.
  const again: string[] = [];
  expect(await newsroom.press({ cache, onNotice: (sentence) => again.push(sentence) })).toMatchObject({
    rendered: 0,
    added: [],
    removed: [],
    repaired: [],
  });
  expect(again).toEqual([]);
  return notices;
}

test('every kind of file in a cache is tested here', async () => {
  await call(['check', '--site', newsroom.site], { env: { BROADSHEET_CACHE: cache } });
  await call(['pictures', '--site', newsroom.site], { env: { BROADSHEET_CACHE: cache } });
  const strange = () => filesOf().filter((file) => !Object.values(kinds).some((kind) => kind.test(file)));
  expect(strange()).toEqual([]);
  writeFileSync(join(cache, 'new-kind.json'), '');
  expect(strange()).toEqual(['new-kind.json']);
  rmSync(join(cache, 'new-kind.json'));
});

const { templates: _, fonts: __, receipt: ___, ...quick } = kinds;
describe.each(Object.entries(quick))('%s', (name, kind) => {
  test.each(Object.entries(damages))('%s', { timeout: 60_000 }, async (damage, harm) => {
    // Files of a build that is running or was killed.
    if (namesOf(kind).length === 0) {
      const file = { 'log of the index': `${index}-wal`, 'compiled texts': `${index}.bodies-1` }[name];
      writeFileSync(file ?? join(cache, 'lock.json'), 'left behind by a killed build');
      if (name === 'log of the index') writeFileSync(`${index}-shm`, 'left behind');
    }
    for (const file of namesOf(kind)) harm(join(cache, file));
    // A rendition is compared when it is about to be copied to dist.
    if (name.includes('rendition')) rmSync(join(newsroom.site, 'dist/assets/pictures'), { recursive: true });
    const notices = await buildsTheSame({ isDrawn: /fonts|rendition/.test(name) });
    expect(notices.length).toBeLessThanOrEqual(1);
    // A change in the middle of the file may have hit an unused part.
    if (name === 'index' && !['missing', 'empty', 'changed in the middle'].includes(damage))
      expect(notices).toEqual([
        'The index in the cache was damaged. Broadsheet creates it again and compares every file of the site.',
      ]);
  });
});

test('strays and changes in dist are also found if the index is lost', async () => {
  truncateSync(index, 3000);
  writeFileSync(join(newsroom.site, 'dist/stray.txt'), 'stray');
  writeFileSync(join(newsroom.site, 'dist/index.html'), 'changed');
  await buildsTheSame();
});

describe('templates', () => {
  test.each([
    ['a chunk is missing', /server\/chunks\/.*\.mjs$/, damages.missing!],
    ['a style sheet is empty', /client\/.*\.css$/, damages.empty!],
    ['the entry is a folder', /server\/entry\.mjs$/, damages['a folder']!],
  ])('%s: they are built again, with one line in the output', { timeout: 240_000 }, async (_, file, harm) => {
    harm(join(cache, namesOf(kinds.templates).find((name) => file.test(name))!));
    expect(await buildsTheSame()).toEqual([
      'The compiled templates in the cache were damaged. Broadsheet compiles them again.',
    ]);
  });

  test('if fonts in the cache are empty, they are subset again when templates are built', {
    timeout: 240_000,
  }, async () => {
    for (const file of namesOf(kinds.fonts)) truncateSync(join(cache, file));
    rmSync(join(cache, 'bundle'), { recursive: true });
    await buildsTheSame();
    const folders = readdirSync(join(cache, 'fonts')).map((name) => join(cache, 'fonts', name));
    expect(folders.some((folder) => isWhole(folder, true))).toBe(true);
  });
});

describe('a folder with a receipt', () => {
  const folder = () => join(newsroom.site, 'whole');
  const make = () => {
    rmSync(folder(), { recursive: true, force: true });
    mkdirSync(join(folder(), 'deep'), { recursive: true });
    for (const file of ['a.mjs', 'deep/b.css']) writeFileSync(join(folder(), file), `${file} `.repeat(500));
    writeReceipt(folder());
  };
  test.each(Object.entries(damages))('is not complete if a file is %s', (_, harm) => {
    for (const file of ['a.mjs', 'deep/b.css', 'receipt.json']) {
      make();
      expect(isWhole(folder())).toBe(true);
      harm(join(folder(), file));
      expect(isWhole(folder()), file).toBe(false);
    }
  });
  test('is not complete with an additional file, and complete as a copy with other times', () => {
    make();
    cpSync(folder(), `${folder()}-copy`, { recursive: true });
    expect(isWhole(`${folder()}-copy`)).toBe(true);
    writeFileSync(join(folder(), 'deep/c.css'), 'stray');
    expect(isWhole(folder())).toBe(false);
  });
});

describe('folders', () => {
  test.each(['index', 'renditions', 'fonts'])('a file in place of %s/', { timeout: 120_000 }, async (name) => {
    rmSync(join(cache, name), { recursive: true });
    writeFileSync(join(cache, name), 'a file');
    if (name === 'renditions') rmSync(join(newsroom.site, 'dist/assets/pictures'), { recursive: true });
    await buildsTheSame();
  });

  test('a file in place of the cache is reported plainly', async () => {
    const file = join(newsroom.site, 'no-cache');
    writeFileSync(file, '');
    for (const place of [file, join(file, 'deep')])
      expect(await call(['build', '--site', newsroom.site], { env: { BROADSHEET_CACHE: place } })).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(
          /^.*no-cache.* cannot be the cache folder, because it or a folder above it is a file\./,
        ),
      });
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  test('what a killed check or pictures run left behind does no harm', async () => {
    mkdirSync(join(cache, 'check-abc'));
    writeFileSync(join(cache, 'check-abc/index.db'), 'cut');
    await buildsTheSame();
    rmSync(join(cache, 'check-abc'), { recursive: true });
    expect(existsSync(cache) && readdirSync(cache).length).toBeGreaterThan(3);
  });
});
