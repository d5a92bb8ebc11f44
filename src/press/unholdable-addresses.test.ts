import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { check } from '../check/check.ts';
import { contentsOf } from '../editions/contents.ts';
import { ProblemsError } from '../problems/problem.ts';
import {
  digestOfFolder,
  type SmallNewsroom,
  sharedCache,
  siteYaml,
  smallNewsroom,
  story,
} from './small-newsroom.fixture.ts';

/* Addresses that no file system can store, or that hosts interpret, are refused before anything is written. */

const long = 'y'.repeat(300);
const harbour = 'content/stories/2025/02/harbour/index.md';
const ferry = 'content/stories/2025/03/ferry.md';
const about = 'content/pages/about.md';
const page = (front = '') => `---\nheadline: About\n${front}---\n\nUs.\n`;

let newsroom: SmallNewsroom;
let digest: string;

beforeAll(async () => {
  newsroom = smallNewsroom({ [harbour]: story(), [about]: page() });
  await newsroom.press();
  digest = digestOfFolder(join(newsroom.site, 'dist'));
  return () => rmSync(newsroom.site, { recursive: true, force: true });
}, 120_000);

const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.filter(({ severity }) => severity === 'error');
    },
  );

/** As `file:line rule`. */
const places = (problems: { file: string; line: number; rule: string }[]) =>
  problems.map(({ file, line, rule }) => `${file}:${line} ${rule}`).sort();

const hosts = [
  '/_headers',
  '/_redirects',
  '/_worker.js',
  '/_routes.json',
  '/CNAME',
  '/.nojekyll',
  '/functions/',
  '/.well-known/x/',
];

const cases: [title: string, files: Record<string, string>, said: string[]][] = [
  ['a slug', { [ferry]: story({ slug: long }) }, [`${ferry}:6 address-too-long`]],
  ['a slug of 86 Chinese letters', { [ferry]: story({ slug: '港'.repeat(86) }) }, [`${ferry}:6 address-too-long`]],
  ['an alias', { [ferry]: story({ aliases: ['/fine/', `/2015/${long}/`] }) }, [`${ferry}:6 address-too-long`]],
  [
    'an alias that is a file',
    { [ferry]: story({ aliases: [`/${'é'.repeat(126)}.html`] }) },
    [`${ferry}:6 address-too-long`],
  ],
  [
    'an alias of 4,000 letters',
    { [ferry]: story({ aliases: [`/${'abcdefghi/'.repeat(400)}`] }) },
    [`${ferry}:6 address-too-long`],
  ],
  ['a topic', { [ferry]: story({ topics: ['sea', long] }) }, [`${ferry}:6 address-too-long`]],
  ['a series', { [ferry]: story({ series: { title: long, part: 2 } }) }, [`${ferry}:6 address-too-long`]],
  [
    'a section',
    { 'content/site.yaml': `${siteYaml}  - { id: ${long}, title: Long }\n` },
    ['content/site.yaml:9 address-too-long'],
  ],
  ['the slug of a page', { [about]: page(`slug: ${long}\n`) }, [`${about}:3 address-too-long`]],
  ['an alias of a page', { [about]: page(`aliases: [/${long}/]\n`) }, [`${about}:3 address-too-long`]],
  [
    'an id of topics.yaml',
    { 'content/topics.yaml': `sea: {}\n? ${long}\n: { title: Long }\n` },
    ['content/topics.yaml:2 address-too-long'],
  ],
  [
    'an id of series.yaml',
    { 'content/series.yaml': `? ${long}\n: { title: Long }\n` },
    ['content/series.yaml:1 address-too-long'],
  ],
  [
    'a permalink',
    { 'content/site.yaml': `${siteYaml}permalink: /${long}/{slug}/\n` },
    [`${harbour}:1 address-too-long`],
  ],
  ...hosts.map((alias): (typeof cases)[number] => [
    `${alias} as an alias`,
    { [ferry]: story({ aliases: [alias] }) },
    [`${ferry}:6 alias-taken`],
  ]),
  ['a page at /functions/', { 'content/pages/functions.md': page() }, ['content/pages/functions.md:1 address-taken']],
  ['a page at /cname/', { 'content/pages/x.md': page('slug: CNAME\n') }, ['content/pages/x.md:3 address-taken']],
  ['an alias with a line end in percent', { [ferry]: story({ aliases: ['/a%0Ab/'] }) }, [`${ferry}:6 alias-taken`]],
  ['/? as an alias', { [ferry]: story({ aliases: ['/?'] }) }, [`${ferry}:6 alias-taken`]],
];

test.each(cases)(
  '%s: check and build agree, nothing is written, and the correction works',
  async (_title, files, said) => {
    for (const [file, text] of Object.entries(files)) newsroom.put(file, text);
    const { problems } = await check({
      site: newsroom.site,
      cache: sharedCache,
      dist: join(newsroom.site, 'dist'),
      now: Date.parse('2025-06-01'),
      clock: Date.now(),
    });
    expect(places(problems.filter(({ severity }) => severity === 'error'))).toEqual(said);
    expect(places(await problemsOf(newsroom.press()))).toEqual(said);
    expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digest);
    for (const file of Object.keys(files)) newsroom.remove(file);
    newsroom.put('content/site.yaml', siteYaml);
    newsroom.put(about, page());
    await newsroom.press();
    expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digest);
  },
);

test('what just fits is written: 255 bytes', async () => {
  const fits = 'é'.repeat(127);
  newsroom.put(ferry, story({ slug: fits, topics: [fits], series: fits, aliases: [`/${fits}/`] }));
  await newsroom.press();
  for (const file of [`2025/03/${fits}`, `topics/${fits}`, `series/${fits}`, fits])
    expect([file, existsSync(join(newsroom.site, 'dist', file, 'index.html'))]).toEqual([file, true]);
  newsroom.remove(ferry);
  await newsroom.press();
});

test('a newsroom can add the files for its host in public/', async () => {
  const files = ['_headers', '_worker.js', '_routes.json', 'CNAME', '.nojekyll', '.well-known/security.txt'];
  for (const file of files) newsroom.put(`public/${file}`, 'x');
  await newsroom.press();
  expect(files.filter((file) => !existsSync(join(newsroom.site, 'dist', file)))).toEqual([]);
  newsroom.remove('public');
  await newsroom.press();
});

test('names that Windows cannot store are a warning, and old ones are left out of editions', async () => {
  const other = smallNewsroom({
    'content/stories/2025/02/con.md': story({ topics: ['aux'], aliases: ['/wiki/Talk:Harbour/', '/a*b/', '/fine/'] }),
    'public/files/what?.txt': 'x',
  });
  onTestFinished(() => rmSync(other.site, { recursive: true, force: true }));
  const { warnings } = await other.press();
  expect(places(warnings)).toEqual([
    'content/stories/2025/02/con.md:1 address-for-windows',
    'content/stories/2025/02/con.md:6 address-for-windows',
    'content/stories/2025/02/con.md:7 address-for-windows',
    'content/stories/2025/02/con.md:7 address-for-windows',
    'content/stories/2025/02/con.md:7 alias-wildcard',
    'content/stories/2025/02/con.md:7 alias-wildcard',
    'public/files/what?.txt:1 address-for-windows',
  ]);
  const { files, leftOut } = contentsOf(join(other.site, 'dist'), { url: 'https://post.example/' });
  const inside = [...files].map(({ file }) => file);
  expect(inside).toContain('2025/02/con/index.html');
  expect(inside.filter((file) => /[:*?]/.test(file))).toEqual([]);
  expect(leftOut.map(({ file }) => file)).toEqual(['files/what?.txt']);
});

test.each<[alias: string, rules: string[], says?: RegExp]>([
  ['/COM1/', ['address-for-windows'], /no page at this alias/],
  ['/aux/x/', ['address-for-windows']],
  ['/NUL.html', ['address-for-windows']],
  ['/old./', ['address-for-windows']],
  ['/old /', ['address-for-windows']],
  ['/a|b/', ['address-for-windows']],
  ['/:x', ['address-for-windows', 'alias-wildcard'], /left out of the list of redirects.* :x /s],
  ['/a/:splat/', ['address-for-windows', 'alias-wildcard'], / :splat /],
  ['/10:30/', ['address-for-windows']],
  ['/a*/', ['address-for-windows', 'alias-wildcard'], /\* is not a wildcard here/],
  ['/computer/', []],
  ['/?p=1', []],
])('the alias %s of a story or page: %j', async (alias, rules, says) => {
  const other = smallNewsroom({
    [ferry]: story({ aliases: [alias] }),
    [about]: page(`aliases: [${JSON.stringify(alias.replace('/', '/page/'))}]\n`),
  });
  onTestFinished(() => rmSync(other.site, { recursive: true, force: true }));
  const { warnings } = await other.press();
  const ofStory = warnings.filter(({ file }) => file === ferry);
  expect(ofStory.map(({ rule, line }) => `${line} ${rule}`).sort()).toEqual(rules.map((rule) => `6 ${rule}`));
  if (says) expect(ofStory.map(({ message }) => message).join('\n')).toMatch(says);
  if (!alias.includes('?'))
    expect(
      warnings
        .filter(({ file }) => file === about)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(rules);
});

test('the list of redirects has only the old addresses of what is public', async () => {
  const other = smallNewsroom({
    'content/stories/2025/02/a.md': story({ aliases: ['/:x/'] }),
    'content/stories/2025/02/b.md': story({ aliases: ['/soon/'], published: '2025-06-02T09:00:00Z' }),
  });
  onTestFinished(() => rmSync(other.site, { recursive: true, force: true }));
  await other.press();
  expect(other.dist().get('_redirects')).toBe('');
  expect(other.dist().has(':x/index.html')).toBe(true);
  await other.press({ at: '2025-06-03T09:00:00Z' });
  expect(other.dist().get('_redirects')).toBe('/soon/ /2025/02/b/ 301\n');
  await other.press();
  expect(other.dist().get('_redirects')).toBe('');
});

test('what only the disk refuses is reported by its file, and the rest of the site is written', async () => {
  // The path of dist leaves room for everything but a story with a long name.
  let dist = join(newsroom.site, 'deep');
  while (dist.length < 3600) dist = join(dist, 'd'.repeat(199));
  dist = join(dist, 'd'.repeat(3850 - dist.length - 1));
  newsroom.put(ferry, story({ slug: 'y'.repeat(250) }));
  onTestFinished(() => newsroom.remove(ferry));
  const refused = await newsroom.press({ dist }).catch((error: ProblemsError) => error.problems);
  expect(refused).toMatchObject([
    { rule: 'address-unwritable', severity: 'error', file: ferry, message: expect.stringContaining('ENAMETOOLONG') },
  ]);
  expect(existsSync(join(dist, '2025/02/harbour/index.html'))).toBe(true);
});
