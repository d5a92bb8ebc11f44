import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import type { SetupError } from '../problems/problem.ts';
import { contentsOfSite } from './contents.ts';
import { deploy } from './deploy.ts';
import { filesOfAddress, referencesIn } from './references.ts';
import { filesIn } from './small-site.fixture.ts';
import { withheldNow } from './withheld.ts';

/* A rollback of a real site never brings back what was withdrawn, hidden, or deleted since. */

let newsroom: SmallNewsroom;
let root: string;
const at = Date.parse('2025-06-01T12:00:00Z');

const file = (slug: string) => `content/stories/2025/02/${slug}/index.md`;
const secret = 'The witness lives in Quay Street.';
const put = (slug: string, front: Record<string, unknown> = {}, body = `Text of ${slug}.`) =>
  newsroom.put(file(slug), story({ headline: `Story ${slug}`, ...front }, body));

const send = async (options: { rollback?: number; isForced?: boolean } = {}) => {
  const { site } = newsroom;
  const dist = join(site, 'dist');
  const places = { site, dist, cache: sharedCache };
  return await deploy({
    name: 'live',
    settings: { kind: 'folder', path: root },
    ...places,
    stateFolder: join(site, 'state'),
    contents: async () => await contentsOfSite({ ...places, clock: new Date(at), onWait: () => {} }),
    withheld: async () => await withheldNow({ ...places, clock: at }),
    command: 'deploy',
    clock: new Date(at),
    env: {},
    ...options,
  });
};

/** Builds and deploys. */
const publish = async () => {
  await newsroom.press();
  return await send();
};

/** Every file at the target that contains one of these words. The search index is compressed. */
const mentions = (...words: string[]) =>
  [...filesIn(root)].filter(([, text]) => words.some((word) => unpacked(text).includes(word))).map(([path]) => path);

const unpacked = (text: string): string =>
  text.startsWith('\x1f\x8b') ? gunzipSync(Buffer.from(text, 'latin1')).toString('utf8') : text;

/** Pictures at the target that no page, feed, or list refers to. */
const unusedPictures = () => {
  const files = filesIn(root);
  const used = new Set(
    [...files.values()].flatMap((text) => [...referencesIn(text, { origin: 'https://post.example', base: '' })]),
  );
  return [...files.keys()].filter((path) => path.startsWith('assets/pictures/') && !used.has(`/${path}`));
};

/** Links, pictures, and styles on pages that lead nowhere. */
function deadLinks(): string[] {
  const files = filesIn(root);
  return [...files].flatMap(([path, text]) =>
    path.endsWith('.html')
      ? [...referencesIn(text, { origin: 'https://post.example', base: '' })]
          .filter((address) => !filesOfAddress(address).some((name) => files.has(name)))
          .filter((address) => !/^\/(?:2025\/02\/$|$)/.test(address) || address === '/')
          .map((address) => `${path}: ${address}`)
      : [],
  );
}

const jpeg = async (shade: string) => {
  const { default: sharp } = await import('sharp');
  return await sharp({ create: { width: 700, height: 300, channels: 3, background: shade } })
    .jpeg()
    .toBuffer();
};

beforeAll(async () => {
  newsroom = smallNewsroom({ 'content/site.yaml': `${siteYaml.replace('search: false\n', '')}wire: true\n` });
  root = join(newsroom.site, 'www');
  const lead = { src: 'p.jpg', alt: 'A quay', caption: 'The quay', credit: 'X' };
  for (const slug of ['withdrawn', 'drafted', 'later', 'deleted']) {
    newsroom.put(
      `content/stories/2025/02/${slug}/p.jpg`,
      await jpeg({ withdrawn: '#a00', drafted: '#0a0', later: '#00a', deleted: '#aa0' }[slug]!),
    );
    put(
      slug,
      { lead, aliases: [`/old/${slug}/`], topics: [`only ${slug}`], headline: `Story “${slug}” & more` },
      `${secret} Read [more](story:2025/02/stays).`,
    );
  }
  // A story links to the one before and after it, so these are far from the three.
  put('stays', { published: '2025-02-01' }, 'The first version.');
  put('linked', { published: '2025-02-02' }, 'See [this](story:2025/02/withdrawn).');
  for (const day of [3, 4, 5, 6]) put(`day-${day}`, { published: `2025-02-0${day}` });
  await publish();
  // Since then: four stories disappear in four ways, one is edited, and a new one is listed beside them.
  put(
    'withdrawn',
    { aliases: ['/old/withdrawn/'], withdrawn: { date: '2025-03-01', reason: 'It was wrong.' } },
    secret,
  );
  put('drafted', { draft: true, aliases: ['/old/drafted/'] }, secret);
  put('later', { published: '2030-01-01T00:00:00Z', aliases: ['/old/later/'] }, secret);
  newsroom.remove('content/stories/2025/02/deleted');
  put('stays', { published: '2025-02-01' }, 'The second version.');
  put('linked', { published: '2025-02-02' }, 'See nothing.');
  put('new', { topics: ['brand new'], published: '2025-02-14' });
  await publish();
}, 120_000);
afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

test('the stories do not come back: no page, list, feed, document, or picture shows them', async () => {
  expect(mentions(secret)).toEqual([]);
  const photographs = () =>
    [...filesIn(root).keys()].filter((path) => path.startsWith('assets/pictures/') && !path.includes('-social-'));
  expect(photographs()).toEqual([]);
  const report = await send({ rollback: 1 });
  expect(mentions(secret, 'Story drafted', 'Story later', '“deleted”', '“drafted”')).toEqual([]);
  expect([...filesIn(root).keys()].filter((path) => /deleted/.test(path))).toEqual([]);
  expect(photographs()).toEqual([]);
  expect(unusedPictures()).toEqual([]);
  expect(mentions('It was wrong.')).toEqual(['2025/02/withdrawn/index.html', '2025/02/withdrawn/index.ninjs.json']);
  const [problem] = report.problems;
  expect([problem?.rule, problem?.severity]).toEqual(['deploy-withheld', 'warning']);
  for (const slug of ['withdrawn', 'drafted', 'later']) expect(problem?.message).toContain(`"Story ${slug}"`);
  expect(problem?.message).toContain('"Story “deleted” & more" (/2025/02/deleted/, deleted)');
  expect(problem?.message).toContain('4 stories');
  // Everything else is as it was.
  expect(mentions('The first version.')).toContain('2025/02/stays/index.html');
  expect(mentions('The second version.')).not.toContain('2025/02/stays/index.html');
  expect(mentions('See <a')).toContain('2025/02/linked/index.html');
});

test('their files for the wire do not come back, and those of other stories do', () => {
  const files = filesIn(root);
  const wire = (slug: string) => JSON.parse(files.get(`2025/02/${slug}/index.ninjs.json`) ?? 'null') as unknown;
  expect(wire('withdrawn')).toMatchObject({ pubStatus: 'canceled' });
  expect([wire('drafted'), wire('later'), wire('deleted')]).toEqual([null, null, null]);
  expect(JSON.stringify(wire('stays'))).toContain('The first version.');
  const listed = [...files]
    .filter(([path]) => path.startsWith('wire/'))
    .map(([, text]) => text)
    .join();
  expect(listed).toContain('/2025/02/stays/index.ninjs.json');
  expect(listed).not.toMatch(/2025\/02\/(?:withdrawn|drafted|later|deleted)/);
});

test('and no page refers to a missing file', () => expect(deadLinks()).toEqual([]));

test('the manifest describes what is there', async () => {
  const { readManifest, sha256Of } = await import('../site/manifest.ts');
  const files = filesIn(root);
  const manifest = await readManifest(async (path) => files.get(path));
  for (const [path, { sha256 }] of manifest ?? [])
    expect(sha256Of(Buffer.from(files.get(path) ?? '', 'latin1')), path).toBe(sha256);
});

test('with --force, they come back and are named', async () => {
  await publish();
  const report = await send({ rollback: 3, isForced: true });
  expect(mentions(secret)).toContain('2025/02/withdrawn/index.html');
  expect(report.problems[0]?.message).toMatch(/^With --force, .*"Story drafted"/);
  await publish();
});

test('a newsroom with mistakes is judged by its last build, and without one nothing is sent (deploy-withheld-unknown)', async () => {
  newsroom.put(file('broken'), '---\nheadline: [\n---\n\nText.\n');
  await send({ rollback: 1 });
  expect(mentions(secret)).toEqual([]);
  const elsewhere = withheldNow({
    site: newsroom.site,
    dist: join(newsroom.site, 'other-dist'),
    cache: sharedCache,
    clock: at,
  });
  expect(((await elsewhere.catch((error: unknown) => error)) as SetupError).problems[0]?.rule).toBe(
    'deploy-withheld-unknown',
  );
  newsroom.remove('content/stories/2025/02/broken');
});

test('canary: references of every form are found', () => {
  const text = `<a href="/a/">x</a> <img srcset="/b-1.jpg 1x, /b-2.jpg 2x" src='/paper/b.jpg'> url(/c.css)
<link>https://post.example/d/e/?x=1#y</link> "url":"https://post.example/f%20g/"
/old/ /new/ 301 https://other.example/h/ //other.example/i/ ../j/`;
  const found = (base: string) => [...referencesIn(text, { origin: 'https://post.example', base })].sort();
  expect(found('')).toEqual(
    ['/a/', '/b-1.jpg', '/b-2.jpg', '/paper/b.jpg', '/c.css', '/d/e/', '/f g/', '/old/', '/new/'].sort(),
  );
  expect(found('/paper')).toEqual(['/b.jpg']);
});
