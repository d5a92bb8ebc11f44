import { describe, expect, test } from 'vitest';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { file, fileOf, newsroomWith, openNewsroom } from './ingested.fixture.ts';

type Newsroom = Awaited<ReturnType<typeof newsroomWith>>;
const storiesOf = async (newsroom: Newsroom, at?: string) =>
  (await newsroom.ingest(at)).stories.map(({ before, after }) => (before ?? after)?.id).sort();
const rows = ({ index }: Newsroom, query: string) =>
  index
    .sql(query)
    .all()
    .map((row) => Object.values(row).join(' '));
const page = (front = '', text = 'Us.') => `---\nheadline: About\n${front}---\n\n${text}\n`;

describe('an ingest', () => {
  test('that is refused keeps nothing, and reports everything that it found', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(fileOf('2025/02/b'), story({ section: 'wrong' }));
    newsroom.put(fileOf('2025/02/c'), story());
    newsroom.put('content/pages/about.md', page('slug: topics\n'));
    newsroom.put('content/fronts/home.yaml', 'layout: none\n');
    expect(await newsroom.said()).toEqual([
      'content/fronts/home.yaml:1 wrong-value',
      'content/pages/about.md:3 address-taken',
      `${fileOf('2025/02/b')}:3 unknown-section`,
    ]);
    expect(rows(newsroom, 'SELECT id FROM story')).toEqual(['2025/02/a']);
    expect(rows(newsroom, 'SELECT path FROM file ORDER BY path')).toEqual(['content/site.yaml', fileOf('2025/02/a')]);
    // What was not corrected is found again, although none of it is new.
    expect(await newsroom.said()).toHaveLength(3);
  });

  test('without a site, or without a story, is refused', async () => {
    const newsroom = openNewsroom({});
    try {
      expect(await newsroom.said()).toEqual(['content/stories:1 newsroom-empty']);
      newsroom.remove('content/site.yaml');
      expect(await newsroom.said()).toEqual(['content/site.yaml:1 no-newsroom']);
    } finally {
      newsroom.close();
    }
  });

  test('returns each story as it was before and after, and nothing if everything is planned', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), ...file('2025/02/b') });
    newsroom.put(fileOf('2025/02/a'), story({ headline: 'New' }));
    newsroom.remove(fileOf('2025/02/b'));
    newsroom.put(fileOf('2025/02/c'), story());
    const { stories } = await newsroom.ingest();
    expect(
      stories.map(({ before, after }) => [before?.id, after?.id, before?.cardDigest === after?.cardDigest]),
    ).toEqual([
      ['2025/02/a', '2025/02/a', false],
      ['2025/02/b', undefined, false],
      [undefined, '2025/02/c', false],
    ]);
    newsroom.put(fileOf('2025/02/a'), story({ headline: 'Newer' }));
    expect((await newsroom.ingest(undefined, undefined, { isAll: true })).stories).toEqual([]);
  });

  test('warns about a file that is not where it was meant to be', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put('content/authors/old/ann.yaml', 'name: Ann\n');
    expect(await newsroom.said()).toEqual(['content/authors/old/ann.yaml:1 stray-file']);
    newsroom.remove('content/authors/old/ann.yaml');
    expect(await newsroom.said()).toEqual([]);
  });

  test('warns about words that a YAML file around the stories loses', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put('content/authors/ann.yaml', 'name: Ann #1\n');
    expect(await newsroom.said()).toEqual([expect.stringMatching(/^content\/authors\/ann.yaml:1 /)]);
    newsroom.put(fileOf('2025/02/b'), story());
    expect(await newsroom.said()).toEqual([]);
  });

  test('reports progress in stories', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), ...file('2025/02/b') });
    newsroom.put('content/site.yaml', siteYaml.replace('Europe/Dublin', 'UTC'));
    const told: unknown[] = [];
    await newsroom.ingest(undefined, undefined, { onProgress: (...progress) => told.push(progress) });
    expect(told.at(-1)).toEqual(['stories', 2, 2]);
  });
});

describe('addresses', () => {
  test('can be swapped in one edit: between stories, a story and a page, and a file in public/', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { aliases: ['/about/'] }),
      ...file('2025/02/b', { slug: 'c' }),
      'content/pages/us.md': page(),
      'public/old/index.html': 'old',
    });
    newsroom.put(fileOf('2025/02/a'), story({ slug: 'c', aliases: ['/old/'] }));
    newsroom.put(fileOf('2025/02/b'), story({ slug: 'a' }));
    newsroom.put('content/pages/us.md', page('slug: about\naliases: [/us/]\n'));
    newsroom.remove('public/old/index.html');
    expect(await newsroom.said()).toEqual([]);
    expect(
      rows(newsroom, "SELECT address, owner FROM address WHERE owner NOT LIKE 'section/%' ORDER BY address"),
    ).toEqual([
      '/2025/02/a/ story/2025/02/b',
      '/2025/02/c/ story/2025/02/a',
      '/about/ page/us',
      '/old/ story/2025/02/a',
      '/us/ page/us',
    ]);
  });

  test('of a hidden story are claimed before it is public; those of a draft are not', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a', { published: '2031-01-01', slug: 'same' }),
      ...file('2025/02/b', { draft: true, slug: 'free' }),
    });
    newsroom.put(fileOf('2025/02/c'), story({ slug: 'same' }));
    newsroom.put(fileOf('2025/02/d'), story({ slug: 'free' }));
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/c')}:6 address-taken`]);
  });

  test('of a new section are taken from their owners, which is reported', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a'),
      'content/pages/culture.md': page(),
      'public/arts/index.html': 'a',
    });
    newsroom.put(
      'content/site.yaml',
      siteYaml.replace('sections:', 'sections:\n  - { id: culture, title: C }\n  - { id: arts, title: A }'),
    );
    expect(await newsroom.said()).toEqual([
      'content/pages/culture.md:1 address-taken',
      'public/arts/index.html:1 address-taken',
    ]);
  });

  test('are not reported as taken while the site itself has mistakes', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), 'content/pages/culture.md': page() });
    newsroom.put('content/site.yaml', `${siteYaml.replace('id: sport', 'id: culture')}nonsense: 1\n`);
    expect(await newsroom.said()).toEqual(['content/site.yaml:9 unknown-key']);
  });
});

describe('a file that stands for the same thing as another', () => {
  test.each([
    ['content/authors/ann.yaml', 'content/authors/ann.yml', 'name: Ann\n', 'author-twice'],
    ['content/pages/about.md', 'content/pages/about.mdx', page(), 'page-twice'],
    ['content/fronts/home.yaml', 'content/fronts/home.yml', 'layout: lead\n', 'front-twice'],
    [fileOf('2025/03/x'), 'content/stories/2025/03/x.md', story(), 'story-twice'],
  ])('%s beside %s', async (one, other, text, rule) => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), [one]: text });
    newsroom.put(other, text);
    expect(await newsroom.said()).toEqual([`${other}:1 ${rule}`]);
    // Renamed, it is no second one.
    newsroom.remove(one);
    expect(await newsroom.said()).toEqual([]);
    expect(rows(newsroom, 'SELECT file FROM record UNION SELECT file FROM story')).toContain(other);
    newsroom.put(one, text);
    newsroom.remove(other);
    expect(await newsroom.said()).toEqual([]);
    expect(rows(newsroom, 'SELECT file FROM record UNION SELECT file FROM story')).toContain(one);
  });
});

describe('what else is ingested again', () => {
  const stories = { ...file('2025/02/a', { byline: ['ann'] }), ...file('2025/02/b') };

  test('with an author: the stories and pages that name them; without the author, these are refused', async () => {
    const newsroom = await newsroomWith({ ...stories, 'content/authors/ann.yaml': 'name: Ann\n' });
    newsroom.put('content/authors/ann.yaml', 'name: Ann\nbio: One.\n');
    expect(await storiesOf(newsroom)).toEqual([]);
    newsroom.put('content/authors/ann.yaml', 'name: Other\n');
    expect(await storiesOf(newsroom)).toEqual(['2025/02/a']);
    newsroom.remove('content/authors/ann.yaml');
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/a')}:4 unknown-author`]);
  });

  test.each([
    ['the time zone', ['Europe/Dublin', 'UTC'], ['2025/02/a', '2025/02/b']],
    ['the language', ['en-IE', 'de'], ['2025/02/a', '2025/02/b']],
    ['the path of the url', ['post.example', 'post.example/paper'], ['2025/02/a', '2025/02/b']],
    ['the id of a section', ['id: sport', 'id: sports'], ['2025/02/a', '2025/02/b']],
    ['the title of a section', ['title: Sport', 'title: Sports'], []],
    ['the name', ['The Example Post', 'The Other Post'], []],
  ])('with %s of the site', async (_, [from, to], expected) => {
    const newsroom = await newsroomWith({ ...stories, 'content/authors/ann.yaml': 'name: Ann\n' });
    newsroom.put('content/site.yaml', siteYaml.replace(from!, to!));
    expect(await storiesOf(newsroom)).toEqual(expected);
  });

  test('with the time zone: the end of a banner', async () => {
    const newsroom = await newsroomWith({
      ...stories,
      'content/authors/ann.yaml': 'name: Ann\n',
      'content/fronts/home.yaml': 'banner: { text: Now, until: 2025-06-01 12:30 }\n',
    });
    const until = () => (newsroom.index.sql('SELECT until FROM banner').get() as { until: number }).until;
    expect(until()).toBe(Date.parse('2025-06-01T11:30Z'));
    newsroom.put('content/site.yaml', siteYaml.replace('Europe/Dublin', 'Asia/Tokyo'));
    const { records } = await newsroom.ingest();
    expect(until()).toBe(Date.parse('2025-06-01T03:30Z'));
    expect([...records]).toContain('front/home');
  });

  test('with a section that is removed: its stories are refused, and its addresses are free', async () => {
    const newsroom = await newsroomWith(file('2025/02/b', { section: 'sport' }));
    newsroom.put('content/site.yaml', siteYaml.replace(/.*sport.*\n/, ''));
    expect(await newsroom.said()).toEqual([`${fileOf('2025/02/b')}:3 unknown-section`]);
    newsroom.put(fileOf('2025/02/b'), story());
    const { pages } = await newsroom.ingest();
    expect([...pages.before.keys()].filter((address) => !pages.after.has(address))).toEqual([
      '/sport/',
      '/sport/feed.xml',
      '/sport/feed.atom',
      '/sport/feed.json',
    ]);
  });

  test('with a component of the theme: everything that can use it', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a') });
    newsroom.put('content/stories/2025/02/own.mdx', story({}, '<Stamp />'));
    expect(await newsroom.said()).toEqual(['content/stories/2025/02/own.mdx:8 story-element-unknown']);
    newsroom.put('theme/components/Stamp.astro', '<p>Stamp</p>\n');
    expect(await storiesOf(newsroom)).toEqual(['2025/02/a', '2025/02/own']);
    newsroom.remove('theme/components/Stamp.astro');
    expect(await newsroom.said()).toEqual(['content/stories/2025/02/own.mdx:8 story-element-unknown']);
  });
});

describe('a standing page', () => {
  test('releases everything that it had when it changes: addresses, redirects, documents, and links', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a'),
      'content/pages/about.md': page(
        'aliases: [/old/, "/?p=1"]\n',
        'See [a](story:2025/02/a), [b](/2025/02/a/), and [c](plan.pdf).',
      ),
      'content/pages/plan.pdf': '%PDF',
    });
    const owned = () =>
      ['address', 'redirect', 'document', 'link', 'addressLink'].map(
        (table) => rows(newsroom, `SELECT count(*) AS count FROM ${table} WHERE owner = 'page/about'`)[0],
      );
    expect(owned()).toEqual(['3', '1', '1', '1', '2']);
    newsroom.put('content/pages/about.md', page('slug: us\n'));
    const { pages, documents, records } = await newsroom.ingest();
    expect(owned()).toEqual(['1', '0', '0', '0', '0']);
    expect([[...pages.before.keys()], [...pages.after.keys()]]).toEqual([['/old/', '/about/'], ['/us/']]);
    expect(documents).toEqual({ before: ['/about/plan.pdf'], after: [] });
    expect([...records].sort()).toEqual(['alias/old/', 'page/about']);
    newsroom.remove('content/pages/about.md');
    expect([...(await newsroom.ingest()).pages.before.keys()]).toEqual(['/us/']);
    expect(rows(newsroom, "SELECT key FROM record WHERE key LIKE 'page/%'")).toEqual([]);
  });

  test('that is a draft is treated as if it did not exist', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a'), 'content/pages/about.md': page() });
    newsroom.put('content/pages/about.md', page('draft: true\n'));
    const { pages } = await newsroom.ingest();
    expect([[...pages.before.keys()], [...pages.after.keys()]]).toEqual([['/about/'], []]);
  });

  test('with mistakes in its front matter has those in its text reported too', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put('content/pages/about.mdx', page('nonsense: 1\n', '<Unknown />'));
    expect(await newsroom.said()).toEqual([
      'content/pages/about.mdx:3 unknown-key',
      'content/pages/about.mdx:6 story-element-unknown',
    ]);
  });
});

describe('a front', () => {
  const front = 'content/fronts/home.yaml';
  test('with the same story twice, by whatever names, causes a warning; the pinned one comes first', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a', { id: 'named' }), ...file('2025/02/b') });
    newsroom.put(front, 'stories:\n  - 2025/02/a\n  - { story: named, with: [2025/02/b] }\npinned: 2025/02/b\n');
    expect(await newsroom.said()).toEqual([`${front}:3 front-story-twice`, `${front}:3 front-story-twice`]);
  });

  test('that is deleted leaves nothing behind', async () => {
    const newsroom = await newsroomWith({
      ...file('2025/02/a'),
      [front]: 'stories: [2025/02/a]\nbanner: { text: Now, until: 2031-01-01 }\n',
    });
    newsroom.remove(front);
    expect([...(await newsroom.ingest()).records]).toEqual(['front/home']);
    expect(rows(newsroom, "SELECT key FROM record WHERE key LIKE 'front/%'")).toEqual([]);
    expect(rows(newsroom, 'SELECT owner FROM link UNION SELECT front FROM banner')).toEqual([]);
  });

  test('has a banner that ends on a day that exists', async () => {
    const newsroom = await newsroomWith(file('2025/02/a'));
    newsroom.put(front, 'layout: lead\nbanner:\n  text: Now\n  until: 2025-02-30\n');
    expect(await newsroom.said()).toEqual([`${front}:4 no-such-date`]);
  });
});

describe('a story', () => {
  test('that becomes a draft with mistakes disappears, and blocks nobody', async () => {
    const newsroom = await newsroomWith(file('2025/02/a', { id: 'named' }));
    newsroom.put(fileOf('2025/02/a'), story({ draft: true, slug: 'a', nonsense: 1 }));
    newsroom.put(fileOf('2025/02/b'), story({ id: 'named', slug: 'a' }));
    await newsroom.ingest();
    expect(rows(newsroom, 'SELECT id FROM story ORDER BY id')).toContain('2025/02/b');
    expect(rows(newsroom, "SELECT owner FROM address WHERE address = '/2025/02/a/'")).toEqual(['story/2025/02/b']);
  });

  test('has its own name', async () => {
    const newsroom = await newsroomWith({ ...file('2025/02/a', { id: 'named' }), ...file('2025/02/b') });
    newsroom.put(fileOf('2025/02/c'), story({ id: 'named' }));
    newsroom.put(fileOf('2025/02/d'), story({ id: '2025/02/b' }));
    expect(await newsroom.said()).toEqual([
      `${fileOf('2025/02/c')}:6 name-taken`,
      `${fileOf('2025/02/d')}:6 name-taken`,
    ]);
  });

  test('that is withdrawn publishes no document', async () => {
    const withdrawn = { withdrawn: { date: '2025-03-01', reason: 'Wrong.' } };
    const newsroom = await newsroomWith({
      ...file('2025/02/a', withdrawn, 'See [it](plan.pdf).'),
      'content/stories/2025/02/a/plan.pdf': '%PDF',
    });
    expect(rows(newsroom, 'SELECT address FROM document')).toEqual([]);
    expect(rows(newsroom, "SELECT kind FROM address WHERE owner LIKE 'story/%'")).toEqual(['story']);
  });
});

test('a file in public/ is reported if it is new, changed, or deleted', async () => {
  const newsroom = await newsroomWith({ ...file('2025/02/a'), 'public/a.txt': 'a' });
  newsroom.put('public/a.txt', 'b');
  newsroom.put('public/b.txt', 'b');
  expect((await newsroom.ingest()).publicFiles).toEqual({ changed: ['public/a.txt', 'public/b.txt'], gone: [] });
  newsroom.remove('public/a.txt');
  expect((await newsroom.ingest()).publicFiles.gone).toEqual(['public/a.txt']);
  expect(rows(newsroom, "SELECT address FROM address WHERE kind = 'public'")).toEqual(['/b.txt']);
});

test('warnings about a file belong to it or are old: the result says whether a file was scanned', async () => {
  const newsroom = await newsroomWith({
    ...file('2025/02/a', { byline: ['ann'] }),
    ...file('2025/02/b'),
    'content/authors/ann.yaml': 'name: Ann\n',
  });
  newsroom.put('content/authors/ann.yaml', 'name: Other\n');
  const { isScanned } = await newsroom.ingest();
  expect(['content/authors/ann.yaml', fileOf('2025/02/a'), fileOf('2025/02/b')].map(isScanned)).toEqual([
    true,
    true,
    false,
  ]);
});
