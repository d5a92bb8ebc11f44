import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  compareContents,
  isManifestFile,
  manifestFile,
  manifestFiles,
  partFile,
  readManifest,
  signatureFile,
} from '../site/manifest.ts';
import { contentsOfDist, contentsOfFolder } from './contents-of-dist.ts';
import { indexFile, realFolder } from './index-file.ts';
import { forgetIndex } from './open-index.ts';
import { publish } from './publish.ts';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* At the end of each publish, the manifest lists exactly the files that are in dist. */

const stories = 'content/stories/2025';
const now = Date.parse('2025-06-01T12:00:00Z');

const cache = sharedCache;
let newsroom: SmallNewsroom;

beforeEach(() => {
  newsroom = smallNewsroom({
    [`${stories}/02/ferry/index.md`]: story({ headline: 'Ferry' }),
    [`${stories}/03/weir/index.md`]: story({ headline: 'Weir', published: '2025-03-01', section: 'sport' }),
    'public/notes/a.txt': 'a',
  });
});

afterEach(() => rmSync(newsroom.site, { recursive: true, force: true }));

const dist = () => join(newsroom.site, 'dist');
const press = (options: Partial<Parameters<typeof publish>[0]> = {}) =>
  publish({ site: newsroom.site, dist: dist(), cache, now, clock: Date.now(), ...options });

const published = (folder = dist()) =>
  readManifest(async (path) => {
    try {
      return readFileSync(join(folder, path), 'utf8');
    } catch {
      return undefined;
    }
  });

/** Compares the manifest with the bytes on the disk. */
async function expectExact(): Promise<void> {
  const contents = await published();
  expect(contents).toBeDefined();
  expect(compareContents(contents!, await contentsOfFolder(dist()))).toEqual({ changed: [], missing: [], added: [] });
  for (const [path, text] of manifestFiles(contents!)) expect(readFileSync(join(dist(), path), 'utf8')).toBe(text);
  const own = [...newsroom.dist().keys()].filter(isManifestFile).filter((path) => path !== signatureFile);
  expect(own.sort()).toEqual([...manifestFiles(contents!).keys()].sort());
  expect(await contentsOfDist({ site: newsroom.site, dist: dist(), cache })).toEqual(await contentsOfFolder(dist()));
}

/** Every file that a killed build of another cache can leave in dist: pages, pictures, and files of `public/`. */
test('lists files that another build left in dist', async () => {
  await press();
  newsroom.put(
    `${stories}/04/boat/index.md`,
    story({ headline: 'Boat', published: '2025-04-01', lead: { src: 'boat.jpg', alt: 'A boat' } }),
  );
  newsroom.put(
    `${stories}/04/boat/boat.jpg`,
    await sharp({ create: { width: 700, height: 300, channels: 3, background: '#a00' } })
      .jpeg()
      .toBuffer(),
  );
  newsroom.put(`${stories}/04/rope/index.md`, story({ headline: 'Rope', published: '2025-04-02' }));
  newsroom.put('public/notes/b.txt', 'b');
  const other = join(newsroom.site, 'other');
  await press({ dist: other });
  const left = newsroom.dist(other);
  for (const [file, bytes] of left)
    if (!isManifestFile(file) && file !== '.broadsheet') newsroom.put(`dist/${file}`, Buffer.from(bytes, 'latin1'));
  expect([...left.keys()]).toEqual(
    expect.arrayContaining([expect.stringMatching(/-social-1200\.png$/), expect.stringMatching(/\.avif$/)]),
  );
  await press();
  await expectExact();
});

const changedOf = (report: { added: string[]; changed: string[]; removed: string[] }) =>
  Object.fromEntries(
    (['added', 'changed', 'removed'] as const).map((key) => [key, report[key].filter(isManifestFile).sort()]),
  );

test('lists every file, and an edit writes the root and the parts of the files that it changed', async () => {
  expect((await press()).added).toContain(manifestFile);
  await expectExact();

  newsroom.put(`${stories}/02/ferry/index.md`, story({ headline: 'Ferry' }, 'Another word.'));
  const report = await press();
  const pages = report.changed.filter((file) => !isManifestFile(file));
  expect(pages).toContain('2025/02/ferry/index.html');
  expect(changedOf(report)).toMatchObject({ added: [], removed: [] });
  expect(changedOf(report).changed).toContain(partFile('2025-02'));
  expect(changedOf(report).changed).not.toContain(partFile('2025-03'));
  await expectExact();
});

test('nothing is written if nothing changed', async () => {
  await press();
  expect(changedOf(await press())).toEqual({ added: [], changed: [], removed: [] });
});

describe('every kind of change keeps it exact', () => {
  const changes: Record<string, () => void> = {
    'a new story': () => newsroom.put(`${stories}/04/new/index.md`, story({ published: '2025-04-01' })),
    'a story that goes, with its part': () => newsroom.remove(`${stories}/03/weir`),
    'a file in public/ that goes': () => newsroom.remove('public/notes'),
    'a new file in public/': () => newsroom.put('public/größe/漢字.txt', 'x'),
    'another name of the paper': () => newsroom.put('content/site.yaml', siteYaml.replace('Example', 'Other')),
    'a deleted page': () => rmSync(join(dist(), '2025/02/ferry/index.html')),
    'a deleted page of a story that goes': () => {
      rmSync(join(dist(), '2025/03'), { recursive: true });
      newsroom.remove(`${stories}/03/weir`);
    },
    'a changed page': () => writeFileSync(join(dist(), 'index.html'), 'x'),
    'a stray file': () => writeFileSync(join(dist(), '2025/stray.html'), 'x'),
    'a deleted part': () => rmSync(join(dist(), partFile('2025-02'))),
    'a changed part': () => writeFileSync(join(dist(), partFile('2025-02')), '{}'),
    'a changed root': () => writeFileSync(join(dist(), manifestFile), '{}'),
    'a deleted manifest': () => rmSync(join(dist(), '.well-known'), { recursive: true }),
    'a stray part': () => writeFileSync(join(dist(), partFile('1999-01')), '{}'),
    'a deleted dist': () => rmSync(dist(), { recursive: true }),
    'a deleted index': () => forgetIndex(indexFile(cache, realFolder(dist()))),
  };

  test.each(Object.entries(changes))('%s', { timeout: 60_000 }, async (_, change) => {
    await press();
    change();
    await press();
    await expectExact();
  });
});

test('a file that was changed by somebody else is repaired, and a scan that does not look at dist does not hide it', async () => {
  await press();
  writeFileSync(join(dist(), partFile('2025-02')), '{}');
  newsroom.put(`${stories}/02/ferry/index.md`, story({ headline: 'Ferry' }, 'Another word.'));
  await press({ changed: [`${stories}/02/ferry/index.md`] });
  await expectExact();
});

test('manifest: false removes it, and it comes back', async () => {
  await press();
  newsroom.put('content/site.yaml', `${siteYaml}manifest: false\n`);
  await press();
  expect([...newsroom.dist().keys()].filter(isManifestFile)).toEqual([]);
  expect(changedOf(await press())).toEqual({ added: [], changed: [], removed: [] });
  // Deploy needs the same data.
  expect(await contentsOfDist({ site: newsroom.site, dist: dist(), cache })).toEqual(await contentsOfFolder(dist()));
  newsroom.put('content/site.yaml', siteYaml);
  await press();
  await expectExact();
});

test('the contents of dist are right without a cache, and after somebody else changed files', async () => {
  await press();
  const other = mkdtempSync(join(tmpdir(), 'no-cache-'));
  const place = { site: newsroom.site, dist: dist(), cache };
  expect(await contentsOfDist({ ...place, cache: other })).toEqual(await contentsOfFolder(dist()));
  writeFileSync(join(dist(), 'index.html'), 'x');
  writeFileSync(join(dist(), 'new.html'), 'x');
  rmSync(join(dist(), 'feed.xml'));
  expect(await contentsOfDist(place)).toEqual(await contentsOfFolder(dist()));
  expect((await contentsOfDist(place)).has('feed.xml')).toBe(false);
  rmSync(other, { recursive: true });
});

describe('a signature', () => {
  const signer = (id: string) => ({
    id,
    publicKey: () => id,
    sign: (text: string, comment: string) => `${id} signs ${text.length} ${comment}\n`,
  });
  const signature = () => newsroom.dist().get(signatureFile);

  test('is written beside the root, is replaced with another key, and goes without a key', async () => {
    await press({ signer: signer('one') });
    expect(signature()).toMatch(/^one signs/);
    await expectExact();
    expect((await press({ signer: signer('one') })).changed).toEqual([]);
    expect((await press({ signer: signer('two') })).changed).toEqual([signatureFile]);
    expect(signature()).toMatch(/^two signs/);
    expect((await press()).removed).toEqual([signatureFile]);
    expect(signature()).toBeUndefined();
    await expectExact();
  });

  test('follows an edit', async () => {
    await press({ signer: signer('one') });
    const before = newsroom.dist().get(manifestFile)?.length;
    newsroom.put(`${stories}/04/new/index.md`, story({ published: '2025-04-01' }));
    expect((await press({ signer: signer('one') })).changed).toContain(signatureFile);
    const after = newsroom.dist().get(manifestFile)?.length;
    expect(after).not.toBe(before);
    expect(signature()).toBe(`one signs ${after} contents of https://post.example/\n`);
  });
});
