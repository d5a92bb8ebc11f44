import { beforeAll, expect, test } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/*
 * An editor's decisions about fronts, and the pages of series and corrections: what they show, and which pages an edit
 * affects.
 */

// The first press compiles the templates, which takes longer than the limit of a test.
beforeAll(async () => {
  await smallNewsroom(numbered(1)).press();
}, 300_000);

const day = (number: number) => `2025-02-${String(number).padStart(2, '0')}T12:00:00Z`;
const numbered = (count: number, more: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `content/stories/2025/02/s${i + 1}.md`,
      story({ headline: `Story ${i + 1}`, published: day(i + 1), ...more }),
    ]),
  );
const problemsOf = async (press: () => Promise<unknown>) => {
  const error = await press().catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemsError)) throw error ?? new Error('the newsroom was not refused');
  return error.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, rule, hint }) => ({ file, line, rule, hint }));
};
/** The number of links from a page to a story. */
const links = (html = '', slug: string) => html.split(`href="/2025/02/${slug}/"`).length - 1;

test('stories that an editor named lead the front, an old story is pinned, and each appears once', async () => {
  const newsroom = smallNewsroom({
    ...numbered(20),
    'content/fronts/home.yaml': 'stories:\n  - { story: 2025/02/s2, with: [2025/02/s3] }\npinned: 2025/02/s1\n',
  });
  await newsroom.press();
  const home = newsroom.dist().get('index.html')!;
  const order = [...home.matchAll(/href="\/2025\/02\/(s\d+)\/"/g)].map(([, slug]) => slug);
  expect(order.slice(0, 3)).toEqual(['s2', 's3', 's20']);
  expect(order.filter((slug, place) => order.indexOf(slug) < place)).toEqual([]);
  expect(order).toContain('s1');
});

test('a banner disappears at its time, which the report gives, and a story appears at its own', async () => {
  const newsroom = smallNewsroom({
    ...numbered(3),
    'content/stories/2025/02/late.md': story({ headline: 'Late news', published: '2025-06-02T06:00:00Z' }),
    'content/fronts/home.yaml':
      'banner: { text: The bridge is shut, until: 2025-06-01 15:00 }\nstories: [2025/02/late]\n',
  });
  const first = await newsroom.press();
  expect(first.nextChange).toBe('2025-06-01T14:00:00.000Z');
  expect(first.warnings.map(({ rule, file, line }) => [rule, file, line])).toEqual([
    ['front-story-waiting', 'content/fronts/home.yaml', 2],
  ]);
  expect(newsroom.filesMentioning('The bridge is shut')).toEqual(['index.html']);
  expect(newsroom.filesMentioning('Late news', '/late/')).toEqual([]);

  const second = await newsroom.press({ at: '2025-06-01T14:00:00Z' });
  expect(second.changed).toEqual(['index.html']);
  expect(second.nextChange).toBe('2025-06-02T06:00:00.000Z');
  expect(newsroom.filesMentioning('The bridge is shut')).toEqual([]);

  await newsroom.press({ at: '2025-06-02T06:00:00Z' });
  expect(newsroom.dist().get('index.html')).toMatch(/<h2><a href="\/2025\/02\/late\/">Late news/);
});

test('a banner that links to a hidden story waits for it', async () => {
  const newsroom = smallNewsroom({
    ...numbered(2),
    'content/stories/2025/02/late.md': story({ headline: 'Late news', embargo: '2025-06-02T06:00:00Z' }),
    'content/fronts/world.yaml': 'banner: { text: The minister resigns, story: story:2025/02/late }\n',
  });
  await newsroom.press();
  expect(newsroom.filesMentioning('minister resigns')).toEqual([]);
  await newsroom.press({ at: '2025-06-02T06:00:00Z' });
  expect(newsroom.filesMentioning('minister resigns')).toEqual(['world/index.html']);
});

test('mistakes in a front are reported with their line and the nearest correct word, and dist stays', async () => {
  const newsroom = smallNewsroom(numbered(2));
  await newsroom.press();
  const before = newsroom.dist();
  newsroom.put(
    'content/fronts/home.yaml',
    'stories:\n  - 2025/02/s1\n  - 2025/02/s22\npinned: nowhere-to-be-found\nbanner: { text: A, until: 2025-02-30 }\n',
  );
  newsroom.put('content/fronts/worlds.yaml', 'layout: lead\n');
  newsroom.put('content/fronts/sport.yaml', 'storys: []\nlayout: paar\n');
  expect(await problemsOf(() => newsroom.press())).toEqual(
    expect.arrayContaining([
      { file: 'content/fronts/home.yaml', line: 3, rule: 'story-link-dead', hint: 'Did you mean  2025/02/s2 ?' },
      {
        file: 'content/fronts/home.yaml',
        line: 4,
        rule: 'story-link-dead',
        hint: expect.stringContaining('Name a story by its  id '),
      },
      { file: 'content/fronts/home.yaml', line: 5, rule: 'no-such-date', hint: expect.any(String) },
      {
        file: 'content/fronts/worlds.yaml',
        line: 1,
        rule: 'unknown-front',
        hint: 'Did you mean  content/fronts/world.yaml ?',
      },
      { file: 'content/fronts/sport.yaml', line: 1, rule: 'unknown-key', hint: 'Write  stories: [] .' },
      { file: 'content/fronts/sport.yaml', line: 2, rule: 'wrong-value', hint: 'Write  layout: pair .' },
    ]),
  );
  expect(newsroom.dist()).toEqual(before);
});

test('a story that a front names cannot be removed unnoticed, and one that is named twice appears in its first place', async () => {
  const newsroom = smallNewsroom({
    ...numbered(3),
    'content/fronts/home.yaml': 'pinned: 2025/02/s1\nstories: [2025/02/s2, 2025/02/s1]\n',
  });
  const { warnings } = await newsroom.press();
  expect(warnings.map(({ rule, line }) => [rule, line])).toEqual([['front-story-twice', 2]]);
  expect(links(newsroom.dist().get('index.html'), 's1')).toBe(1);
  newsroom.remove('content/stories/2025/02/s2.md');
  expect(await problemsOf(() => newsroom.press())).toEqual([
    expect.objectContaining({ rule: 'story-link-dead', file: 'content/fronts/home.yaml', line: 2 }),
  ]);
});

test('if a section is removed, its front file has no section', async () => {
  const newsroom = smallNewsroom({ ...numbered(1), 'content/fronts/sport.yaml': 'layout: words\n' });
  await newsroom.press();
  newsroom.put('content/site.yaml', siteYaml.replace('  - { id: sport, title: Sport }\n', ''));
  expect(await problemsOf(() => newsroom.press())).toEqual([expect.objectContaining({ rule: 'unknown-front' })]);
  newsroom.remove('content/fronts/sport.yaml');
  await newsroom.press();
});

test('an edit of a front renders that front and nothing else', async () => {
  const newsroom = smallNewsroom(numbered(12));
  await newsroom.press();
  newsroom.put('content/fronts/home.yaml', 'stories: [2025/02/s1]\n');
  expect(await newsroom.press()).toMatchObject({ rendered: 1, changed: ['index.html'] });
});

test('the parts of a series are in order, by number and then by time, and link to each other', async () => {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/b.md': story({ headline: 'B', published: day(1), series: 'The river' }),
    'content/stories/2025/02/c.md': story({ headline: 'C', published: day(2), series: 'The River' }),
    'content/stories/2025/02/a.md': story({
      headline: 'A',
      published: day(3),
      series: { title: 'the river', part: 1 },
    }),
    'content/stories/2025/02/hidden.md': story({ headline: 'Hidden', series: 'A hidden series', draft: true }),
    'content/series.yaml': 'the-river: { description: Told by those who drink it. }\n',
  });
  await newsroom.press();
  const page = newsroom.dist().get('series/the-river/index.html')!;
  expect([...page.matchAll(/<h2><a href="\/2025\/02\/(\w)\/">/g)].map(([, slug]) => slug)).toEqual(['a', 'b', 'c']);
  expect(page).toContain('<h1>The River</h1>');
  expect(page).toContain('Told by those who drink it.');
  const middle = newsroom.dist().get('2025/02/b/index.html')!;
  expect(middle).toMatch(/rel="prev" href="\/2025\/02\/a\/"/);
  expect(middle).toMatch(/rel="next" href="\/2025\/02\/c\/"/);
  expect(newsroom.dist().get('sitemap.xml')).toContain('/series/the-river/');
  expect(newsroom.filesMentioning('hidden series', 'a-hidden-series')).toEqual([]);
});

test('a new part renders the series and the previous part, and no other story', async () => {
  const parts = numbered(6, { series: 'The river', section: undefined });
  const newsroom = smallNewsroom(parts);
  await newsroom.press();
  newsroom.put('content/stories/2025/02/s7.md', story({ published: day(7), series: 'The river', section: undefined }));
  const { changed } = await newsroom.press();
  expect(changed.filter((file) => /\/s\d/.test(file))).toEqual(['2025/02/s6/index.html']);
  expect(changed).toContain('series/the-river/index.html');
});

test('a series without a public story has no page, and loses it with its last story', async () => {
  const newsroom = smallNewsroom({ ...numbered(1), 'content/stories/2025/02/x.md': story({ series: 'Lost' }) });
  await newsroom.press();
  expect(newsroom.dist().has('series/lost/index.html')).toBe(true);
  newsroom.put('content/stories/2025/02/x.md', story());
  const { removed } = await newsroom.press();
  expect(removed).toEqual(['series/lost/index.html']);
  expect(newsroom.filesMentioning('series/lost')).toEqual([]);
});

const fix = (date: string, text: string, type = 'correction') => ({ date, type, text });

test('corrections are listed with date and type, newest first, by year; updates and hidden stories are not', async () => {
  const newsroom = smallNewsroom({
    ...numbered(1),
    'content/stories/2025/02/x.md': story({
      headline: 'Bridge shut',
      corrections: [
        fix('2025-03-01', 'It was six, not seven.'),
        fix('2024-12-31 23:30', 'Read it again.', 'clarification'),
        fix('2025-03-02', 'A quote was added.', 'update'),
      ],
    }),
    'content/stories/2025/02/y.md': story({ draft: true, corrections: [fix('2025-03-03', 'Not to be seen.')] }),
    'content/stories/2025/02/z.md': story({
      withdrawn: { date: '2025-03-04', reason: 'Wrong.' },
      corrections: [fix('2025-03-03', 'Not to be seen.')],
    }),
  });
  await newsroom.press();
  const dist = newsroom.dist();
  const page = dist.get('corrections/index.html')!;
  expect(page.indexOf('It was six')).toBeLessThan(page.indexOf('Read it again'));
  expect(page).toMatch(/Correction<span class="unseen">, <\/span> <time datetime="2025-03-01">1 March 2025<\/time>/);
  expect(page).toMatch(/Clarification<span class="unseen">, <\/span> <time datetime="2024-12-31">/);
  expect(page).toContain('href="/2025/02/x/"');
  expect(page).not.toContain('A quote was added');
  expect([...dist.keys()].filter((file) => file.startsWith('corrections/')).sort()).toEqual([
    'corrections/2024/index.html',
    'corrections/2025/index.html',
    'corrections/feed.atom',
    'corrections/feed.json',
    'corrections/feed.xml',
    'corrections/index.html',
  ]);
  expect(newsroom.filesMentioning('Not to be seen')).toEqual([]);
});

test('a new correction renders its story, its year, and the page of the latest', async () => {
  const corrected = (number: number, ...more: object[]) =>
    story({ published: day(number), corrections: [fix(`${2020 + number}-03-01`, 'Six, not seven.'), ...more] });
  const newsroom = smallNewsroom({
    'content/stories/2025/02/s1.md': corrected(1),
    'content/stories/2025/02/s2.md': corrected(2),
    'content/stories/2025/02/s3.md': corrected(3),
  });
  await newsroom.press();
  newsroom.put('content/stories/2025/02/s2.md', corrected(2, fix('2023-05-01', 'Five, not six.')));
  const { changed, added, removed } = await newsroom.press();
  expect([added, removed]).toEqual([[], []]);
  expect(changed.sort()).toEqual(
    [
      '2025/02/s2/index.html',
      'corrections/2023/index.html',
      'corrections/index.html',
      ...['', 'corrections/', 'world/'].flatMap((folder) =>
        ['xml', 'atom', 'json'].map((ending) => `${folder}feed.${ending}`),
      ),
    ].sort(),
  );
});

test('a paper without corrections, and without its own search, says so', async () => {
  const newsroom = smallNewsroom(numbered(1, { topics: ['Harbour'] }));
  await newsroom.press();
  const dist = newsroom.dist();
  expect(dist.get('corrections/index.html')).toContain('Nothing has been corrected so far.');
  const search = dist.get('search/index.html')!;
  expect(search).not.toContain('<form');
  expect(search).toContain("form-action 'none'");
  for (const href of ['/world/', '/topics/harbour/', '/2025/02/']) expect(search).toContain(`href="${href}"`);
});

test('forms send to the addresses in site.yaml, and the policy of their page allows only those hosts and the site itself', async () => {
  const newsroom = smallNewsroom({
    ...numbered(1),
    'content/site.yaml': `${siteYaml.replace('search: false\n', '')}search: { action: "https://find.example/q", fields: { site: post.example } }
newsletter: { title: Letter, text: Each week., button: Join, action: "https://letters.example/join" }
tips: { title: Tips, text: Tell us., button: Send, action: "/desk/tips" }
`,
  });
  await newsroom.press();
  const policyOf = (file: string) => /form-action ([^"]*)"/.exec(newsroom.dist().get(file)!)?.[1];
  expect(policyOf('index.html')).toBe("'self' https://letters.example https://post.example");
  expect(policyOf('2025/02/s1/index.html')).toBe("'self' https://letters.example");
  expect(policyOf('corrections/index.html')).toBe("'self' https://post.example");
  expect(policyOf('404.html')).toBe("'self' https://find.example");
  expect(policyOf('search/index.html')).toBe("'self' https://find.example");
  expect(policyOf('world/index.html')).toBe("'none'");
  expect(newsroom.dist().get('404.html')).toMatch(
    /<form class="find" action="https:\/\/find\.example\/q" method="get">.*name="site" value="post\.example"/s,
  );
});

test('series, corrections, and search are addresses of the site itself', async () => {
  for (const name of ['series', 'corrections', 'search']) {
    const newsroom = smallNewsroom({ ...numbered(1), [`content/pages/${name}.md`]: '---\nheadline: A\n---\n\nB.\n' });
    expect(await problemsOf(() => newsroom.press())).toEqual([expect.objectContaining({ rule: 'address-taken' })]);
  }
});

test('paid and partner stories are labelled wherever they appear', async () => {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/a.md': story({ sponsor: { name: 'Sound & Fell' } }),
    'content/stories/2025/02/b.md': story({ sponsor: { name: 'The Library', kind: 'partner' } }),
  });
  await newsroom.press();
  for (const file of ['index.html', 'world/index.html', '2025/02/index.html', '2025/02/a/index.html'])
    expect(
      newsroom
        .dist()
        .get(file)!
        .replace(/<[^>]*>/g, ''),
      file,
    ).toContain('Paid for by Sound &amp; Fell');
  expect(
    newsroom
      .dist()
      .get('world/index.html')!
      .replace(/<[^>]*>/g, ''),
  ).toContain('In partnership with The Library');
});
