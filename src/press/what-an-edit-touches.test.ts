import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isSocialPicture, type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * The files that change after one edit, according to the report. If a page is rendered unnecessarily, a large archive
 * pays for it. If a page is missed, it is out of date. same-bytes.test.ts looks for the second case with random edits.
 * Here both are lists that a person can check.
 */

const noon = '2025-06-01T12:00:00Z';
const page = (day: number) => `2025/02/s${day}/index.html`;
const file = (day: number) => `content/stories/2025/02/s${day}/index.md`;
const nothing = { added: [], changed: [], removed: [], nextChange: null };

/** The feeds in folders, in all formats. */
const feeds = (...folders: string[]) =>
  folders.flatMap((folder) => ['xml', 'atom', 'json'].map((ending) => `${folder}feed.${ending}`));
/** Pages and feeds that show the latest of the site and of the section. */
const fronts = [...feeds('', 'world/'), 'index.html', 'world/index.html'];
/** They also show the newest few. */
const newest = [...fronts, '404.html'];
/** Archives of feeds that name the stories of February, and archive pages that do. */
const februaryFeeds = ['2025/02/feed.atom', 'world/2025/02/feed.atom'];
const february = ['2025/02/index.html', 'world/2025/02/index.html', ...februaryFeeds];
/** Lists that only contain story 20. */
const ofStory20 = [
  'authors/ann/2025/index.html',
  'authors/ann/index.html',
  'topics/harbour/2025/index.html',
  'topics/harbour/index.html',
  ...feeds('authors/ann/', 'topics/harbour/'),
];

/**
 * Twenty-five stories in the section world in February, which is more than a feed (20) or a section front (24) shows,
 * so the oldest are only in the archive. There is one more in March, in the section sport.
 */
async function paper(more: Record<string, string | Uint8Array> = {}): Promise<SmallNewsroom> {
  const files: Record<string, string | Uint8Array> = {
    'content/authors/ann.yaml': 'name: Ann Example\n',
    'content/topics.yaml': 'harbour: { title: The harbour }\n',
    'content/stories/2025/03/match/index.md': story({
      headline: 'The match',
      section: 'sport',
      published: '2025-03-20T09:00:00Z',
    }),
  };
  for (let day = 1; day <= 25; day++)
    files[file(day)] = story({
      headline: `Story ${day}`,
      published: `2025-02-${String(day).padStart(2, '0')}T09:00:00Z`,
      byline: day === 20 ? ['ann'] : ['Bo Other'],
      topics: day === 20 ? ['harbour'] : undefined,
    });
  const newsroom = smallNewsroom({ ...files, ...more });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  await newsroom.press({ at: noon });
  return newsroom;
}

function edit(newsroom: SmallNewsroom, name: string, from: string | RegExp, to: string): void {
  const before = readFileSync(join(newsroom.site, name), 'utf8');
  const after = before.replace(from, to);
  expect(after, `${name} holds ${from}`).not.toBe(before);
  newsroom.put(name, after);
}

/** Publishes an edit and returns what changed. A clean build must have the same result. */
async function touched(newsroom: SmallNewsroom, at = noon) {
  const { added, changed, removed, nextChange } = await newsroom.press({ at });
  const clean = join(newsroom.site, 'clean');
  const whole = await newsroom.press({ at, dist: clean, clean: true });
  expect(newsroom.dist()).toEqual(newsroom.dist(clean));
  expect(nextChange).toBe(whole.nextChange);
  return { added: added.sort(), changed: changed.sort(), removed: removed.sort(), nextChange };
}

const only = (lists: { [name in keyof typeof nothing]?: string[] | string }) => ({
  ...nothing,
  ...Object.fromEntries(
    Object.entries(lists).map(([name, files]) => [name, Array.isArray(files) ? [...files].sort() : files]),
  ),
});

test('nothing changed: no file, and no page is rendered; a file that was only touched has not changed', async () => {
  const newsroom = await paper();
  expect(await newsroom.press({ at: noon })).toMatchObject({ ...nothing, rendered: 0 });
  newsroom.put(file(20), readFileSync(join(newsroom.site, file(20))));
  expect(await newsroom.press({ at: noon })).toMatchObject({ ...nothing, rendered: 0 });
});

describe('the text of a story is edited', () => {
  test('that feeds contain: its page and those feeds', async () => {
    const newsroom = await paper();
    edit(newsroom, file(20), 'at seven', 'at eight');
    expect(await touched(newsroom)).toEqual(
      only({ changed: [page(20), ...feeds('', 'world/', 'authors/ann/', 'topics/harbour/')] }),
    );
  });

  test('that one feed still contains: its page and that feed; that none contains: its page', async () => {
    const newsroom = await paper();
    edit(newsroom, file(6), 'at seven', 'at eight');
    expect(await touched(newsroom)).toEqual(only({ changed: [page(6), ...feeds('world/')] }));
    edit(newsroom, file(2), 'at seven', 'at eight');
    const report = await newsroom.press({ at: noon });
    expect(report).toMatchObject({ ...nothing, changed: [page(2)], rendered: 1 });
  });
});

describe('a headline is edited', () => {
  test('every page that shows the card, and nothing else', async () => {
    const newsroom = await paper();
    edit(newsroom, file(20), 'Story 20', 'Story twenty');
    expect(await touched(newsroom)).toEqual(
      // The three newer stories name it among the older ones of the section.
      only({ changed: [page(20), page(21), page(22), page(23), ...fronts, ...february, ...ofStory20] }),
    );
  });

  test('of the oldest story: no front, no feed', async () => {
    const newsroom = await paper();
    edit(newsroom, file(1), 'Story 1', 'Story one');
    expect(await touched(newsroom)).toEqual(only({ changed: [page(1), page(2), page(3), page(4), ...february] }));
  });
});

test('a new story appears on the fronts and in its month; no older story and no other archive page is affected', async () => {
  const newsroom = await paper();
  const put = (name: string, day: number) =>
    newsroom.put(
      `content/stories/2025/05/${name}/index.md`,
      story({ headline: name, published: `2025-05-${day}T09:00:00Z` }),
    );
  put('first', 28);
  expect(await touched(newsroom)).toEqual(
    only({
      added: [
        ...['2025/05/first/index.html', '2025/05/index.html', 'world/2025/05/index.html'],
        ...['2025/05/feed.atom', 'world/2025/05/feed.atom'],
      ],
      // A new month appears: the year and the search page name it, and so do the months before it.
      changed: [
        ...newest,
        'sitemap.xml',
        'search/index.html',
        '2025/index.html',
        '2025/03/index.html',
        '2025/03/feed.atom',
        'world/2025/02/index.html',
        'world/2025/02/feed.atom',
      ],
    }),
  );
  put('second', 29);
  expect(await touched(newsroom)).toEqual(
    only({
      added: ['2025/05/second/index.html'],
      changed: [
        ...[...newest, 'sitemap.xml', '2025/05/index.html', 'world/2025/05/index.html'],
        ...['2025/05/feed.atom', 'world/2025/05/feed.atom'],
      ],
    }),
  );
});

test('an old story is removed: the archive pages of its month, and the stories that named it', async () => {
  const newsroom = await paper();
  newsroom.remove('content/stories/2025/02/s1');
  expect(await touched(newsroom)).toEqual(
    only({ removed: [page(1)], changed: [page(2), page(3), page(4), ...february, 'sitemap.xml'] }),
  );
});

test('the last story of a month is removed: its pages are removed, and the pages that named the month are rendered', async () => {
  const newsroom = await paper();
  newsroom.remove('content/stories/2025/03/match');
  expect(await touched(newsroom)).toEqual(
    only({
      removed: [
        ...['2025/03/match/index.html', '2025/03/index.html', 'sport/2025/03/index.html'],
        ...['2025/03/feed.atom', 'sport/2025/03/feed.atom'],
      ],
      changed: [
        'index.html',
        '404.html',
        ...feeds('', 'sport/'),
        'sport/index.html',
        '2025/index.html',
        '2025/02/index.html',
        '2025/02/feed.atom',
        'search/index.html',
        'sitemap.xml',
      ],
    }),
  );
});

test('a story is backdated: its old and new places, and what is next to them', async () => {
  const newsroom = await paper();
  edit(newsroom, file(25), '2025-02-25', '2024-01-05');
  expect(await touched(newsroom)).toEqual(
    only({
      added: [
        ...['2024/index.html', '2024/01/index.html', 'world/2024/01/index.html'],
        ...['2024/01/feed.atom', 'world/2024/01/feed.atom'],
      ],
      changed: [
        page(25),
        page(1),
        page(2),
        page(3),
        ...newest,
        ...february,
        '2025/index.html',
        'search/index.html',
        'sitemap.xml',
      ],
    }),
  );
});

test('a topic is renamed: its lists, the ways to find a story, the stories that name it, and the feeds that contain those', async () => {
  const newsroom = await paper();
  edit(newsroom, 'content/topics.yaml', 'The harbour', 'The old harbour');
  expect(await touched(newsroom)).toEqual(
    only({
      changed: [
        page(20),
        'topics/harbour/2025/index.html',
        'topics/harbour/index.html',
        'search/index.html',
        ...feeds('', 'world/', 'authors/ann/', 'topics/harbour/'),
      ],
    }),
  );
});

test('an author is renamed: the author’s lists, the stories, and the feeds that contain those', async () => {
  const newsroom = await paper();
  edit(newsroom, 'content/authors/ann.yaml', 'Ann Example', 'Ann Other');
  expect(await touched(newsroom)).toEqual(
    only({
      changed: [
        ...[page(20), 'authors/ann/2025/index.html', 'authors/ann/index.html', ...februaryFeeds],
        ...feeds('', 'world/', 'authors/ann/', 'topics/harbour/'),
      ],
    }),
  );
});

test('the paper is renamed: every page and every feed, but neither sitemap nor redirects', async () => {
  const newsroom = await paper({ 'content/pages/about.md': '---\nheadline: About\naliases: [/us/]\n---\n\nUs.\n' });
  newsroom.put('content/site.yaml', siteYaml.replace('The Example Post', 'The Other Post'));
  const all = [...newsroom.dist().keys()].filter((name) => /(\.html|feed\.(xml|atom|json))$/.test(name));
  expect(all.length).toBeGreaterThan(40);
  expect(await touched(newsroom)).toEqual(only({ changed: all }));
});

test('the paper gets a picture for the browser tab: its generated icon is removed, and comes back when the picture is removed', async () => {
  const newsroom = await paper();
  expect(newsroom.dist().get('assets/mark.svg')).toContain('>T</text>');
  expect(newsroom.dist().get('index.html')).toContain('<link rel="icon" href="/assets/mark.svg">');
  newsroom.put('content/site.yaml', `${siteYaml}icon: /tab.svg\n`);
  newsroom.put('public/tab.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  expect(await touched(newsroom)).toMatchObject({ added: ['tab.svg'], removed: ['assets/mark.svg'] });
  expect(newsroom.dist().get('index.html')).toContain('<link rel="icon" href="/tab.svg">');
  newsroom.put('content/site.yaml', siteYaml);
  newsroom.remove('public/tab.svg');
  expect(await touched(newsroom)).toMatchObject({ added: ['assets/mark.svg'], removed: ['tab.svg'] });
});

test('a picture is replaced: the pages that show it, and its renditions', async () => {
  const colour = (red: number) =>
    sharp({ create: { width: 400, height: 300, channels: 3, background: { r: red, g: 90, b: 120 } } })
      .jpeg()
      .toBuffer();
  const newsroom = await paper({ 'content/stories/2025/02/s2/quay.jpg': await colour(1) });
  edit(newsroom, file(2), 'headline:', 'lead: { src: quay.jpg, alt: A quay }\nheadline:');
  await newsroom.press({ at: noon });
  const renditions = () =>
    [...newsroom.dist().keys()].filter((name) => name.startsWith('assets/pictures/') && !isSocialPicture(name)).sort();
  const before = renditions();
  newsroom.put('content/stories/2025/02/s2/quay.jpg', await colour(200));
  const report = await touched(newsroom);
  expect(before.length).toBeGreaterThan(2);
  // Story 2 is the last on the section front, and in no feed. The three newer stories show it as a card.
  // The sitemap names it.
  const pages = [page(2), page(3), page(4), page(5), 'sitemap.xml', 'world/index.html'];
  expect(report).toEqual(only({ added: renditions(), removed: before, changed: pages }));
  expect(renditions()).not.toEqual(before);
});

test('a story is withdrawn: its address says so, and it leaves every list', async () => {
  const newsroom = await paper();
  edit(newsroom, file(20), 'headline:', 'withdrawn: { date: 2025-05-01, reason: It was wrong. }\nheadline:');
  expect(await touched(newsroom)).toEqual(
    only({
      removed: ofStory20,
      changed: [page(20), page(21), page(22), page(23), ...fronts, ...february, 'search/index.html', 'sitemap.xml'],
    }),
  );
});

test('an embargo ends: at its time, not before, and the report says when', async () => {
  const embargo = '2025-06-02T06:00:00.000Z';
  const newsroom = await paper();
  newsroom.put(
    'content/stories/2025/02/later/index.md',
    story({ headline: 'Later', published: '2025-02-26T09:00:00Z', embargo }),
  );
  expect(await touched(newsroom)).toEqual(only({ nextChange: embargo }));
  expect(await touched(newsroom, '2025-06-02T05:59:59.999Z')).toEqual(only({ nextChange: embargo }));
  const comesOut = only({
    added: ['2025/02/later/index.html'],
    changed: [...newest, ...february, 'sitemap.xml'],
  });
  expect(await touched(newsroom, embargo)).toEqual(comesOut);
  // With an earlier time it is gone again.
  expect(await touched(newsroom)).toEqual({
    ...comesOut,
    added: [],
    removed: comesOut.added,
    nextChange: embargo,
  });
});

test('an alias is added: its page and the list of redirects', async () => {
  const newsroom = await paper();
  edit(newsroom, file(2), 'headline:', 'aliases: [/old/two/]\nheadline:');
  expect(await touched(newsroom)).toEqual(only({ added: ['old/two/index.html'], changed: ['_redirects'] }));
  edit(newsroom, file(2), '/old/two/', '/old/2/, "/?p=2"');
  expect(await touched(newsroom)).toEqual(
    only({ added: ['old/2/index.html'], changed: ['_redirects'], removed: ['old/two/index.html'] }),
  );
});

test('the theme changes: every page that has a style sheet', { timeout: 300_000 }, async () => {
  const newsroom = await paper();
  const pages = [...newsroom.dist().keys()].filter((name) => name.endsWith('.html')).sort();
  newsroom.put('theme/theme.css', ':root { --accent: #123456; }\n');
  const { added, changed, removed, nextChange } = await newsroom.press({ at: noon });
  expect(changed.filter((name) => name.endsWith('.html')).sort()).toEqual(pages);
  expect(changed.filter((name) => !name.endsWith('.html'))).toEqual([]);
  for (const name of [...added, ...removed]) expect(name).toMatch(/^assets\/[^/]+\.css$/);
  expect({ added: added.length > 0, nextChange }).toEqual({ added: true, nextChange: null });
  expect(await newsroom.press({ at: noon })).toMatchObject(nothing);
});

test('a file in public/ that changes at the same time as the theme is copied too', { timeout: 300_000 }, async () => {
  const newsroom = await paper({ 'public/a.txt': 'a' });
  newsroom.put('theme/theme.css', ':root { --accent: #123457; }\n');
  newsroom.remove('public/a.txt');
  expect((await newsroom.press({ at: noon })).removed).toContain('a.txt');
  expect(newsroom.dist().has('a.txt')).toBe(false);
});

describe('nextChange is the earliest time at which a story is published', () => {
  test.each([
    ['nothing waits', [{}], null],
    ['published lies ahead', [{ published: '2025-07-01' }], '2025-06-30T23:00:00.000Z'],
    [
      'the later of published and embargo counts',
      [
        { published: '2025-08-01T00:00Z', embargo: '2025-07-01T00:00Z' },
        { published: '2025-02-01', embargo: '2025-08-02T00:00Z' },
      ],
      '2025-08-01T00:00:00.000Z',
    ],
    ['a draft never comes out by itself', [{ draft: true, published: '2025-07-01' }], null],
  ] as const)('%s', async (_, fronts, due) => {
    const newsroom = smallNewsroom();
    onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
    newsroom.put('content/stories/2025/01/there.md', story({ published: '2025-01-01' }));
    fronts.forEach((front, i) => {
      newsroom.put(`content/stories/2025/02/s${i}.md`, story({ headline: `Story ${i}`, ...front }));
    });
    expect((await newsroom.press({ at: noon })).nextChange).toBe(due);
    if (due) expect((await newsroom.press({ at: due })).added).toContain('2025/02/s0/index.html');
  });
});
