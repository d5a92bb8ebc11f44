import { describe, expect, test } from 'vitest';
import { authorSchema, sidecarSchema } from '../../newsroom/schema.ts';
import { applyCure, type Problem } from '../../problems/problem.ts';
import { frontSchema } from '../../site/front.ts';
import { siteSchema } from '../../site/site.ts';
import { frontMatterSchema } from '../../story/schema.ts';
import { checkData } from '../check-data.ts';
import { readSource, readYamlFile } from '../source.ts';
import { cureDate } from './dates.ts';

/*
 * Each mistake that an editor can make, and the suggested correction. A cure is applied to the file as suggested, and
 * the file must then have one mistake less. That is the canary for each kind.
 */

const schemas = { site: siteSchema, author: authorSchema, front: frontSchema, sidecar: sidecarSchema };

async function look(text: string, kind?: keyof typeof schemas): Promise<Problem[]> {
  const source = kind ? readYamlFile('x.yaml', Buffer.from(text)) : readSource('x.md', Buffer.from(text));
  if ('problems' in source) return source.problems;
  const checked = await checkData<unknown>(kind ? schemas[kind] : frontMatterSchema, source, 'x', 'a story');
  return 'problems' in checked ? checked.problems : [];
}

const storyOf = (front: string): string =>
  `---\n${/^\s*-?\s*headline/im.test(front) ? '' : 'headline: A\n'}${/^(?:published|date)/m.test(front) ? '' : 'published: 2025-01-01\n'}${front}\n---\n\nText\n`;

/** Applies all suggestions to a text, one after another. @returns the suggestions, and the remaining text */
async function mended(text: string, kind?: keyof typeof schemas) {
  const hints: string[] = [];
  let problems = await look(text, kind);
  let now = text;
  for (let round = 0; round < 9 && problems.length > 0; round++) {
    const found = problems.find(({ cure }) => cure);
    if (!found?.cure) break;
    hints.push(found.hint ?? '');
    now = applyCure(now, found.cure);
    const left = await look(now, kind);
    const isBetter =
      left.length < problems.length || found.rule === 'yaml-broken' || found.rule === 'front-matter-missing';
    expect(isBetter, `${found.message} ${found.hint}\n${now}\n${left.map(({ message }) => message).join('\n')}`).toBe(
      true,
    );
    problems = left;
  }
  return { hints, problems, text: now };
}

describe('front matter: the suggestion works when it is pasted', () => {
  test.each<[front: string, cured: string]>([
    ['topics: harbour, storms', 'topics: [harbour, storms]'],
    ['topics: [2024]', 'topics: ["2024"]'],
    ['topics: - one', 'topics: [one]'],
    ['topics: - one - two', 'topics: [one, two]'],
    ['topics: -one', 'topics: [one]'],
    ['topics:\n  -one\n  -two', 'topics:\n  - one\n  - two'],
    ['byline:\n-Ann', 'byline:\n- Ann'],
    ['topics: [a, Team #1]', 'topics: ["a", "Team #1"]'],
    [
      'corrections:\n  - { date: 2025-01-01, type: correction, text: We said #1 }',
      '  - { date: 2025-01-01, type: correction, text: "We said #1" }',
    ],
    [
      'corrections:\n  - { date: 2025-01-01, type: correction, text: We said 1,000 people }',
      '  - { date: 2025-01-01, type: correction, text: "We said 1,000 people" }',
    ],
    ['lead: { src: a.jpg, alt: A boat, a weir }', 'lead: { src: a.jpg, alt: "A boat, a weir" }'],
    ['byline: [{ name: Smith, John }]', 'byline: [{ name: "Smith, John" }]'],
    ['related: [{ story: a }]', 'related: [a]'],
    ['related:\n  - story: a', 'related:\n  - a'],
    ['byline: [{ id: ann }]', 'byline: [ann]'],
    ['standfirst: One\n  # two\n  three', 'standfirst: "One # two three"'],
    ['standfirst: One\n...\nkicker: Two', 'standfirst: One\nkicker: Two'],
    ['headline: 1984', 'headline: "1984"'],
    ['headline: 1.10', 'headline: "1.10"'],
    ['headline: true', 'headline: "true"'],
    ['headline: null', 'headline: "null"'],
    ['standfirst: ~', 'standfirst: "~"'],
    ['section: [world]', 'section: world'],
    ['byline: Ann Smith and Bo Jones', 'byline: [Ann Smith, Bo Jones]'],
    ['byline: Ann', 'byline: [Ann]'],
    ['byline: { name: Ann }', 'byline: [{ name: Ann }]'],
    ['byline:\n  name: Ann', '  - name: Ann'],
    ['lead: photo.jpg', 'lead:\n  src: photo.jpg\n  alt: …'],
    ['lead:\n  src: a.jpg\nalt: A boat', '  alt: A boat'],
    ['lead: { src: a.jpg }\ncaption: Foo', 'lead: { src: a.jpg, caption: Foo }'],
    ['lead:\nsrc: a.jpg\nalt: A boat\ntopics: [a]', 'lead:\n  src: a.jpg\n  alt: A boat\ntopics: [a]'],
    ['sponsor:\nname: Acme\nurl: https://a.example', 'sponsor:\n  name: Acme\n  url: https://a.example'],
    ['status: Draft', 'draft: true'],
    ['status: published', 'draft: false'],
    [
      'lead: { src: a.jpg, alt: b }\ndate: 2025-01-01\npublished: 2025-01-01',
      'lead: { src: a.jpg, alt: b }\npublished',
    ],
    ['tags: [a, b]', 'topics: [a, b]'],
    ['tags: a, b', 'topics: [a, b]'],
    ['subtitle: Words', 'standfirst: Words'],
    ['author: Jane Doe', 'byline: [Jane Doe]'],
    ['date: 2025-01-02', 'published: 2025-01-02'],
    ['description: Words', 'standfirst: Words'],
    ['excerpt: Words', 'standfirst: Words'],
    ['categories: [World]', 'section: World'],
    ['image: x.jpg', 'lead:\n  src: x.jpg\n  alt: …'],
    ['layout: post', 'published: 2025-01-01\n---'],
    ['permalink: /a/b/', 'aliases: [/a/b/]'],
    ['Headline: x', 'headline: x'],
    ['topic: a', 'topics: [a]'],
    ['correction:\n  - { date: 2025-01-01, type: correction, text: a }', 'corrections:'],
    ['draft: yes', 'draft: true'],
    ['draft: "true"', 'draft: true'],
    ['type: Opinion', 'type: opinion'],
    ['slug: a b c', 'slug: a-b-c'],
    ['aliases: old/x', 'aliases: [/old/x]'],
    ['aliases: https://old.example/x/?p=3', 'aliases: [/x/?p=3]'],
    ['language: en_GB', 'language: en-GB'],
    ['related: some-story', 'related: [some-story]'],
    ['source: Reuters', 'source: { name: Reuters }'],
    ['sponsor: Acme', 'sponsor: { name: Acme }'],
    ['series:\n  title: A\n  part: "2"', '  part: 2'],
    ['lead:\n  src: a.jpg\n  alt: b\n  topics: [a]', 'topics: [a]\nlead:\n  src: a.jpg\n  alt: b'],
    ['lead:\n  - src: a.jpg\n    alt: b', '    src: a.jpg'],
    ['lead:\n  src: a.jpg\n  alt: b\n  focus: 40 30', '  focus: 40% 30%'],
    ['standfirst: "a"\nexcerpt: b', 'summary: b'],
    [
      'corrections:\n  date: 2025-01-01\n  type: correction\n  text: a',
      '  - date: 2025-01-01\n    type: correction\n    text: a',
    ],
    ['foo: bar', 'published: 2025-01-01\n---'],
    ['warning: 5', 'warning: "5"'],
    ['kicker: [Breaking]', 'kicker: Breaking'],
    ['lastmod: 2025-01-03', 'updated: 2025-01-03'],
    ['keywords: a; b', 'topics: [a, b]'],
    ['updated: null', 'published: 2025-01-01\n---'],
    ['headline:Foo', 'headline: Foo'],
    ['headline Foo', 'headline: Foo'],
    ['headline: Foo: bar', 'headline: "Foo: bar"'],
    ['headline: @foo', 'headline: "@foo"'],
    ['headline: %foo', 'headline: "%foo"'],
    ['headline: *foo', 'headline: "*foo"'],
    ['headline: !foo', 'headline: "!foo"'],
    ['headline: `foo`', 'headline: "foo"'],
    ['headline: "Foo', 'headline: "Foo"'],
    ['headline: "Foo" bar', 'headline: "\\"Foo\\" bar"'],
    ['headline: “Foo: bar”', 'headline: "Foo: bar"'],
    ['\theadline: x', 'headline: x'],
    ['lead:\n\tsrc: a.jpg\n\talt: b', '  src: a.jpg\n  alt: b'],
    ['lead:\n  src: a.jpg\n alt: b', '  alt: b'],
    ['lead:\n src: a.jpg\n   alt: b', ' alt: b'],
    [' section: world', 'section: world'],
    ['headline: A\nheadline: B', 'headline: A\n---'],
    ['topics: [a, b', 'topics: [a, b]'],
    ['headline = Foo', 'headline: Foo'],
    ['headline: Foo: "bar"', 'headline: "Foo: \\"bar\\""'],
    ['topics: [@a, b]', 'topics: ["@a", "b"]'],
    ['standfirst: He said: yes', 'standfirst: "He said: yes"'],
    ['standfirst: words\nmore words: here', 'standfirst: "words more words: here"'],
    ['byline: [Ann: Smith, B]', 'byline: ["Ann: Smith", B]'],
    ['headline: - foo', 'headline: "- foo"'],
    ['headline: [Breaking] Storm', 'headline: "[Breaking] Storm"'],
    ['<<<<<<< HEAD\nsection: a', 'published: 2025-01-01\nsection: a'],
    ['- headline: x', 'headline: x'],
    ['headline: {a} b', 'headline: "{a} b"'],
    ['headline：Foo', 'headline: Foo'],
    ['lead: {src: a.jpg, alt: A: b}', 'lead: { src: a.jpg, alt: "A: b" }'],
    ['headline: "Foo",\nsection: x', 'headline: "Foo"'],
  ])('%s', async (front, cured) => {
    const { text, problems } = await mended(storyOf(front));
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(text).toContain(cured);
  });
});

describe('the same mechanism for the other files', () => {
  test.each<[kind: keyof typeof schemas, file: string, cured: string]>([
    ['site', 'title: The Post\nurl: https://post.example\n', 'name: The Post'],
    ['site', 'name: The Post\nbaseURL: https://post.example\n', 'url: https://post.example'],
    ['site', 'name: The Post\nurl: post.example\n', 'url: https://post.example'],
    ['site', 'name: The Post\nurl: https://post.example\ntimezone: Dublin\n', 'timeZone: Europe/Dublin'],
    ['site', 'name: The Post\nurl: https://post.example\nlanguage: en_IE\n', 'language: en-IE'],
    ['site', 'name: The Post\nurl: https://post.example\ntagline: News: all of it\n', 'description: "News: all of it"'],
    ['site', 'name: 1984\nurl: https://post.example\n', 'name: "1984"'],
    [
      'site',
      'name: The Post\nurl: https://post.example\nsections:\n  - { id: World News, title: World }\n',
      'id: world-news',
    ],
    [
      'site',
      'name: The Post\nurl: https://post.example\nmenu: [{ title: About, url: /about/ }]\n',
      'navigation: [{ title',
    ],
    ['author', 'title: Ann\n', 'name: Ann'],
    ['author', 'name: Ann\nphoto: ann.jpg\n', 'picture: ann.jpg'],
    ['author', 'name: Ann\nbiography: Writes\n', 'bio: Writes'],
    ['author', 'name: Ann\nbio: Writes: a lot\n', 'bio: "Writes: a lot"'],
    ['front', 'stories: first\n', 'stories: [first]'],
    ['front', 'posts: [a]\n', 'stories: [a]'],
    ['front', 'layout: Lead\n', 'layout: lead'],
    ['front', 'banner: Words\n', 'banner: { text: Words }'],
    ['sidecar', 'alt_text: A boat\n', 'alt: A boat'],
    ['sidecar', 'photographer: Ann\n', 'credit: Ann'],
    ['sidecar', 'alt: A boat\ndate: 31.5.2019\n', 'date: 2019-05-31'],
    ['sidecar', 'alt: A boat\ndecorative: no\n', 'decorative: false'],
    ['sidecar', '\talt: A boat\n', 'alt: A boat'],
  ])('%s: %s', async (kind, file, cured) => {
    const { text, problems } = await mended(file, kind);
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(text).toContain(cured);
  });
});

describe('the lines around the front matter', () => {
  const front = 'headline: A\npublished: 2025-01-01';
  test.each([
    ['TOML', '+++\ntitle = "A"\ndate = 2025-01-01T10:00:00Z\ntags = ["b"]\n+++\n\nText\n'],
    ['JSON', '{\n  "headline": "A",\n  "published": "2025-01-01"\n}\n\nText\n'],
    ['not closed', `---\n${front}\n\nText\n`],
    ['closed by a dash', `---\n${front}\n—\n\nText\n`],
    ['closed by dots', `---\n${front}\n...\n\nText\n`],
    ['opened by a dash', `—\n${front}\n---\n\nText\n`],
    ['opened by four', `----\n${front}\n---\n\nText\n`],
    ['not opened', `${front}\n---\n\nText\n`],
    ['below empty lines', `\n\n---\n${front}\n---\n\nText\n`],
    ['a heading alone', '# A: the story\n\nText\n'],
    [
      'with a byte order mark and other line ends',
      `\ufeff---\r\n${front.replace('\n', '\r\n')}\r\n---\r\n\r\nText\r\n`,
    ],
  ])('%s', async (_, text) => {
    const { problems, text: after } = await mended(text);
    expect(problems.map(({ message }) => message)).toEqual([]);
    expect(after).toContain('Text');
  });
});

describe('dates', () => {
  test.each([
    ['27.11.2026', 'de', '2026-11-27'],
    ['27.11.26', 'de', '2026-11-27'],
    ['Nov 27, 2026', 'en-IE', '2026-11-27'],
    ['27/11/2026', 'en-US', '2026-11-27'],
    ['11/27/2026', 'en-GB', '2026-11-27'],
    ['2026-11-27 7am', 'en', '2026-11-27 07:00'],
    ['2026-11-27 7:00', 'en', '2026-11-27 07:00'],
    ['20261127', 'en', '2026-11-27'],
    ['“2026-11-27”', 'en', '2026-11-27'],
    ['27. März 2026 um 7.30 Uhr', 'de', '2026-03-27 07:30'],
    ['27 novembre 2026 à 19h30', 'fr', '2026-11-27 19:30'],
    ['27 de noviembre de 2026', 'es', '2026-11-27'],
    ['27 Tachwedd 2026', 'cy', '2026-11-27'],
    ['27 ноября 2026', 'ru', '2026-11-27'],
    ['٢٧ نوفمبر ٢٠٢٦', 'ar', '2026-11-27'],
    ['२७ नवंबर २०२६', 'hi', '2026-11-27'],
    ['2026-11-27 18:00 GMT', 'en', '2026-11-27T18:00:00Z'],
  ])('%s in %s is %s', (text, language, date) => {
    expect(cureDate(text, language, 'Europe/Dublin').dates[0]).toBe(date);
  });

  test.each([
    ['04/05/2026', 'en-GB', ['2026-05-04', '2026-04-05']],
    ['04/05/2026', 'en-US', ['2026-04-05', '2026-05-04']],
  ])('%s can be two days, of which %s comes first', (text, language, dates) => {
    expect(cureDate(text, language, 'UTC').dates).toEqual(dates);
  });

  test.each([
    ['7:00', 'Write the day before the time'],
    ['2026-02-30', 'February 2026 has 28 days.'],
    ['2026-13-01', 'Months are numbered 01 to 12'],
    ['tomorrow', '2026-11-27 18:00'],
  ])('it is impossible to know what %s is: %s', (text, hint) => {
    const found = cureDate(text, 'en', 'UTC');
    expect(found.dates).toEqual([]);
    expect(found.hint).toContain(hint);
  });
});

test('values are quoted as written, at their place', async () => {
  const [problem] = await look('---\nheadline: 0x1F # why\npublished: 2025-01-01\n---\n');
  expect(problem).toMatchObject({ line: 2, column: 11, message: 'headline: this must be text (found: 0x1F).' });
});

test('if there are more mistakes than a person can read, the rest are counted', async () => {
  const problems = await look(storyOf(Array.from({ length: 1000 }, (_, i) => `key${i}: x`).join('\n')));
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({
    rule: 'more-mistakes',
    message: expect.stringContaining('900 more mistakes'),
  });
});

test.each<[written: string, cured: string | undefined]>([
  ['//letters.example/join', 'https://letters.example/join'],
  ['letters.example/join', 'https://letters.example/join'],
  ['https//letters.example/join', 'https://letters.example/join'],
  ['https://me:word@letters.example/join', 'https://letters.example/join'],
  ['join', '/join'],
  ['https:join', undefined],
  ['https://[', undefined],
  ['https://', undefined],
  ['https://a b/', undefined],
  ['https://letters.example:99999/', undefined],
  ['javascript:join()', undefined],
  ['data:text/html,x', undefined],
  ['/\\evil.example', undefined],
  ['/\t/evil.example', undefined],
  ['/a\u2028b', undefined],
])('a form never gets an address made from the remaining letters: %j', async (written, cured) => {
  const text = (action: string) =>
    `name: P\nurl: https://post.example\ntips: { title: T, text: T, button: B, action: ${JSON.stringify(action)} }\n`;
  const [problem, ...more] = await look(text(written), 'site');
  expect([problem?.rule, more]).toEqual(['wrong-value', []]);
  expect(problem?.cure?.lines.join('')).toEqual(
    cured === undefined ? undefined : expect.stringContaining(`${cured} }`),
  );
});

test('the text beside a cure matches it', async () => {
  const said = async (front: string) => (await look(`---\n${front}\n---\n`)).map(({ hint }) => hint);
  expect(await said('headline: A\npublished: 20250102')).toEqual(['Write  published: 2025-01-02 .']);
  expect(await said('headline: A\npublished: 2025-01-02\nlead:\nsrc: a.jpg\nalt: b')).toContain(
    'Write in lines 5 to 6:\n  src: a.jpg\n  alt: b',
  );
  expect(await said('headline: A\npublished: 2025-01-02\ncorrections: We were wrong')).toEqual([
    'Write it as a list in which each entry has the keys date, type, and text. docs/story.md has an example.',
  ]);
});
