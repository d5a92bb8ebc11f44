import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openTestDesk, storyText } from './open-desk.fixture.ts';

const at = '2026-03-10T12:00:00Z';
const now = () => Date.parse(at);
const story = (published: string, more = '', body = 'Words.\n') =>
  storyText('Harbour', more, body).replace('2025-02-12', published);

/** One story in each state. */
const states = {
  'content/stories/draft.md': story('2026-03-01', 'draft: true\n'),
  'content/stories/waiting.md': story('2026-03-10 18:00'),
  'content/stories/embargoed.md': story('2026-03-01', 'embargo: 2026-03-12\n'),
  'content/stories/published.md': story('2026-03-01', 'updated: 2026-04-01\n'),
  'content/stories/updated.md': story('2026-03-01', 'updated: 2026-03-02\n'),
  'content/stories/corrected.md': story(
    '2026-03-01',
    'corrections:\n  - { date: 2026-03-02, type: correction, text: It was two. }\n',
  ),
  'content/stories/withdrawn.md': story('2026-03-01', 'withdrawn: { date: 2026-03-02, reason: Wrong. }\n'),
  'content/stories/broken.md': '---\nheadline: "open\n---\n\nThe zebra.\n',
  'content/stories/undated.md': '---\nheadline: Undated\n---\n\nText.\n',
};

interface Row {
  path: string;
  state: string;
  headline: string;
}

async function opened(files: Record<string, string | Uint8Array> = states) {
  const desk = await openTestDesk(files, now);
  await desk.context.list.scan();
  const list = async (query = '') => {
    const { status, json } = await desk.ask('GET', `stories?${query}`);
    if (status !== 200) throw new Error(json.error.says);
    return json as { total: number; stories: Row[] };
  };
  const names = async (query = '') => (await list(query)).stories.map(({ path }) => path.replace(/^stories\//, ''));
  return { ...desk, list, names };
}

test('each story is in the state that readers see at that time', async () => {
  const { list } = await opened();
  const { stories, total } = await list('sort=headline&limit=100');
  expect(total).toBe(9);
  expect(Object.fromEntries(stories.map(({ path, state }) => [path.slice(8, -3), state]))).toEqual({
    draft: 'draft',
    waiting: 'waiting',
    embargoed: 'waiting',
    published: 'published',
    updated: 'updated',
    corrected: 'updated',
    withdrawn: 'withdrawn',
    broken: 'broken',
    undated: 'broken',
  });
});

test('an opened story says in which state it is, and where its problems are', async () => {
  const { ask } = await opened({ 'content/stories/a.md': story('2026-03-20', 'kicker: ""\n') });
  const { json } = await ask('GET', 'file?path=stories/a.md');
  expect(json.state).toBe('waiting');
  expect(json.problems).toMatchObject([{ severity: 'error', field: ['kicker'], says: expect.any(String) }]);
});

test('a story that is due and has no page yet is ready, once anything has been built', async () => {
  const { list, site, context } = await opened();
  mkdirSync(join(site, 'dist/2026/03/updated'), { recursive: true });
  writeFileSync(join(site, 'dist/2026/03/updated/index.html'), '');
  writeFileSync(join(site, 'dist/index.html'), '');
  await context.list.checkDist();
  const { stories } = await list('limit=100');
  const state = (name: string) => stories.find(({ path }) => path === `stories/${name}.md`)?.state;
  expect([state('updated'), state('published'), state('corrected'), state('draft')]).toEqual([
    'updated',
    'ready',
    'ready',
    'draft',
  ]);
});

describe('filters', () => {
  const files = {
    'content/authors/ann.yaml': 'name: Ann Example\n',
    'content/stories/a.md': story('2026-03-01', 'byline: [ann]\ntopics: [Ferries]\n'),
    'content/stories/b.md': story('2026-03-02', 'byline: [Bob Example]\ntype: analysis\n').replace('world', 'local'),
    'content/stories/c.md': story('2026-03-20', 'topics: [ferries, Storms]\n'),
    'content/stories/d.md': '---\nheadline: "open\n---\n',
  };

  test.each([
    ['section=local', ['b.md']],
    ['author=ann', ['a.md']],
    ['author=Bob Example', ['b.md']],
    ['topic=ferries', ['a.md', 'c.md']],
    ['topic=storms', ['c.md']],
    ['type=analysis', ['b.md']],
    ['state=waiting', ['c.md']],
    ['state=broken', ['d.md']],
    ['state=published&section=world', ['a.md']],
    ['state=draft', []],
    ['query=harbour&author=ann', ['a.md']],
    ["section=world' OR '1'='1", []],
  ])('%s', async (query, expected) => {
    const { names } = await opened(files);
    expect((await names(query)).sort()).toEqual(expected);
  });

  test.each([
    ['sort=published', ['c.md', 'b.md', 'a.md', 'd.md']],
    ['sort=-published', ['a.md', 'b.md', 'c.md', 'd.md']],
    ['sort=headline&limit=2', ['a.md', 'b.md']],
    ['sort=headline&offset=2&limit=1', ['c.md']],
    ['sort=due', ['a.md', 'b.md', 'c.md', 'd.md']],
    ['sort=headline&offset=100', []],
    ['sort=headline&offset=-1&limit=1', ['a.md']],
  ])('%s', async (query, expected) => {
    const { names } = await opened(files);
    expect(await names(query)).toEqual(expected);
  });

  test.each(['sort=x', 'state=x', 'sort=path;DROP TABLE story'])('%s is refused', async (query) => {
    const { ask } = await opened(files);
    expect((await ask('GET', `stories?${query}`)).status).toBe(400);
  });

  test('only stories with problems', async () => {
    const { names, context } = await opened(files);
    await context.problems.now();
    expect(await names('problems=errors')).toEqual(['d.md']);
  });
});

describe('the search', () => {
  const files = {
    'content/stories/a.md': story('2026-03-01', 'kicker: Ports\n', 'The café on the quay is shut.\n'),
    'content/stories/b.mdx': story(
      '2026-03-02',
      'lead: { src: a.jpg, alt: A gull, caption: Seabirds }\n',
      '<FactBox title="Tides">\n\nHigh water.\n\n</FactBox>\n\n[Read on](https://zzyzx.example/quux)\n',
    ),
    'content/stories/c.md': story('2026-03-03', '', '東京の港が閉鎖された。\n'),
    'content/stories/d.md': '---\nheadline: "open\n---\n\nThe zebra.\n',
  };

  test.each([
    ['cafe', ['a.md']],
    ['CAFÉ', ['a.md']],
    ['caf', ['a.md']],
    ['quay cafe', ['a.md']],
    ['quay tides', []],
    ['"the quay"', ['a.md']],
    ['"quay the"', []],
    ['ports', ['a.md']],
    ['seabirds', ['b.mdx']],
    ['tides', ['b.mdx']],
    ['港', ['c.md']],
    ['東京', ['c.md']],
    ['京東', []],
    ['zebra', ['d.md']],
    ['quux', []],
    ['-- "', []],
    ['*', []],
    ['NOT', []],
    ['quay AND', []],
    ['a OR b', []],
    ['headline:x', []],
    ['('.repeat(500), []],
    ["'; DROP TABLE story; --", []],
  ])('%s', async (words, expected) => {
    const { names } = await opened(files);
    expect((await names(`query=${encodeURIComponent(words)}`)).sort()).toEqual(expected);
  });

  test('a link is found by the headline alone', async () => {
    const { ask } = await opened({ ...files, 'content/stories/e.md': storyText('Ferry runs again') });
    const find = async (query: string) => (await ask('POST', 'link', { query })).json.stories;
    expect(await find('ferr')).toMatchObject([{ id: 'e', headline: 'Ferry runs again' }]);
    expect(await find('quay')).toEqual([]);
    expect(await find('')).toHaveLength(5);
    expect(await find('("')).toEqual([]);
  });
});

test('what another program saves, adds, or deletes is in the list, and open pages hear of it', async () => {
  const { put, site, names, context, desk } = await opened();
  const heard: string[] = [];
  const stop = new AbortController();
  const response = await fetch(`http://localhost:${desk.port}/desk/api/events`, {
    headers: { 'x-desk-token': context.token },
    signal: stop.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const listening = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      heard.push(value);
    }
  })().catch(() => {});
  put('content/stories/added.md', storyText('Added', '', 'The walrus.\n'));
  put('content/stories/draft.md', storyText('Changed', '', 'The ocelot.\n'));
  rmSync(join(site, 'content/stories/broken.md'));
  await expect.poll(() => heard.join(''), { timeout: 10_000 }).toContain('stories/broken.md');
  await expect.poll(async () => await names('query=walrus'), { timeout: 10_000 }).toEqual(['added.md']);
  expect(await names('query=ocelot')).toEqual(['draft.md']);
  expect(await names('query=zebra')).toEqual([]);
  const digest = context.list.rows.digestOf('stories/draft.md');
  expect(heard.join('')).toContain(`{"kind":"changed","path":"stories/draft.md","digest":"${digest}"}`);
  // A file that only has new times has not changed.
  const before = heard.length;
  utimesSync(join(site, 'content/stories/added.md'), new Date(), new Date());
  await context.list.scan();
  expect(heard.slice(before).join('')).not.toContain('added.md');
  stop.abort();
  await listening;
});

test('a change of the time zone or of an author’s name reads every story again', async () => {
  const { put, list, context } = await opened({
    'content/authors/ann.yaml': 'name: Ann\n',
    'content/stories/a.md': story('2026-03-10 13:30', 'byline: [ann]\n'),
  });
  expect((await list()).stories[0]).toMatchObject({ state: 'waiting', byline: ['Ann'] });
  put('content/authors/ann.yaml', 'name: Anna\n');
  put(
    'content/site.yaml',
    'name: P\nurl: https://p.example\ntimeZone: Asia/Tokyo\nsections: [{ id: world, title: W }]\n',
  );
  await context.list.scan();
  expect((await list()).stories[0]).toMatchObject({ state: 'published', byline: ['Anna'] });
});

test('the calendar has what is due and what was published, by day in the newsroom’s time zone', async () => {
  const { ask } = await opened({ ...states, 'content/stories/late.md': story('2026-07-01T23:30:00Z') });
  const { json } = await ask('GET', 'calendar?from=2026-03-10&to=2026-03-12');
  expect(
    json.days.map(({ day, stories }: { day: string; stories: Row[] }) => [day, stories.map(({ path }) => path)]),
  ).toEqual([
    ['2026-03-10', ['stories/waiting.md']],
    ['2026-03-12', ['stories/embargoed.md']],
  ]);
  const july = (await ask('GET', 'calendar?from=2026-07-01&to=2026-07-31')).json;
  expect(july.days[0].day).toBe('2026-07-02'); // half past midnight in Dublin
  for (const query of [
    '',
    'from=x&to=y',
    'from=2026-03-10&to=2026-03-01',
    'from=2020-01-01&to=2026-01-01',
    'from=2026-02-30&to=2026-03-01',
  ])
    expect((await ask('GET', `calendar?${query}`)).status, query).toBe(400);
});

describe('a new file', () => {
  test('a story is a draft of this month, and no story is overwritten', async () => {
    const { ask, site, names } = await opened({});
    const make = async () =>
      (await ask('POST', 'file', { kind: 'story', headline: 'Harbour: reopens!', section: 'local', type: 'analysis' }))
        .json.path;
    const path = await make();
    expect(path).toBe('stories/2026/03/harbour-reopens/index.mdx');
    expect(readFileSync(join(site, 'content', path), 'utf8')).toBe(
      '---\nheadline: "Harbour: reopens!"\nsection: local\ntype: analysis\ndraft: true\n---\n\n',
    );
    expect(await make()).toBe('stories/2026/03/harbour-reopens-2/index.mdx');
    expect(await names('state=draft')).toHaveLength(2);
  });

  test.each([
    [{ kind: 'story', headline: '!!!' }, 'letters or digits'],
    [{ kind: 'story', headline: 'A', section: 'nowhere' }, 'no section'],
    [{ kind: 'front', name: 'nowhere' }, 'no section'],
  ])('%j is refused', async (what, says) => {
    const { ask } = await opened({});
    const { status, json } = await ask('POST', 'file', what);
    expect(status).toBe(422);
    expect(json.error.says).toContain(says);
  });

  test.each([
    [{ kind: 'page', name: 'How we work' }, 'pages/how-we-work.mdx', 'headline: How we work\ndraft: true'],
    [{ kind: 'page', name: 'World' }, 'pages/world-page.mdx', 'headline: World'],
    [{ kind: 'author', name: 'Ann Example' }, 'authors/ann-example.yaml', 'name: Ann Example'],
    [{ kind: 'front', name: 'home' }, 'fronts/home.yaml', ''],
    [{ kind: 'topic', name: 'Ferries' }, 'topics.yaml', 'ferries: { title: Ferries }'],
    [{ kind: 'series', name: 'The long way' }, 'series.yaml', 'the-long-way: { title: The long way }'],
  ])('%j', async (what, path, text) => {
    const { ask, site } = await opened({});
    expect((await ask('POST', 'file', what)).json).toMatchObject({ path });
    expect(readFileSync(join(site, 'content', path), 'utf8')).toContain(text);
  });

  test('names that are one word on Windows and on the disk', async () => {
    const { ask } = await opened({});
    expect((await ask('POST', 'file', { kind: 'story', headline: 'CON' })).json.path).toBe(
      'stories/2026/03/con-story/index.mdx',
    );
    const long = (await ask('POST', 'file', { kind: 'story', headline: 'word '.repeat(190) })).json.path;
    expect(long.split('/').every((part: string) => part.length <= 255)).toBe(true);
  });
});

test('a copy is a draft with the pictures of the story, and without its dates and addresses', async () => {
  const { ask, site } = await opened({
    'content/stories/2025/02/harbour/index.md': story(
      '2025-02-12',
      '# note\nslug: port\naliases: [/old/]\nkicker: Sea\nembargo: 2025-02-13\n',
    ),
    'content/stories/2025/02/harbour/quay.jpg': 'x',
    'content/stories/2025/02/harbour/quay.jpg.yaml': 'alt: A quay\n',
  });
  const copy = async () => (await ask('POST', 'duplicate', { path: 'stories/2025/02/harbour/index.md' })).json.path;
  expect(await copy()).toBe('stories/2026/03/harbour-copy/index.md');
  expect(await copy()).toBe('stories/2026/03/harbour-copy-2/index.md');
  const folder = join(site, 'content/stories/2026/03/harbour-copy');
  const text = readFileSync(join(folder, 'index.md'), 'utf8');
  expect(text).toContain('kicker: Sea');
  expect(text).toContain('draft: true');
  expect(text).not.toMatch(/slug|aliases|embargo|published/);
  expect(existsSync(join(folder, 'quay.jpg')) && existsSync(join(folder, 'quay.jpg.yaml'))).toBe(true);
});

test('a draft is deleted and its text is kept, and a published story is not deleted', async () => {
  const { ask, site } = await opened({
    ...states,
    'content/stories/own/index.md': story('2026-03-01', 'draft: true\n'),
  });
  expect((await ask('DELETE', 'file?path=stories/own/index.md')).status).toBe(200);
  expect(existsSync(join(site, 'content/stories/own'))).toBe(false);
  const [version] = (await ask('GET', 'versions?path=stories/own/index.md')).json;
  expect(version.why).toBe('deleted');
  expect((await ask('POST', 'restore', { id: version.id, base: '' })).status).toBe(200);
  expect(existsSync(join(site, 'content/stories/own/index.md'))).toBe(true);
  for (const path of ['published', 'updated', 'withdrawn', 'corrected']) {
    const refused = await ask('DELETE', `file?path=stories/${path}.md`);
    expect(refused.status, path).toBe(422);
    expect(refused.json.error.says).toContain('Readers have seen');
  }
  expect((await ask('DELETE', 'file?path=site.yaml')).status).toBe(422);
  expect((await ask('DELETE', 'file?path=stories/none.md')).status).toBe(404);
});

test('fields complete with the topics and series that are described or used', async () => {
  const { ask } = await opened({
    'content/topics.yaml': 'ferries: { title: Ferries }\n',
    'content/stories/a.md': story('2026-03-01', 'topics: [Ferries, Storms]\nseries: The long way\n'),
    'content/stories/b.md': story('2026-03-02', 'topics: [ferries]\n'),
  });
  const { json } = await ask('GET', 'session');
  expect(json.topics).toEqual([
    { id: 'ferries', title: 'Ferries' },
    { id: 'storms', title: 'storms' },
  ]);
  expect(json.series).toEqual([{ id: 'The long way', title: 'The long way' }]);
});

test('files of other kinds are listed by what they are called', async () => {
  const { ask } = await opened({
    'content/authors/zoe.yaml': 'name: Ann\n',
    'content/authors/broken.yaml': 'name: "\n',
    'content/pages/about.md': '---\nheadline: About us\n---\n',
  });
  expect((await ask('GET', 'files?kind=author')).json.files).toEqual([
    { path: 'authors/zoe.yaml', name: 'Ann' },
    { path: 'authors/broken.yaml', name: 'broken' },
  ]);
  expect((await ask('GET', 'files?kind=page')).json.files).toEqual([{ path: 'pages/about.md', name: 'About us' }]);
  expect((await ask('GET', 'files?kind=x')).status).toBe(400);
});
