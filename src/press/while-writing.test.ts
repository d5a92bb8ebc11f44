import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { start } from '../cli/command-line.fixture.ts';
import { isManifestFile, manifestFiles } from '../site/manifest.ts';
import { contentsOfFolder } from './contents-of-dist.ts';
import type { Fault } from './fault.fixture.ts';
import { type SmallNewsroom, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * The disk is full, a folder is read-only, or the power fails, at one exact file, in each phase of the work. Each time,
 * every file that a reader can see must be whole, the editor must be told what to do, and the next publish must have
 * the same result as a clean build.
 */

const at = '2025-06-01T12:00:00Z';
const preload = join(import.meta.dirname, 'fault.fixture.ts');

let newsroom: SmallNewsroom;
let dist: string;
/** A separate cache, because in the shared one another test may hold the lock. */
let cache: string;
let isB = false;
/** Every whole file of either state, by name: what dist may contain at any moment. */
const whole = new Map<string, Set<string>>();
const cleanDist = { a: new Map<string, string>(), b: new Map<string, string>() };

/** The other state of the newsroom: stories are added, deleted, and moved to another section, and a picture changes. */
async function turn(): Promise<void> {
  isB = !isB;
  for (let i = 0; i < 6; i++) {
    newsroom.remove(`content/stories/2025/02/${isB ? 'a' : 'b'}${i}`);
    newsroom.put(
      `content/stories/2025/02/${isB ? 'b' : 'a'}${i}/index.md`,
      story({ headline: `Story ${i} of ${isB}`, aliases: [`/old/${isB}/${i}/`], topics: [`topic ${isB} ${i}`] }),
    );
  }
  for (let i = 0; i < 6; i++)
    newsroom.put(
      `content/stories/2025/03/s${i}/index.md`,
      story(
        {
          headline: `Stays ${i}`,
          published: '2025-03-01',
          section: isB ? 'world' : 'sport',
          lead: i === 0 ? { src: 'p.jpg', alt: 'A field' } : undefined,
        },
        `Text of ${isB}. `.repeat(200),
      ),
    );
  newsroom.put(
    'content/stories/2025/03/s0/p.jpg',
    await sharp({ create: { width: 700, height: 300, channels: 3, background: isB ? '#a00' : '#0a0' } })
      .jpeg()
      .toBuffer(),
  );
  newsroom.put(`public/${isB ? 'b' : 'a'}.txt`, `file ${isB}`);
  newsroom.remove(`public/${isB ? 'a' : 'b'}.txt`);
}

const expected = () => (isB ? cleanDist.b : cleanDist.a);

beforeAll(async () => {
  newsroom = smallNewsroom();
  dist = join(newsroom.site, 'dist');
  cache = join(newsroom.site, '.broadsheet');
  for (const state of ['b', 'a'] as const) {
    await turn();
    const clean = join(newsroom.site, `clean-${state}`);
    await newsroom.press({ at, cache, dist: clean });
    cleanDist[state] = newsroom.dist(clean);
    for (const [file, text] of cleanDist[state]) whole.set(file, (whole.get(file) ?? new Set()).add(text));
  }
  await newsroom.press({ at, cache });
  expect(newsroom.dist()).toEqual(expected());
}, 120_000);

afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

/** Builds the other state, with the fault on the way. */
async function build(fault?: Omit<Fault, 'dist'>) {
  await turn();
  const env = fault && {
    NODE_OPTIONS: `--import=${preload}`,
    BROADSHEET_TEST_FAULT: JSON.stringify({ ...fault, dist: realpathSync(dist) }),
  };
  return await start(['build', '--site', newsroom.site, '--now', at], cache, env).ended;
}

async function everyFileIsWhole(): Promise<void> {
  // If the disk refuses a name, the manifest lists the other files.
  const present = manifestFiles(await contentsOfFolder(dist));
  for (const [file, text] of newsroom.dist())
    if (!file.startsWith('.broadsheet-part'))
      expect(
        whole.get(file)?.has(text) || present.get(file) === Buffer.from(text, 'latin1').toString(),
        `${file} is a whole file`,
      ).toBe(true);
}

async function nextPublishFinishes(): Promise<void> {
  const waited: unknown[] = [];
  await newsroom.press({ at, cache, onWait: (holder) => waited.push(holder) });
  expect(waited).toEqual([]);
  expect(newsroom.dist()).toEqual(expected());
  expect(await newsroom.press({ at, cache })).toMatchObject({ added: [], changed: [], removed: [], rendered: 0 });
}

const phases = {
  assets: { does: 'place', file: '^assets/pictures/' },
  'files of public/': { does: 'place', file: '^[ab]\\.txt$' },
  stories: { does: 'place', file: '^2025/0./[abs]\\d/index\\.html$' },
  fronts: { does: 'place', file: '^(index\\.html|world/|sport/|topics/|feed|sitemap)' },
  deletions: { does: 'remove', file: '^2025/' },
} as const;

describe.each(Object.entries(phases))('kill -9 among the %s', (_, phase) => {
  const moments = phase.does === 'remove' ? (['before', 'after'] as const) : (['half', 'before', 'after'] as const);
  test.each(moments)('%s the third file', { timeout: 60_000 }, async (moment) => {
    const nth = phase.file.includes('txt') ? 1 : 3;
    expect((await build({ ...phase, nth, moment, what: 'SIGKILL' })).code).toBeNull();
    await everyFileIsWhole();
    expect(newsroom.dist()).not.toEqual(expected());
    await nextPublishFinishes();
  });
});

test('kill -9 at any other moment', { timeout: 120_000 }, async () => {
  const began = performance.now();
  await build();
  const lastsMs = performance.now() - began;
  for (const share of [0.3, 0.55, 0.75, 0.9]) {
    await turn();
    const { child, ended } = start(['build', '--site', newsroom.site, '--now', at]);
    setTimeout(() => child.kill('SIGKILL'), lastsMs * share);
    await ended;
    await everyFileIsWhole();
    await nextPublishFinishes();
  }
});

// A removal needs no space.
const { deletions: _, ...writing } = phases;
describe.each(Object.entries(writing))('the disk is full among the %s', (_, phase) => {
  test('the editor is told so, every file is whole, and with free space the next publish finishes', {
    timeout: 60_000,
  }, async () => {
    const nth = phase.file.includes('txt') ? 1 : 2;
    const said = await build({ ...phase, nth, moment: 'half', what: 'ENOSPC' });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(
      /^The disk is full: \/.*\/dist\/.* could not be written\.\nFree some space\. No file is incomplete\. Run the same command again to continue where it stopped\.\n$/,
    );
    await everyFileIsWhole();
    expect(existsSync(join(dist, '.broadsheet-part'))).toBe(false);
    await nextPublishFinishes();
  });
});

describe.each(Object.entries(phases))('no permission among the %s', (_, phase) => {
  test('the editor is told which file, and the next publish finishes', { timeout: 60_000 }, async () => {
    const said = await build({ ...phase, nth: 1, moment: 'before', what: 'EACCES' });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/^Cannot write to \/.*\/dist\/.*: permission denied\.\nGive this account permission/);
    await everyFileIsWhole();
    await nextPublishFinishes();
  });
});

describe.each([
  ['stories', phases.stories, /^content\/stories\/2025\/0\d\/[abs]\d\/index\.md:1:1 +address-unwritable/m],
  ['files of public/', phases['files of public/'], /^(?:public\/)?[ab]\.txt:1:1 +address-unwritable/m],
  ['fronts', phases.fronts, /address-unwritable/],
])('a name that this disk does not accept, among the %s', (_, phase, names) => {
  test('is reported by its file, the rest is written, and the next publish finishes', { timeout: 60_000 }, async () => {
    const before = newsroom.dist();
    const said = await build({ ...phase, nth: 1, moment: 'before', what: 'EINVAL' });
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(names);
    expect(said.stderr).toContain('The disk cannot store this file of the site');
    expect(said.stderr).toMatch(/^1 error\. The rest of the site was written\.$/m);
    await everyFileIsWhole();
    // Everything except the one file, and the manifest that would list it, is as it should be.
    const now = newsroom.dist();
    const wrong = [...expected()]
      .filter(([file, text]) => !isManifestFile(file) && now.get(file) !== text)
      .map(([file]) => file);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(new RegExp(phase.file));
    expect(now).not.toEqual(before);
    await nextPublishFinishes();
  });
});

describe('on a large first build, whose pages several threads write', () => {
  test('a full disk is reported in the same words, and the next publish finishes', { timeout: 180_000 }, async () => {
    const large = smallNewsroom();
    for (let i = 0; i < 820; i++)
      large.put(`content/stories/2025/02/s${i}.md`, story({ headline: `Story ${i}`, byline: [], section: undefined }));
    const fault: Fault = {
      dist: join(realpathSync(large.site), 'dist'),
      file: '^2025/02/s\\d+/',
      nth: 90,
      does: 'place',
      moment: 'half',
      what: 'ENOSPC',
    };
    const env = { NODE_OPTIONS: `--import=${preload}`, BROADSHEET_TEST_FAULT: JSON.stringify(fault) };
    const said = await start(['build', '--site', large.site, '--now', at], cache, env).ended;
    expect(said.stderr).toMatch(/^The disk is full: \/.*\/dist\/2025\/02\/s\d+\/index\.html could not be written\.$/m);
    expect(said.code).toBe(1);
    await large.press({ at });
    const clean = join(large.site, 'clean');
    await large.press({ at, dist: clean });
    expect(large.dist()).toEqual(large.dist(clean));
    rmSync(large.site, { recursive: true, force: true });
  });
});

const disk = join(tmpdir(), `small-disk-${process.pid}`);

if (canMount())
  test('a disk that is really full: the same', { timeout: 60_000 }, async () => {
    const crowded = smallNewsroom();
    for (let i = 0; i < 40; i++)
      crowded.put(
        `content/stories/2025/02/s${i}.md`,
        story({ headline: `Story ${i}` }, 'Words of a text. '.repeat(600)),
      );
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', disk]);
    try {
      const build = () =>
        start(['build', '--site', crowded.site, '--out', disk, '--now', at], join(crowded.site, 'cache'));
      cpSync(join(cache, 'bundle'), join(crowded.site, 'cache/bundle'), { recursive: true });
      const said = await build().ended;
      expect(said.stderr).toMatch(/^The disk is full: .*small-disk-\d+\/.* could not be written\.$/m);
      expect(said.code).toBe(1);
      execFileSync('mount', ['-o', 'remount,size=20m', disk]);
      expect((await build().ended).code).toBe(0);
      const clean = join(crowded.site, 'dist');
      await crowded.press({ at });
      expect(crowded.dist(disk)).toEqual(crowded.dist(clean));
      // And a disk that is completely read-only.
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      crowded.put('content/stories/2025/02/s1.md', story({ headline: 'Another' }));
      const closed = await build().ended;
      expect(closed.stderr).toMatch(/^Cannot write to .*small-disk-\d+.*: the disk is read-only\.$/m);
      expect(crowded.dist(disk)).toEqual(crowded.dist(clean));
    } finally {
      execFileSync('umount', [disk]);
      rmSync(crowded.site, { recursive: true, force: true });
    }
  });
else
  console.log('a disk that is really full: not run: this account may not mount one (the same with a fault put in is)');

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  mkdirSync(disk, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    execFileSync('umount', [disk]);
    return true;
  } catch {
    return false;
  }
}

describe('two at once', () => {
  test('two builds of one newsroom, and of one cache into two folders: each has the same result as alone', {
    timeout: 60_000,
  }, async () => {
    await turn();
    const other = join(newsroom.site, 'other');
    const builds = [[], [], ['--out', other], ['--clean']].map((more) =>
      start(['build', '--site', newsroom.site, '--now', at, ...more]),
    );
    for (const { ended } of builds) expect((await ended).code).toBe(0);
    expect(newsroom.dist()).toEqual(expected());
    expect(newsroom.dist(other)).toEqual(expected());
    await nextPublishFinishes();
  });
});
