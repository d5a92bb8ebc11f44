import { describe, expect, test } from 'vitest';
import { partLength } from '../index/rows.ts';
import { fileOf, newsroomWith } from '../ingest/ingested.fixture.ts';
import { editsOfLists } from './edits-of-lists.ts';
import { Step, todo, todoToo } from './plan.ts';
import { ask, plan, planWhole, work } from './planned.fixture.ts';
import { siteYaml, story } from './small-newsroom.fixture.ts';

const page = (front = '') => `---\nheadline: About\n${front}---\n\nUs.\n`;

/** A newsroom of which everything is published. */
async function published(files: Record<string, string>) {
  const newsroom = await newsroomWith({ [fileOf('2025/02/a')]: story({ published: '2025-02-01' }), ...files });
  planWhole(newsroom.index);
  work(newsroom.index, new Map());
  return newsroom;
}

describe('the order of writing', () => {
  test('is: files, new stories, new lists, changed stories, changed lists, deletions, and then search indexes', async () => {
    const newsroom = await published({ [fileOf('2025/02/b')]: story({ aliases: ['/old/'], section: 'sport' }) });
    ask(newsroom.index, ['["latest","site",9]'], '/');
    ask(newsroom.index, ['["story","2025/02/a"]'], '/2025/02/a/');
    newsroom.put(fileOf('2025/02/a'), story({ published: '2025-02-01', headline: 'New' }));
    newsroom.put(fileOf('2025/03/c'), story({ published: '2025-03-01', aliases: ['/c/'] }));
    newsroom.put('public/a.txt', 'a');
    newsroom.remove(fileOf('2025/02/b'));
    const queue = await plan(newsroom);
    expect(queue).toMatchObject({
      'public:public/a.txt': Step.asset,
      '/2025/03/c/': Step.newStory,
      '/c/': Step.newStory,
      '/2025/03/': Step.newFront,
      '/world/2025/03/': Step.newFront,
      '/2025/02/a/': Step.story,
      '/': Step.front,
      '/2025/02/b/': Step.remove,
      '/old/': Step.remove,
      '/sport/2025/02/': Step.remove,
    });
    expect(Object.values(Step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('lets recorded work be replaced, or not', async () => {
    const { index } = await newsroomWith({ [fileOf('a')]: story() });
    todo(index, '/a/', Step.remove);
    todoToo(index, '/a/', Step.front);
    expect(
      index
        .sql('SELECT step FROM todo')
        .all()
        .map(({ step }) => step),
    ).toEqual([Step.remove]);
    todo(index, '/a/', Step.front);
    expect(
      index
        .sql('SELECT step FROM todo')
        .all()
        .map(({ step }) => step),
    ).toEqual([Step.front]);
  });
});

describe('a page is rendered', () => {
  test('only if a query in its trace has another result', async () => {
    const newsroom = await published({ [fileOf('2025/02/b')]: story({ headline: 'B' }) });
    ask(newsroom.index, ['["story","2025/02/b"]'], '/2025/02/b/');
    ask(newsroom.index, ['["card","2025/02/b"]', '["latest","site",1]'], '/world/');
    newsroom.put(fileOf('2025/02/b'), story({ headline: 'B' }, 'Another text.'));
    expect(await plan(newsroom)).toEqual({ '/2025/02/b/': Step.story });
    work(newsroom.index, new Map());
    // The trace has the new result, so nothing is left to do.
    newsroom.put(fileOf('2025/02/a'), story({ published: '2025-02-01' }, 'New.'));
    expect(await plan(newsroom)).toEqual({});
    newsroom.put(fileOf('2025/02/b'), story({ headline: 'B new' }, 'Another text.'));
    expect(await plan(newsroom)).toEqual({ '/2025/02/b/': Step.story, '/world/': Step.front });
  });

  test('and not if it is to be removed, even if a query in its trace has another result', async () => {
    const newsroom = await published({ [fileOf('2025/02/b')]: story({ headline: 'B' }) });
    ask(newsroom.index, ['["story","2025/02/b"]'], '/2025/02/b/');
    newsroom.remove(fileOf('2025/02/b'));
    expect((await plan(newsroom))['/2025/02/b/']).toBe(Step.remove);
  });

  test('if its address now belongs to something else, even if no query is the same', async () => {
    const newsroom = await published({ 'content/pages/about.md': page(), [fileOf('2025/02/b')]: story() });
    newsroom.put('content/pages/about.md', page('slug: us\n'));
    newsroom.put(fileOf('2025/02/b'), story({ aliases: ['/about/'] }));
    expect(await plan(newsroom)).toMatchObject({ '/about/': Step.story, '/us/': Step.newStory });
    work(newsroom.index, new Map());
    // With the same owner it is not.
    newsroom.put(fileOf('2025/02/b'), story({ aliases: ['/about/'] }, 'New.'));
    expect(await plan(newsroom)).not.toHaveProperty('/about/');
  });
});

test('an edited story is noticed by the six stories after it in a list, which can show it as an older one', async () => {
  const ids = Array.from({ length: 8 }, (_, i) => `2025/03/s${i}`);
  const at = (i: number) => ({ published: `2025-03-0${i + 1}`, section: 'sport', headline: `S${i}` });
  const newsroom = await published(Object.fromEntries(ids.map((id, i) => [fileOf(id), story(at(i))])));
  for (const id of ids) ask(newsroom.index, [JSON.stringify(['older', 'section/sport', id, 6])], `/${id}/`);
  newsroom.put(fileOf(ids[0]!), story({ ...at(0), headline: 'New' }));
  const queue = await plan(newsroom);
  expect(ids.map((id) => queue[`/${id}/`])).toEqual([undefined, ...Array(6).fill(Step.story), undefined]);
});

test('a story moves to another month with the time zone of the site, although its card is the same', async () => {
  const newsroom = await published({
    [fileOf('2025/02/late')]: story({ published: '2025-03-31T18:00Z', section: 'sport', slug: 'late' }),
  });
  ask(newsroom.index, ['["period","section/sport","2025-03",1]'], '/sport/2025/03/');
  newsroom.put('content/site.yaml', siteYaml.replace('Europe/Dublin', 'Pacific/Auckland'));
  expect(await plan(newsroom)).toMatchObject({
    '/sport/2025/03/': Step.remove,
    '/2025/03/': Step.remove,
    '/sport/2025/04/': Step.newFront,
    '/2025/04/': Step.newFront,
  });
});

describe('optional files', () => {
  test('the files that every host may read are always there, and those of one host only if site.yaml names it', async () => {
    const newsroom = await published({});
    expect([
      ...newsroom.index
        .sql("SELECT address FROM page WHERE address LIKE '/_headers' OR address LIKE '/_redirects'")
        .all(),
    ]).toHaveLength(2);
    newsroom.put('content/site.yaml', `${siteYaml}hosts: [apache, vercel]\n`);
    const named = await plan(newsroom);
    expect(named).toMatchObject({ '/.htaccess': Step.newFront, '/vercel.json': Step.newFront });
    expect(named).not.toHaveProperty('/staticwebapp.config.json');
    work(newsroom.index, new Map());
    newsroom.put('content/site.yaml', `${siteYaml}hosts: [azure]\n`);
    expect(await plan(newsroom)).toMatchObject({
      '/.htaccess': Step.remove,
      '/vercel.json': Step.remove,
      '/staticwebapp.config.json': Step.newFront,
    });
    work(newsroom.index, new Map());
    newsroom.put('public/_headers', '/*\n  X-Own: yes\n');
    expect(await plan(newsroom)).toMatchObject({ '/_headers': Step.remove, 'public:public/_headers': Step.asset });
  });

  test('an edit changes a file for hosts only if it changes what hosts are told', async () => {
    const newsroom = await published({
      [fileOf('2025/02/b')]: story({ aliases: ['/old/', '/?p=1'] }),
      [fileOf('2025/02/w')]: story({ withdrawn: { date: '2025-03-01', reason: 'Wrong.' } }),
      'public/games/index.html': '<p>A game',
    });
    const queries = ['redirects', 'hosting', 'ownFiles', 'hasThemePages', 'years', 'withdrawn'].map(
      (name) => `["${name}"]`,
    );
    const touched = async (name: string, text: string) => {
      ask(newsroom.index, queries, '/_headers');
      newsroom.put(name, text);
      const queue = await plan(newsroom);
      work(newsroom.index, new Map());
      return queue['/_headers'];
    };
    const nothing: [string, string][] = [
      [fileOf('2025/02/b'), story({ aliases: ['/old/', '/?p=1'] }, 'Another text.')],
      [fileOf('2025/02/b'), story({ aliases: ['/old/', '/?p=1'], headline: 'Another' }, 'Another text.')],
      [fileOf('2025/02/c'), story({ headline: 'A new one' })],
      [fileOf('2025/02/w'), story({ withdrawn: { date: '2025-03-01', reason: 'Very wrong.' } })],
      ['public/games/index.html', '<p>Another game'],
      ['public/photo.jpg', 'x'],
    ];
    for (const [name, text] of nothing) expect([name, await touched(name, text)]).toEqual([name, undefined]);
    const something: [string, string][] = [
      [fileOf('2025/02/c'), story({ headline: 'A new one', aliases: ['/was/'] })],
      [fileOf('2025/02/c'), story({ headline: 'A new one', withdrawn: { date: '2025-03-01', reason: 'No.' } })],
      [fileOf('2024/02/d'), story({ published: '2024-02-02' })],
      ['public/games/app.mjs', ''],
      ['content/site.yaml', `${siteYaml}headers: { X-Own: "yes" }\n`],
      ['content/site.yaml', `${siteYaml}redirects: { /rss.xml: /feed.xml }\n`],
    ];
    for (const [name, text] of something) expect([name, await touched(name, text)]).toEqual([name, Step.front]);
  });

  test('a change of what only hosts are told renders no page again', async () => {
    const newsroom = await published({});
    ask(newsroom.index, ['["site"]'], '/');
    newsroom.put('content/site.yaml', `${siteYaml}headers: { X-Own: "yes" }\nredirects: { /rss.xml: /feed.xml }\n`);
    expect(await plan(newsroom)).not.toHaveProperty('/');
    newsroom.put('content/site.yaml', siteYaml.replace('The Example Post', 'The Paper'));
    expect(await plan(newsroom)).toMatchObject({ '/': Step.front });
  });

  test('the list of redirects changes with each of its lines, of stories and of pages, with a page or without', async () => {
    const newsroom = await published({
      [fileOf('2025/02/b')]: story({ aliases: ['/old/', '/?p=1'] }),
      'content/pages/about.md': page('aliases: [/who/, "/?p=7"]\n'),
    });
    const edited = async (name: string, text: string) => {
      ask(newsroom.index, ['["redirects"]'], '/_redirects');
      newsroom.put(name, text);
      const queue = await plan(newsroom);
      work(newsroom.index, new Map());
      return queue['/_redirects'];
    };
    expect(await edited(fileOf('2025/02/b'), story({ aliases: ['/old/', '/?p=2'] }))).toBe(Step.front);
    expect(await edited(fileOf('2025/02/b'), story({ aliases: ['/older/', '/?p=2'] }))).toBe(Step.front);
    expect(await edited(fileOf('2025/02/b'), story({ aliases: ['/older/'] }))).toBe(Step.front);
    expect(await edited('content/pages/about.md', page('aliases: [/who/, "/?p=8"]\n'))).toBe(Step.front);
    expect(await edited('content/pages/about.md', page('aliases: [/us/, "/?p=8"]\n'))).toBe(Step.front);
    expect(await edited(fileOf('2025/02/b'), story({ aliases: ['/older/'] }, 'New.'))).toBeUndefined();
  });

  test('our robots.txt is removed when the newsroom adds its own', async () => {
    const newsroom = await published({});
    newsroom.put('public/robots.txt', 'User-agent: *\n');
    expect(await plan(newsroom)).toMatchObject({ '/robots.txt': Step.remove, 'public:public/robots.txt': Step.asset });
  });
});

test('documents of a story are added and removed with it', async () => {
  const pdf = 'content/stories/2025/02/b/plan.pdf';
  const newsroom = await published({ [fileOf('2025/02/b')]: story({}, 'See [it](plan.pdf).'), [pdf]: '%PDF' });
  newsroom.put(pdf, '%PDF-1');
  expect((await plan(newsroom))['document:/2025/02/b/plan.pdf']).toBe(Step.asset);
  work(newsroom.index, new Map());
  newsroom.put(fileOf('2025/02/b'), story({ draft: true }, 'See [it](plan.pdf).'));
  expect((await plan(newsroom))['document:/2025/02/b/plan.pdf']).toBe(Step.remove);
});

describe('a publish that plans everything', () => {
  test('plans what readers can see, and removes the rest', async () => {
    const newsroom = await published({ [fileOf('2025/02/b')]: story({ aliases: ['/old/'], topics: ['Quay'] }) });
    newsroom.put(fileOf('2025/02/b'), story({ aliases: ['/old/'], topics: ['Quay'], published: '2031-01-01' }));
    await newsroom.ingest();
    expect(planWhole(newsroom.index)).toMatchObject({
      '/': Step.front,
      '/2025/02/a/': Step.story,
      '/2025/02/': Step.front,
      '/2025/02/b/': Step.remove,
      '/old/': Step.remove,
      '/topics/quay/': Step.remove,
      '/_redirects': Step.front,
    });
  });

  test('forgets every trace, and removes what a killed publish may have written', async () => {
    const newsroom = await published({});
    ask(newsroom.index, ['["latest","site",9]'], '/');
    todo(newsroom.index, '/half/', Step.newStory);
    expect(planWhole(newsroom.index)).toMatchObject({ 'file:half/index.html': Step.remove });
    expect(newsroom.index.sql('SELECT 1 FROM query UNION SELECT 1 FROM read').all()).toEqual([]);
  });
});

describe('the lists that an edit affects', () => {
  async function edits(before: Record<string, string>, after: Record<string, string | undefined>) {
    const newsroom = await newsroomWith({ [fileOf('2025/02/a')]: story({ published: '2025-02-01' }), ...before });
    for (const [name, text] of Object.entries(after))
      text === undefined ? newsroom.remove(name) : newsroom.put(name, text);
    const { stories } = await newsroom.ingest();
    return editsOfLists(
      newsroom.index,
      stories.map((edit) => ({
        ...edit,
        isSameCard:
          edit.before?.cardDigest === edit.after?.cardDigest && edit.before?.isListed === edit.after?.isListed,
      })),
    );
  }
  const b = fileOf('2025/02/b');

  test('have the numbers of their stories before and after', async () => {
    const { periods, lists, series } = await edits(
      { [b]: story({ published: '2025-02-02', series: 'The sea', topics: ['Quay'] }) },
      { [b]: story({ published: '2025-03-02', series: 'The river', topics: ['Quay'], section: 'sport' }) },
    );
    expect(periods).toEqual(
      expect.arrayContaining([
        { list: 'site', period: '2025-02', before: 2, after: 1 },
        { list: 'site', period: '2025-03', before: 0, after: 1 },
        { list: 'section/world', period: '2025-02', before: 2, after: 1 },
        { list: 'section/sport', period: '2025-03', before: 0, after: 1 },
        { list: 'topic/quay', period: '2025', before: 1, after: 1 },
      ]),
    );
    expect(periods).toHaveLength(5);
    expect(lists).toEqual(
      expect.arrayContaining([
        { list: 'site', before: 2, after: 2 },
        { list: 'section/world', before: 2, after: 1 },
        { list: 'section/sport', before: 0, after: 1 },
        { list: 'topic/quay', before: 1, after: 1 },
      ]),
    );
    expect(series).toEqual([
      { series: 'the-sea', before: 1, after: 0 },
      { series: 'the-river', before: 0, after: 1 },
    ]);
  });

  test('are none if only the text has changed, and only that of corrections if a correction has', async () => {
    const none = { periods: [], lists: [], series: [] };
    expect(
      await edits(
        { [b]: story({ headline: 'B', series: 'S' }) },
        { [b]: story({ headline: 'B', series: 'S' }, 'New.') },
      ),
    ).toEqual(none);
    const corrected = story({
      headline: 'B',
      corrections: [{ date: '2025-03-01', type: 'correction', text: 'Wrong.' }],
    });
    expect(await edits({ [b]: story({ headline: 'B' }) }, { [b]: corrected })).toEqual({
      periods: [{ list: 'corrections', period: '2025', before: 0, after: 1 }],
      lists: [{ list: 'corrections', before: 0, after: 1 }],
      series: [],
    });
    expect(
      await edits(
        { [b]: story({ headline: 'B', series: 'S' }) },
        { [b]: story({ headline: 'B', series: { title: 'S', part: 2 } }) },
      ),
    ).toMatchObject({
      lists: [],
      series: [{ series: 's', before: 1, after: 1 }],
    });
  });

  test('of a hidden story are none', async () =>
    expect(
      await edits({}, { [b]: story({ draft: true }), [fileOf('2025/02/c')]: story({ published: '2031-01-01' }) }),
    ).toEqual({ periods: [], lists: [], series: [] }));
});

test('a month and a series that outgrow a page get another one, and lose it again', async () => {
  const newsroom = await published(
    Object.fromEntries(
      Array.from({ length: partLength - 1 }, (_, i) => [
        `content/stories/many/s${i}.md`,
        story({ headline: `S${i}`, published: '2025-02-03', section: 'sport', series: 'Long' }),
      ]),
    ),
  );
  const more = (n: number) =>
    newsroom.put(`content/stories/more/m${n}.md`, story({ published: '2025-02-04', section: 'sport', series: 'Long' }));
  const parts = (queue: Record<string, Step>) =>
    Object.entries(queue)
      .filter(([name]) => name.endsWith('/part-2/'))
      .sort();
  more(1);
  // The month of the site has one more story than that of the section.
  expect(parts(await plan(newsroom))).toEqual([['/2025/02/part-2/', Step.newFront]]);
  work(newsroom.index, new Map());
  more(2);
  expect(parts(await plan(newsroom))).toEqual([
    ['/series/long/part-2/', Step.newFront],
    ['/sport/2025/02/part-2/', Step.newFront],
  ]);
  work(newsroom.index, new Map());
  newsroom.remove('content/stories/more/m1.md');
  expect(parts(await plan(newsroom))).toEqual([
    ['/series/long/part-2/', Step.remove],
    ['/sport/2025/02/part-2/', Step.remove],
  ]);
});
