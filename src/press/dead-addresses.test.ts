import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Problem, ProblemsError } from '../problems/problem.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* Broken links within the site, wherever they are written, and whichever file broke them. */

const page = (front: string, body = 'Us.') => `---\nheadline: About\n${front}---\n\n${body}\n`;
const harbour = 'content/stories/2025/02/harbour/index.md';
const linking = 'content/stories/2025/03/ferry/index.mdx';

const around = {
  'content/site.yaml': siteYaml,
  'content/authors/ann.yaml': 'name: Ann\n',
  'content/pages/about.md': page('aliases: [/us/]\n', '## Who we are\n\nUs.'),
  'content/pages/über.md': page(''),
  [harbour]: story(
    {
      byline: ['ann'],
      topics: ['harbour'],
      series: { title: 'Storms', part: 1 },
      aliases: ['/old/harbour.html'],
      corrections: [{ date: '2025-02-14', type: 'correction', text: 'Seven, not six.' }],
    },
    '## The first ferry\n\nIt sailed.\n\n<p id="photos">Photos</p>',
  ),
  'content/stories/2025/02/soon/index.md': story({ published: '2025-07-01T09:00:00Z' }),
  'content/stories/2025/02/draft/index.md': story({ draft: true }),
  'content/stories/2025/02/gone/index.md': story({ withdrawn: { date: '2025-03-01', reason: 'It was wrong.' } }),
  'public/files/list.pdf': 'list',
};

const said = (problems: Problem[]) =>
  problems
    .filter(({ rule }) => rule.startsWith('link-') || rule.startsWith('story-link'))
    .map(({ file, line, rule }) => `${file.replace('content/', '')}:${line} ${rule}`)
    .sort();
const hintOf = (problems: Problem[]) => problems.find(({ rule }) => rule.startsWith('link-'))?.hint ?? '';

describe('a link in a text', () => {
  let newsroom: SmallNewsroom;
  beforeAll(async () => {
    newsroom = smallNewsroom(around);
    await newsroom.press();
  }, 120_000);
  afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

  const warningsOf = async (body: string) => {
    newsroom.put(linking, story({}, body));
    return (await newsroom.press()).warnings;
  };

  test.each([
    '/',
    '/about/',
    '/about/#who-we-are',
    '/about/index.html',
    '/about/?from=story',
    '/%C3%BCber/',
    '/über/',
    '/u\u0308ber/',
    '../../02/harbour/',
    '/2025/02/harbour/#the-first-ferry',
    '/2025/02/harbour/#photos',
    '/2025/02/harbour/#main',
    'story:2025/02/harbour#the-first-ferry',
    'https://post.example/about/',
    'http://post.example/about/#who-we-are',
    'https://post.example',
    '/2025/02/gone/',
    '/world/',
    '/world/feed.xml',
    '/feed.xml',
    '/sitemap.xml',
    '/robots.txt',
    '/search/',
    '/corrections/',
    '/corrections/2025/',
    '/topics/harbour/',
    '/topics/harbour/2025/',
    '/authors/ann/',
    '/series/storms/',
    '/2025/',
    '/2025/02/',
    '/world/2025/02/',
    '/files/list.pdf',
    '/files/list.pdf#page=2',
    'https://elsewhere.example/abuot/',
    'https://www.post.example.org/none/',
    '//elsewhere.example/none/',
    'mailto:jo@post.example',
    'tel:+3531',
    'tel:112',
    'sms:+353911234567?body=Hi',
    'sms:?body=Hi',
    'mailto:?subject=Read%20this',
    'mailto:a@b.example,c@d.example?subject=x',
    'mailto:jo%40example.org',
    'https://www.post.example/about/',
    'http://www.post.example/about/#who-we-are',
    'https://localhost:4321/x',
    'https://münchen.example/x',
  ])('to %s is valid', async (href) => {
    expect(said(await warningsOf(`Text.\n\n[words](${href})`))).toEqual([]);
  });

  test.each([
    ['/abuot/', 'link-dead', '/about/'],
    ['/about-us/', 'link-dead', '/about/'],
    ['/nothing-like-it/', 'link-dead', undefined],
    ['/2024/11/harbour/', 'link-dead', '/2025/02/harbour/'],
    ['/harbour.html', 'link-dead', '/2025/02/harbour/'],
    ['www.example.org', 'link-dead', 'https://www.example.org'],
    ['example.org/news', 'link-dead', 'https://example.org/news'],
    ['jo@example.org', 'link-dead', 'mailto:jo@example.org'],
    ['about/', 'link-dead', '/about/'],
    ['report.pdf', 'link-dead', undefined],
    ['/files/lists.pdf', 'link-dead', '/files/list.pdf'],
    ['/topics/', 'link-dead', undefined],
    ['https://post.example/abuot/', 'link-dead', '/about/'],
    ['https://www.post.example/abuot/', 'link-dead', '/about/'],
    ['http://www.post.example/abuot/', 'link-dead', '/about/'],
    ['http://post.example/abuot/', 'link-dead', '/about/'],
    ['HTTPS://WWW.Post.Example/abuot/', 'link-dead', '/about/'],
    ['//www.post.example/abuot/', 'link-dead', '/about/'],
    ['https://post.example:443/abuot/', 'link-dead', '/about/'],
    ['https://post.example./abuot/', 'link-dead', '/about/'],
    ['https://www.post.example/us/', 'link-moved', '/about/'],
    ['https://exampleorg/news/', 'link-dead', undefined],
    ['https://https://example.org/news/', 'link-dead', 'https://example.org/news/'],
    ['https://http//example.org/news/', 'link-dead', 'http://example.org/news/'],
    ['https://www.example,org/news/', 'link-dead', 'https://www.example.org/news/'],
    ['https://www..example.org/news/', 'link-dead', 'https://www.example.org/news/'],
    ['mailto:joexample.org', 'link-dead', undefined],
    ['mailto:jo@example', 'link-dead', undefined],
    ['mailto:', 'link-dead', undefined],
    ['mailto:a@b.example,joexample.org', 'link-dead', undefined],
    ['tel:', 'link-dead', undefined],
    ['tel:call-us', 'link-dead', undefined],
    ['sms:', 'link-dead', undefined],
    ['/about', 'link-nearly', '/about/'],
    ['/About/', 'link-nearly', '/about/'],
    ['/feed.xml/', 'link-nearly', '/feed.xml'],
    ['/us/', 'link-moved', '/about/'],
    ['/old/harbour.html', 'link-moved', '/2025/02/harbour/'],
    ['/2025/02/soon/', 'link-waiting', undefined],
    ['/2025/02/draft/', 'link-waiting', undefined],
    ['/topics/tides/', 'link-empty-list', undefined],
    ['/authors/bob/', 'link-empty-list', undefined],
    ['/1999/', 'link-empty-list', undefined],
    ['/2025/02/part-2/', 'link-empty-list', undefined],
    ['/corrections/1999/', 'link-empty-list', undefined],
    ['/2025/02/harbour/#the-first-fery', 'link-fragment', '#the-first-ferry'],
    ['story:2025/02/harbour#the-first-fery', 'link-fragment', '#the-first-ferry'],
    ['/about/#who-we-were', 'link-fragment', '#who-we-are'],
    ['../../02/harbor/', 'link-dead', '/2025/02/harbour/'],
  ])('to %s is reported as %s', async (href, rule, meant) => {
    for (const body of [
      `Text.\n\n[words](${href})`,
      `Text.\n\n<p><a href="${href}">words</a></p>`,
      `Text.\n\n[words][x]\n\n[x]: ${href}`,
    ]) {
      const warnings = await warningsOf(body);
      expect(said(warnings)).toEqual([
        `stories/2025/03/ferry/index.mdx:${body.includes('[x]:') && !href.startsWith('story:') ? 12 : 10} ${rule}`,
      ]);
      if (meant) expect(hintOf(warnings)).toContain(` ${meant} `);
      else expect(hintOf(warnings)).not.toContain('Did you mean');
    }
  });

  test('and each of several links is reported on its own line', async () => {
    const warnings = await warningsOf(
      '[a](/nope/) [b](/nope/)\n\n[c](/nope/ "Title") and `/nope/`\n\n<a href="/nope/">d</a>',
    );
    expect(said(warnings)).toEqual([10, 12, 8].map((line) => `stories/2025/03/ferry/index.mdx:${line} link-dead`));
  });
});

test('a broken link is found wherever a newsroom can write an address; in the navigation it is an error', async () => {
  const dead = '/nowhere/';
  const files = {
    ...around,
    'content/authors/ann.yaml': `name: Ann\nlinks:\n  - { title: X, url: ${dead} }\n`,
    'content/pages/about.md': page('', `[x](${dead})`),
    'content/pictures/pier.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    'content/pictures/pier.svg.yaml': `alt: A pier\ncaption: "[x](${dead})"\n`,
    [linking]: `---
headline: Ferries
published: 2025-03-01
related:
  - { title: X, url: ${dead} }
source: { name: Wire, url: ${dead} }
sponsor: { name: Shop, url: ${dead} }
lead:
  src: picture:pier
  caption: "[x](${dead})"
  licence: ${dead}
---

[x](${dead})

<RichLink url="${dead}" title="X" />

<Picture src="picture:pier" caption="[x](${dead})" />

![A pier](picture:pier "[x](${dead})")

![A pier](picture:pier)
`,
  };
  const newsroom = smallNewsroom(files);
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  const site = `${siteYaml}icon: ${dead}icon.svg\npublisher: { name: X, url: ${dead}, logo: ${dead}logo.png }\nsupport: { title: A, text: B, button: C, action: ${dead} }\npictures: { licence: ${dead} }\n`;
  newsroom.put('content/site.yaml', site);
  const ferry = 'stories/2025/03/ferry/index.mdx';
  const expected = [
    'authors/ann.yaml:3 link-dead',
    'pages/about.md:5 link-dead',
    'pictures/pier.svg.yaml:2 link-dead',
    ...[10, 11, 14, 16, 18, 20, 5, 6, 7].map((line) => `${ferry}:${line} link-dead`),
    ...[11, 9, 10, 10].map((line) => `site.yaml:${line} link-dead`),
  ];
  const { warnings } = await newsroom.press();
  expect([...new Set(said(warnings))].sort()).toEqual([...new Set([...expected, 'site.yaml:12 link-dead'])].sort());
  newsroom.put(
    'content/site.yaml',
    `${site}navigation:\n  - { title: About, url: /about/ }\n  - { title: X, url: /abuot/ }\n`,
  );
  const problems = await newsroom
    .press()
    .then(() => [] as Problem[])
    .catch((error: ProblemsError) => error.problems);
  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      rule: 'link-dead',
      severity: 'error',
      file: 'content/site.yaml',
      line: 15,
      hint: expect.stringContaining('/about/'),
    },
  ]);
});

test.each(['https://www.post.example/nowhere/', 'mailto:joexample.org', 'tel:', 'https://exampleorg/'])(
  'and so is %s, which cannot lead anywhere',
  async (dead) => {
    const newsroom = smallNewsroom({
      ...around,
      'content/authors/ann.yaml': `name: Ann\nlinks:\n  - { title: X, url: "${dead === 'tel:' ? 'tel:x' : dead}" }\n`,
      'content/pages/about.md': page('', `[x](${dead})`),
      'content/pictures/pier.svg':
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
      'content/pictures/pier.svg.yaml': `alt: A pier\ncaption: "[x](${dead})"\n`,
      [linking]: `---
headline: Ferries
published: 2025-03-01
related:
  - { title: X, url: "${dead === 'tel:' ? 'tel:x' : dead}" }
lead: { src: picture:pier, caption: "[x](${dead})" }
---

[x](${dead})

<Picture src="picture:pier" caption="[x](${dead})" />

![A pier](picture:pier)
`,
    });
    onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
    expect(said((await newsroom.press()).warnings)).toEqual([
      'authors/ann.yaml:3 link-dead',
      'pages/about.md:5 link-dead',
      'pictures/pier.svg.yaml:2 link-dead',
      ...[11, 5, 6, 9].map((line) => `stories/2025/03/ferry/index.mdx:${line} link-dead`),
    ]);
    newsroom.put(
      'content/site.yaml',
      `${siteYaml}navigation:\n  - { title: X, url: "${dead === 'tel:' ? 'tel:x' : dead}" }\n`,
    );
    const error = await newsroom.press().catch((thrown: ProblemsError) => thrown.problems);
    expect(error).toContainEqual(expect.objectContaining({ rule: 'link-dead', severity: 'error', line: 10 }));
  },
);

test.each(['[x](HTTPS://elsewhere.example/)', '<a href=" MailTo:jo@post.example">x</a>'])(
  'a scheme in capitals works in every story: %s',
  async (link) => {
    const newsroom = smallNewsroom({ ...around, [linking]: story({}, `${link} <b>HTML</b>`) });
    onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
    await newsroom.press();
    expect(newsroom.dist().get('2025/03/ferry/index.html')).toMatch(
      /<a [^>]*href="(?:https:\/\/elsewhere\.example\/|mailto:jo@post\.example)"[^>]*>x</,
    );
  },
);

test('a picture that a video names is reported, because it is not shown', async () => {
  const newsroom = smallNewsroom({
    ...around,
    [linking]: story({}, '<video src="https://elsewhere.example/a.mp4" poster="no.jpg"></video>'),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  expect((await newsroom.press()).warnings).toMatchObject([
    { rule: 'poster-left-out', line: 8, message: expect.stringContaining('no.jpg') },
  ]);
});

test.each([
  ['content/authors/ann.yaml', 'name: Ann\nbio: "See [us](/abuot/) and <a href=\'/x/\'>that</a>."\n'],
  ['content/topics.yaml', 'harbour: { title: Harbour, description: "All [stories](/abuot/)" }\n'],
  ['content/fronts/home.yaml', 'banner:\n  text: "See [this](/abuot/)"\n'],
])('a link in a text without markup is reported if it would be printed as typed: %s', async (file, text) => {
  const newsroom = smallNewsroom({ ...around, [file]: text });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  const { warnings } = await newsroom.press();
  expect(warnings).toContainEqual(expect.objectContaining({ rule: 'markup-leftover', severity: 'warning', file }));
});

describe('a valid link is reported when its target disappears, whichever file that is', () => {
  // By a later clock, the files are old enough to be trusted, so only changes are ingested, as in a real newsroom.
  const later = { clock: Date.now() + 600_000 };
  const file = 'content/stories/2025/04/links.md';
  const cases: [what: string, href: string, rule: string, go: (newsroom: SmallNewsroom) => void, at?: string][] = [
    ['a story is removed', '/2025/02/harbour/', 'link-dead', (n) => n.remove(harbour)],
    ['a story gets another slug', '/2025/02/harbour/', 'link-dead', (n) => n.put(harbour, story({ slug: 'port' }))],
    ['a story becomes a draft', '/2025/02/harbour/', 'link-waiting', (n) => n.put(harbour, story({ draft: true }))],
    [
      'a story is embargoed',
      '/2025/02/harbour/',
      'link-waiting',
      (n) => n.put(harbour, story({ embargo: '2025-09-01' })),
    ],
    ['the clock goes back', '/2025/02/harbour/', 'link-waiting', () => {}, '2025-02-01T12:00:00Z'],
    ['an alias is removed', '/old/harbour.html', 'link-dead', (n) => n.put(harbour, story())],
    [
      'a heading is renamed',
      '/2025/02/harbour/#the-first-ferry',
      'link-fragment',
      (n) => n.put(harbour, story({}, '## The ferry\n\nIt sailed.')),
    ],
    [
      'a heading is renamed, the link by name',
      'story:2025/02/harbour#the-first-ferry',
      'link-fragment',
      (n) => n.put(harbour, story({}, '## The ferry\n\nIt sailed.')),
    ],
    ['a page is removed', '/about/', 'link-dead', (n) => n.remove('content/pages/about.md')],
    [
      'a heading of a page goes',
      '/about/#who-we-are',
      'link-fragment',
      (n) => n.put('content/pages/about.md', page('')),
    ],
    [
      'a section is removed',
      '/sport/',
      'link-dead',
      (n) => n.put('content/site.yaml', siteYaml.replace(/.*sport.*\n/, '')),
    ],
    ['a public file is removed', '/files/list.pdf', 'link-dead', (n) => n.remove('public/files/list.pdf')],
    [
      'the last story of a topic goes',
      '/topics/harbour/',
      'link-empty-list',
      (n) => n.put(harbour, story({ byline: ['ann'] })),
    ],
    [
      'the last story of an author goes',
      '/authors/ann/',
      'link-empty-list',
      (n) => n.put(harbour, story({ topics: ['harbour'] })),
    ],
    [
      'the last story of a year of a topic goes',
      '/topics/harbour/2025/',
      'link-empty-list',
      (n) => n.put(harbour, story()),
    ],
    ['the last part of a series goes', '/series/storms/', 'link-empty-list', (n) => n.put(harbour, story())],
    ['the last correction of a year goes', '/corrections/2025/', 'link-empty-list', (n) => n.put(harbour, story())],
    [
      'the last story of a month of a section goes',
      '/world/2025/02/',
      'link-empty-list',
      (n) => n.put(harbour, story({ section: 'sport' })),
    ],
  ];

  test.each(cases)('%s', async (_what, href, rule, go, at) => {
    const newsroom = smallNewsroom({
      ...around,
      [file]: story({ published: '2025-01-10T09:00:00Z' }, `Text.\n\n[x](${href})`),
    });
    onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
    newsroom.remove('content/stories/2025/02/gone/index.md');
    const before = said((await newsroom.press(later)).warnings).filter((text) => !text.endsWith('link-moved'));
    expect(before).toEqual([]);
    go(newsroom);
    const options = { ...later, ...(at === undefined ? {} : { at }) };
    const result = await newsroom.press(options).catch((error: ProblemsError) => ({ warnings: error.problems }));
    const incremental = said(result.warnings);
    expect(incremental).toEqual([expect.stringContaining(rule)]);
    // A clean build reports the same.
    const clean = await newsroom.press({ ...options, clean: true });
    expect(said(clean.warnings)).toEqual(incremental);
  });
});

test('when the target comes back, nothing more is reported', async () => {
  const newsroom = smallNewsroom({ ...around, [linking]: story({}, '[x](/later/)') });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  expect(said((await newsroom.press()).warnings)).toHaveLength(1);
  newsroom.put('content/pages/later.md', page(''));
  expect(said((await newsroom.press()).warnings)).toEqual([]);
  expect(said((await newsroom.press({ clean: true })).warnings)).toEqual([]);
});

test('if the url of the site has a path, links are resolved below it', async () => {
  const newsroom = smallNewsroom({
    ...around,
    'content/site.yaml': siteYaml.replace('https://post.example', 'https://post.example/paper/'),
  });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  newsroom.put(
    linking,
    story(
      {},
      '[a](/about/) [b](https://post.example/paper/about/) [c](https://post.example/other/)\n\n[d](/paper/about/)\n\n[e](https://post.example/paper/abuot/)',
    ),
  );
  const { warnings } = await newsroom.press();
  expect(said(warnings)).toEqual([10, 12].map((line) => `stories/2025/03/ferry/index.mdx:${line} link-dead`).sort());
  expect(hintOf(warnings)).toContain(' /about/ ');
});
