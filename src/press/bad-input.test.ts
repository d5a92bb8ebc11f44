import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { digestOfFolder, type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * The mistakes that an editor can make. In the files below, `▶rule▶` marks where the press must report a problem. The
 * mark is removed, and the press must report exactly those rules at those lines, all at once. Dist must then be
 * unchanged, byte for byte, and after the mistake is undone, the next publish must succeed.
 */

const good = {
  'content/stories/2025/02/harbour/index.mdx': story({ byline: ['ann'], aliases: ['/old/harbour/'] }),
  'content/authors/ann.yaml': 'name: Ann Example\n',
  'content/pages/about.md': '---\nheadline: About\n---\n\nUs.\n',
};

/** A story with lines of front matter and a body, as an editor writes it. */
const page = (front: string, body = 'Text.') =>
  `---\nheadline: Ferries\npublished: 2025-03-01\nsection: world\n${front}---\n\n${body}\n`;
const ferry = 'content/stories/2025/03/ferry.md';
const ferryMdx = 'content/stories/2025/03/ferry.mdx';
const folder = 'content/stories/2025/03/ferry/index.md';
const photo = 'content/stories/2025/03/ferry/photo.jpg';
const site = 'content/site.yaml';

type Files = Record<string, string | Uint8Array>;
type Case = [title: string, files: Files, says?: RegExp];

let newsroom: SmallNewsroom;
let digest: string;
let jpeg: Buffer;
const extra: string[] = [];

beforeAll(async () => {
  newsroom = smallNewsroom(good);
  await newsroom.press();
  digest = digestOfFolder(join(newsroom.site, 'dist'));
  jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();
}, 120_000);

afterEach(() => {
  for (const file of extra.splice(0)) newsroom.remove(file);
  newsroom.put(site, siteYaml);
  for (const [file, text] of Object.entries(good)) newsroom.put(file, text);
});

/** Writes the files without their marks. @returns the expected problems */
function put(files: Files): string[] {
  const marks: string[] = [];
  for (const [file, text] of Object.entries(files)) {
    extra.push(file);
    if (typeof text !== 'string') {
      newsroom.put(file, text);
      continue;
    }
    const lines = text.split('\n').map((line, i) =>
      line.replace(/▶([\w-]+)▶/g, (_, rule: string) => {
        marks.push(`${file}:${i + 1} ${rule}`);
        return '';
      }),
    );
    newsroom.put(file, lines.join('\n'));
  }
  return marks.sort();
}

async function refusal(): Promise<Problem[]> {
  try {
    await newsroom.press();
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.filter(({ severity }) => severity === 'error');
    throw error;
  }
  throw new Error('the press refused nothing');
}

const placeOf = ({ file, line, rule }: Problem) => `${file}:${line} ${rule}`;
const wordsOf = (problems: Problem[]) => problems.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n');

async function refuses(files: Files, says?: RegExp, marks = put(files)) {
  const problems = await refusal();
  expect(problems.map(placeOf).sort()).toEqual(marks);
  if (says) expect(wordsOf(problems)).toMatch(says);
  expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digest);
}

async function goesThroughOnceMended(files: Files) {
  for (const file of Object.keys(files)) newsroom.remove(file);
  for (const file of extra.splice(0)) newsroom.remove(file);
  newsroom.put(site, siteYaml);
  for (const [file, text] of Object.entries(good)) newsroom.put(file, text);
  await newsroom.press();
  expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digest);
}

const check = async (_title: string, files: Files, says?: RegExp) => {
  await refuses(files, says);
  await goesThroughOnceMended(files);
};

const frontMatter: Case[] = [
  ['YAML that is broken', { [ferry]: '---\nheadline: Ferries\n▶yaml-broken▶standfirst: "one: two\n---\n\nText.\n' }],
  ['a tab in YAML', { [ferry]: '---\nheadline: Ferries\nlead:\n▶yaml-broken▶\tsrc: x.jpg\n---\n\nText.\n' }],
  [
    'a colon in a headline',
    { [ferry]: '---\n▶yaml-broken▶headline: Storm: the ferries stay\npublished: 2025-03-01\n---\n' },
    /quotation marks/,
  ],
  ['a key that stands twice', { [ferry]: '---\nheadline: A\npublished: 2025-03-01\n▶yaml-broken▶headline: B\n---\n' }],
  ['no front matter', { [ferry]: '▶front-matter-missing▶Only text.\n' }],
  ['front matter that is not closed', { [ferry]: '▶front-matter-missing▶---\nheadline: A\n\nText.\n' }],
  ['front matter that is empty', { [ferry]: '---\n▶missing-key▶▶missing-key▶---\n\nText.\n' }, /headline/],
  ['front matter that is no list of keys', { [ferry]: '---\n▶wrong-value▶just words\n---\n' }],
  [
    'a missing headline',
    { [ferry]: '---\n▶missing-key▶published: 2025-03-01\n---\n\nText.\n' },
    /A story has no {2}headline/,
  ],
  ['an empty headline', { [ferry]: '---\n▶wrong-value▶headline: "  "\npublished: 2025-03-01\n---\n' }],
  [
    'a headline that is a number',
    { [ferry]: '---\n▶wrong-value▶headline: 2025\npublished: 2025-03-01\n---\n' },
    /found: 2025/,
  ],
  ['no date', { [ferry]: '---\n▶missing-key▶headline: Ferries\n---\n\nText.\n' }, /draft: true/],
  ['an unknown key', { [ferry]: page('▶unknown-key▶standfrist: Soon.\n') }, /standfirst/],
  [
    'an unknown key of a lead',
    {
      [folder]: page('lead:\n  src: photo.jpg\n  alt: A boat\n▶unknown-key▶  captoin: Words\n'),
      [photo]: new Uint8Array(),
    },
    /lead\.captoin.*\n?.*caption/,
  ],
  [
    'an unknown key of a byline',
    { [ferry]: page('byline:\n  - name: Ann\n▶unknown-key▶    rol: editor\n') },
    /byline\.0\.rol.*role/,
  ],
  [
    'a byline that is no list',
    { [ferry]: page('▶wrong-value▶byline: Ann Example\n') },
    /must be a list.*byline: \[Ann Example\]/,
  ],
  ['an unknown type', { [ferry]: page('▶wrong-value▶type: anlysis\n') }, /Write {2}type: analysis/],
  [
    'an unknown type of correction',
    {
      [ferry]: page('corrections:\n  - date: 2025-03-02\n▶wrong-value▶    type: corection\n    text: It was Monday.\n'),
    },
    /type: correction \./,
  ],
  [
    'an unknown section',
    { [ferry]: page('').replace('section: world', '▶unknown-section▶section: wrold') },
    /Did you mean {2}world/,
  ],
  [
    'an unknown author',
    { [ferry]: page('byline:\n  - Somebody Else\n▶unknown-author▶  - anne\n') },
    /Did you mean {2}ann /,
  ],
  [
    'a date that does not exist',
    { [ferry]: page('').replace('published: 2025-03-01', '▶no-such-date▶published: 2025-02-29') },
  ],
  ['a date that does not exist', { [ferry]: page('▶no-such-date▶embargo: tomorrow\n') }],
  [
    'a date of the year 25',
    { [ferry]: page('').replace('published: 2025-03-01', '▶no-such-date▶published: 0025-03-01') },
  ],
  [
    'a date of a correction that does not exist',
    { [ferry]: page('corrections:\n▶no-such-date▶  - { date: 2025-13-01, type: update, text: More. }\n') },
  ],
  ['updated before published', { [ferry]: page('▶updated-before-published▶updated: 2025-02-28\n') }],
  ['a slug that climbs', { [ferry]: page('▶wrong-value▶slug: ../../x\n') }, /letters, digits, dots, and hyphens/],
  ['a slug with a slash', { [ferry]: page('▶wrong-value▶slug: a/b\n') }],
  ['a slug of dots', { [ferry]: page('▶wrong-value▶slug: ..\n') }],
  [
    'a name that leaves no slug',
    { 'content/stories/2025/03/!!!.md': page('').replace('headline', '▶slug-empty▶headline') },
  ],
  [
    'an alias that is no path',
    { [ferry]: page('aliases:\n  - /fine/\n▶wrong-value▶  - https://old.example/x\n') },
    /begins with \//,
  ],
  ['an alias that climbs out', { [ferry]: page('aliases:\n▶alias-taken▶  - /../../etc/\n') }],
  ['a language that is none', { [ferry]: page('▶wrong-value▶language: english please\n') }],
  [
    'a javascript: link among related',
    { [ferry]: page('related:\n▶link-scheme▶  - { title: Click, url: "javascript:alert(1)" }\n') },
  ],
  [
    'a javascript: link of a source',
    { [ferry]: page('source:\n  name: Wire\n▶link-scheme▶  url: JavaScript:alert(1)\n') },
  ],
];
test.each(frontMatter)('refuses %s', check);

const bodies: Case[] = [
  [
    'an unknown component',
    { [ferryMdx]: page('', 'Text.\n\n▶story-element-unknown▶<PulQuote>Words</PulQuote>') },
    /<PullQuote>/,
  ],
  [
    'an unknown attribute',
    { [ferryMdx]: page('', '▶story-attribute-unknown▶<PullQuote bye="Ann">Words</PullQuote>') },
    /Did you mean {2}by /,
  ],
  ['an import', { [ferryMdx]: page('', 'Text.\n\n▶story-import▶import fs from "node:fs"\n\nMore.') }],
  ['an expression', { [ferryMdx]: page('', 'Text.\n\nTwo and two: ▶story-expression▶{2 + 2}') }],
  ['a tag that is not closed', { [ferryMdx]: page('', 'Text.\n\n▶story-mdx▶<ReadMore>\n\nMore.') }],
  ['a javascript: link', { [ferry]: page('', 'Text.\n\n▶link-scheme▶[Click](javascript:alert(1))') }],
  [
    'a javascript: link in disguise',
    { [ferryMdx]: page('', 'Text.\n\n▶link-scheme▶[Click](<JAVA&#115;cript:alert(1)>)') },
  ],
  ['a dead story: link', { [ferry]: page('', 'Text.\n\n▶story-link-dead▶[See](story:2025/02/habour).') }],
  [
    'a dead story: link of a page',
    { 'content/pages/about.md': '---\nheadline: About\n---\n\n▶story-link-dead▶[See](story:nowhere).\n' },
  ],
  [
    'a related story that is not there',
    { [ferry]: page('related:\n  - 2025/02/harbour\n▶story-link-dead▶  - 2025/02/gone\n') },
  ],
  ['a translation of nothing', { [ferry]: page('▶story-link-dead▶translationOf: 2025/02/gone\n') }],
  [
    'a remote picture',
    { [ferry]: page('', '▶picture-remote▶![A boat](https://pictures.example/boat.jpg)') },
    /wanted: ADDRESS/,
  ],
  [
    'a remote picture in HTML',
    { [ferry]: page('', 'Text.\n\n▶picture-remote▶<img src="//pictures.example/boat.jpg" alt="A boat">') },
  ],
  ['a picture that is not there', { [ferry]: page('', 'Text.\n\n▶picture-missing▶![A boat](boat.jpg)') }],
  [
    'a picture of another folder that is not ours',
    { [ferry]: page('', '▶picture-outside▶![A boat](../../../../../../etc/passwd)') },
  ],
  ['a link to the file of a story', { [ferry]: page('', '▶link-to-source▶[See](../02/harbour/index.mdx)') }],
];
test.each(bodies)('refuses %s', check);

describe('pictures', () => {
  const shows = page('', 'Text.\n\n▶RULE▶![A white boat](photo.jpg "Monday")');
  const body = (rule: string) => shows.replace('RULE', rule);
  const cases: [string, () => Files, RegExp?][] = [
    ['an empty picture', () => ({ [folder]: body('picture-empty'), [photo]: new Uint8Array() })],
    [
      'a truncated picture',
      () => ({ [folder]: body('picture-truncated'), [photo]: jpeg.subarray(0, jpeg.length >> 1) }),
    ],
    [
      'a picture that is none',
      () => ({ [folder]: body('picture-not-a-picture'), [photo]: Buffer.from('<html>404</html>') }),
      /a web page/,
    ],
    [
      'a lead that is missing, and its line',
      () => ({ [folder]: page('lead:\n  alt: A white boat\n▶picture-missing▶  src: foto.jpg\n'), [photo]: jpeg }),
      /Did you mean {2}photo\.jpg/,
    ],
    [
      'a lead whose alt is its caption',
      () => ({
        [folder]: page('lead:\n  src: photo.jpg\n  caption: A white boat.\n▶alt-is-caption▶  alt: A white boat\n'),
        [photo]: jpeg,
      }),
    ],
    [
      'an alt equal to the caption',
      () => ({
        [folder]: page('', 'Text.\n\n▶alt-is-caption▶![A white boat](photo.jpg "A white boat.")'),
        [photo]: jpeg,
      }),
    ],
    ['a picture without an alt', () => ({ [folder]: page('', '▶picture-without-alt▶![](photo.jpg)'), [photo]: jpeg })],
    [
      'a name in the wrong case',
      () => ({ [folder]: page('', '▶picture-missing▶![A white boat](Photo.JPG)'), [photo]: jpeg }),
      /Did you mean {2}photo\.jpg/,
    ],
    [
      "an author's picture that is missing",
      () => ({
        'content/authors/ann.yaml': 'name: Ann Example\nbio: She writes.\n▶picture-missing▶picture: ann.jpg\n',
      }),
    ],
  ];
  test.each(cases)('refuses %s', async (title, files, says) => check(title, files(), says));
});

const addresses: Case[] = [
  [
    'two stories with one URL',
    {
      [ferry]: page('').replace('---', '---'),
      'content/stories/2025/03/other.md': page('▶address-taken▶slug: ferry\n'),
    },
    /already used by content\/stories\/2025\/03\/ferry\.md/,
  ],
  [
    'two stories that answer to one name',
    { [ferry]: page('▶name-taken▶id: 2025/02/harbour\n') },
    /2025\/02\/harbour\/index\.mdx/,
  ],
  [
    'two stories with one id',
    { [ferry]: page('id: f\n'), 'content/stories/2025/03/g.md': page('▶name-taken▶id: f\n') },
  ],
  [
    'addresses that differ only in case',
    { [ferry]: page(''), 'content/stories/2025/03/other.md': page('▶address-taken▶slug: Ferry\n') },
    /only in case or Unicode form/,
  ],
  [
    'an alias that collides with a page',
    { [ferry]: page('aliases:\n  - /old/ferry/\n▶alias-taken▶  - /about/\n') },
    /content\/pages\/about\.md/,
  ],
  ["an alias that collides with another's", { [ferry]: page('aliases:\n▶alias-taken▶  - /OLD/harbour/\n') }],
  ['an alias that is a section', { [ferry]: page('aliases:\n▶alias-taken▶  - /world/\n') }],
  ['an alias that is an archive', { [ferry]: page('aliases:\n▶alias-taken▶  - /2025/02/\n') }],
  [
    'an old query that two stories claim',
    {
      [ferry]: page('aliases: ["/?p=1"]\n'),
      'content/stories/2025/03/g.md': page('aliases:\n▶alias-taken▶  - /?p=1\n'),
    },
  ],
  ['a part of an archive as a slug', { [ferry]: page('▶address-taken▶slug: part-2\n') }],
  ['a page with the address of a section', { 'content/pages/world.md': '▶address-taken▶---\nheadline: World\n---\n' }],
  [
    'a page with the address of a topic list',
    { 'content/pages/x.md': '---\nheadline: Topics\n▶address-taken▶slug: topics\n---\n' },
  ],
  ['a page called 2025', { 'content/pages/2025.md': '▶address-taken▶---\nheadline: A year\n---\n' }],
  ['two pages of one name', { 'content/pages/about.mdx': '▶page-twice▶---\nheadline: About\n---\n' }],
  ['two authors of one name', { 'content/authors/ann.yml': '▶author-twice▶name: Another\n' }],
  ['public/index.html', { 'public/index.html': '▶address-taken▶<!doctype html>' }],
  [
    'a public file in place of a section, reported once although a component is also new',
    { 'public/world/index.html': '▶address-taken▶<!doctype html>', 'theme/components/Stamp.astro': '<p>Stamp</p>' },
  ],
  ['public/feed.xml', { 'public/feed.xml': '▶address-taken▶<rss/>' }],
  [
    'a public file in place of a story',
    { 'public/2025/02/harbour/index.html': '▶address-taken▶<!doctype html>' },
    /2025\/02\/harbour\/index\.mdx/,
  ],
  ['a public file in place of an archive', { 'public/world/2025/02/index.html': '▶address-taken▶<!doctype html>' }],
  ['a public file where a folder must be', { 'public/old': '▶address-taken▶text' }],
  ['a public file in place of the icon', { 'public/assets/mark.svg': '▶address-taken▶<svg/>' }],
  ['a public file among our pictures', { 'public/assets/pictures/x.jpg': '▶address-taken▶x' }],
];
test.each(addresses)('refuses %s', check);

test('refuses a story as a file and as a folder', async () => {
  const files = { [folder]: page(''), [ferry]: page('') };
  put(files);
  await refuses(files, /same name as/, [`${folder}:1 story-twice`]);
  await goesThroughOnceMended(files);
});

test('refuses addresses that differ only in Unicode form, because they are the same name', async () => {
  const files = { 'content/stories/2025/03/caf\u00e9.md': page(''), 'content/stories/2025/03/cafe\u0301.md': page('') };
  extra.push(...Object.keys(files));
  for (const [file, text] of Object.entries(files)) newsroom.put(file, text);
  expect((await refusal()).map(({ rule }) => rule)).toEqual(['story-twice']);
  await goesThroughOnceMended(files);
});

const around: Case[] = [
  ['an unknown key of site.yaml', { [site]: `${siteYaml}▶unknown-key▶permalnk: /{slug}/\n` }, /Write {2}permalink: /],
  [
    'an unknown key of a section',
    {
      [site]: siteYaml.replace('{ id: sport, title: Sport }', '▶unknown-key▶{ id: sport, titel: Sport, title: Sport }'),
    },
    /sections\.1\.titel.*title/,
  ],
  [
    'a time zone that is none',
    { [site]: siteYaml.replace('timeZone: Europe/Dublin', '▶wrong-value▶timeZone: Europe/Dubln') },
  ],
  ['a language that is none', { [site]: siteYaml.replace('language: en-IE', '▶wrong-value▶language: en_IE!') }],
  ['a url that is none', { [site]: siteYaml.replace('url: https://post.example', '▶wrong-value▶url: post.example') }],
  [
    'a url with a query',
    { [site]: siteYaml.replace('url: https://post.example', '▶wrong-value▶url: https://post.example/?a=1') },
  ],
  ['a permalink without a slug', { [site]: `${siteYaml}▶wrong-value▶permalink: /{yyyy}/{mm}/\n` }],
  [
    'a section called topics',
    { [site]: `${siteYaml}▶address-taken▶  - { id: topics, title: Topics }\n` },
    /is reserved for the site itself/,
  ],
  ['a section called assets', { [site]: `${siteYaml}▶address-taken▶  - { id: assets, title: Assets }\n` }],
  ['a section called 2025', { [site]: `${siteYaml}  - title: A year\n▶address-taken▶    id: "2025"\n` }],
  ['a section twice', { [site]: `${siteYaml}▶section-twice▶  - { id: world, title: World again }\n` }],
  [
    'a section that takes the place of a page',
    {
      [site]: `${siteYaml}  - { id: about, title: About }\n`,
      'content/pages/about.md': '▶address-taken▶---\nheadline: About\n---\n',
    },
  ],
  [
    'a javascript: link in the navigation',
    { [site]: `${siteYaml}navigation:\n▶link-scheme▶  - { title: X, url: "javascript:alert(1)" }\n` },
  ],
  [
    'a javascript: link of the publisher',
    { [site]: `${siteYaml}publisher:\n  name: X\n▶link-scheme▶  url: "javascript:alert(1)"\n` },
  ],
  [
    'a section of a story that is gone from site.yaml',
    {
      [site]: siteYaml.replace(/ {2}- \{ id: world.*\n/, ''),
      'content/stories/2025/02/harbour/index.mdx': good['content/stories/2025/02/harbour/index.mdx']!.replace(
        'section:',
        '▶unknown-section▶section:',
      ),
    },
  ],
  ['site.yaml that is broken', { [site]: 'name: X\n▶yaml-broken▶url: "https://x.example\n' }],
  [
    'topics that share a title',
    { 'content/topics.yaml': 'sea: { title: The coast }\n▶topic-twice▶coast: { aliases: [The Coast] }\n' },
  ],
  [
    'a topic that cannot be part of an address',
    { 'content/topics.yaml': 'sea:\n  title: Sea\n▶topic-id▶Sea Port:\n  title: Port\n' },
    /sea-port/,
  ],
  ['an unknown key of a topic', { 'content/topics.yaml': 'sea:\n▶unknown-key▶  descripton: Boats.\n' }, /description/],
  ['an author file that is broken', { 'content/authors/bob.yaml': 'name: Bob\n▶yaml-broken▶bio: [\n' }],
  ['an author without a name', { 'content/authors/bob.yaml': '▶missing-key▶bio: He writes.\n' }],
  ['an author with an unknown key', { 'content/authors/bob.yaml': 'name: Bob\n▶unknown-key▶rloe: Editor\n' }, /role/],
  [
    "an author's javascript: link",
    { 'content/authors/bob.yaml': 'name: Bob\nlinks:\n▶link-scheme▶  - { title: X, url: "javascript:alert(1)" }\n' },
  ],
  [
    'an author file with a name that is no id',
    { 'content/authors/Bob Example.yaml': '▶author-id▶name: Bob\n' },
    /bob-example\.yaml/,
  ],
  [
    'a standing page with mistakes in both its halves',
    { 'content/pages/x.mdx': '---\n▶unknown-key▶headlin: X\nheadline: X\n---\n\n▶story-expression▶{1 + 1}\n' },
  ],
];
test.each(around)('refuses %s', check);

const files: Case[] = [
  [
    'a story of 5 MB',
    { [ferry]: `▶story-too-long▶---\nheadline: A\n---\n${'Words and words.\n'.repeat(300_000)}` },
    /5\.1 MB/,
  ],
  ['a file not in UTF-8', { [ferry]: Buffer.from('---\nheadline: Caf\xe9\npublished: 2025-03-01\n---\n', 'latin1') }],
  ['a file in UTF-16', { [ferry]: Buffer.from('\ufeff---\nheadline: A\n---\n', 'utf16le') }],
];
test('refuses a story of 5 MB', () => check(...files[0]!));
test.each([
  [files[1]!, 2],
  [files[2]!, 1],
] as const)('refuses %s', async ([, bytes], line) => {
  put(bytes);
  await refuses(bytes, /UTF-8/, [`${ferry}:${line} not-utf-8`]);
  await goesThroughOnceMended(bytes);
});

test.each([
  ['a file outside', 'content/stories/2025/03/x.md', '/etc/hostname', /outside the newsroom/],
  ['a folder outside', 'content/stories/2025/04', '/etc', /outside the newsroom/],
  ['a picture outside', 'content/stories/2025/02/harbour/p.jpg', '/etc/passwd', /outside the newsroom/],
  ['nothing', 'content/stories/2025/03/x.md', 'gone.md', /has no target/],
  ['a public file outside', 'public/secret.txt', '/etc/passwd', /outside the newsroom/],
])('refuses a symbolic link to %s', async (_title, file, target, says) => {
  const path = join(newsroom.site, file);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
  extra.push(file);
  await refuses({}, says, [`${file}:1 symbolic-link`]);
  await expect(newsroom.press({ changed: [file] })).rejects.toThrow(says);
  rmSync(path);
  await goesThroughOnceMended({});
});

test('refuses a content folder that is outside the newsroom', async () => {
  const other = smallNewsroom();
  rmSync(join(other.site, 'content'), { recursive: true });
  symlinkSync(join(newsroom.site, 'content'), join(other.site, 'content'));
  await expect(other.press()).rejects.toThrow(/outside the newsroom/);
});

test('refuses an empty newsroom, and says how to begin', async () => {
  const empty = smallNewsroom();
  await expect(empty.press()).rejects.toThrow(ProblemsError);
  const problems = await empty.press().catch((error: ProblemsError) => error.problems);
  expect(problems).toMatchObject([
    { rule: 'newsroom-empty', file: 'content/stories', line: 1, hint: expect.stringContaining('broadsheet new story') },
  ]);
});

test('refuses a folder that is not a newsroom, and says how to begin', async () => {
  const none = smallNewsroom();
  none.remove('content');
  const problems = await none.press().catch((error: ProblemsError) => error.problems);
  expect(problems).toMatchObject([
    { rule: 'no-newsroom', file: site, hint: expect.stringContaining('broadsheet init') },
  ]);
});

test('reports all mistakes of all files at once, including several in one file', async () => {
  const all = {
    [site]: `${siteYaml}▶unknown-key▶permalnk: /{slug}/\n`,
    [ferryMdx]:
      '---\n▶unknown-key▶headlin: A\nheadline: B\n▶no-such-date▶published: 2025-02-30\n▶unknown-section▶section: wrold\n---\n\n▶story-link-dead▶[See](story:none).\n\n▶story-element-unknown▶<Quote>A</Quote>\n',
    'content/stories/2025/03/g.md':
      '---\n▶yaml-broken▶headline: "A\n---\n\n▶link-scheme▶[Click](javascript:alert(1))\n',
    'content/authors/bob.yaml': '▶missing-key▶bio: He writes.\n',
  };
  await refuses(all);
  await goesThroughOnceMended(all);
});

test('a story with a mistake still exists, so a story that links to it is not reported', async () => {
  const harbour = 'content/stories/2025/02/harbour/index.mdx';
  const files = {
    [ferry]: page('related:\n  - 2025/02/harbour\n', '[See](story:2025/02/harbour).'),
    [harbour]: good[harbour].replace('section:', '▶unknown-key▶secton: world\nsection:'),
  };
  await refuses(files);
  await goesThroughOnceMended(files);
});

test('a mistake in a draft is a warning, and stops nobody from publishing', async () => {
  put({ [ferry]: '---\ndraft: true\nheadlin: A\n---\n\n![A boat](none.jpg)\n\n[See](story:none)\n' });
  const { warnings } = await newsroom.press();
  expect(warnings.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['3 unknown-key', '6 picture-missing']);
  expect(digestOfFolder(join(newsroom.site, 'dist'))).toBe(digest);
});
