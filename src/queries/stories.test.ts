import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf, type IngestedNewsroom, openNewsroom } from '../ingest/ingested.fixture.ts';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import {
  queryAuthor,
  queryFront,
  queryOffered,
  queryPage,
  queryRelated,
  querySite,
  queryStory,
  queryTopic,
  queryWhole,
} from './queries.ts';

let newsroom: IngestedNewsroom;

beforeAll(async () => {
  newsroom = openNewsroom({
    'content/site.yaml': `${siteYaml.replace('post.example', 'post.example/paper').replace('The Example Post', 'The "Post"')}navigation: [{ title: "It's on", url: /about/ }]\n`,
    'content/authors/ann.yaml':
      'name: Ann O\'Example\nrole: Reporter\nbio: She writes "well".\nlinks: [{ title: "Ann\'s", url: https://a.example }]\n',
    'content/authors/bob.yaml': 'name: Bob\n',
    'content/topics.yaml': 'harbour: { title: The "harbour", description: Ships. }\nquay: { title: Quay }\n',
    'content/pages/about.md':
      '---\nheadline: About "us"\nstandfirst: Who\n---\n\nSee [a](story:2025/02/a) and [it](story:2025/02/later).\n',
    'content/fronts/home.yaml': [
      'layout: pair',
      'stories:',
      '  - { story: 2025/02/later, with: [2025/02/b, 2025/02/gone] }',
      '  - { story: 2025/02/a, with: [2025/02/c, 2025/02/later] }',
      'pinned: 2025/02/gone',
      'banner: { text: "It\'s now", story: 2025/02/a, until: 2025-06-02 }',
    ].join('\n'),
    'content/fronts/world.yaml': 'banner: { text: Now, story: 2025/02/later }\n',
    'content/fronts/sport.yaml': 'banner: { text: Alone }\npinned: named\n',
    [fileOf('2025/02/a')]: story(
      {
        headline: 'A',
        id: 'named',
        byline: ['ann'],
        topics: ['Harbour', 'Quays'],
        published: '2025-02-01',
        related: [
          'named-b',
          '2025/02/b',
          '2025/02/later',
          { title: "B's site", url: 'https://b.example' },
          { title: 'Ours', url: '/about/' },
          { title: 'Again', url: 'https://b.example' },
        ],
        summary: 'It\'s "short".',
      },
      'See [b](story:named-b#part "B"), [it](story:2025/02/later), and more.',
    ),
    [fileOf('2025/02/b')]: story(
      {
        headline: 'B',
        id: 'named-b',
        related: ['named', '2025/02/a', 'named-b'],
        translationOf: 'named',
        language: 'fr',
        published: '2025-02-02',
      },
      '## Part',
    ),
    [fileOf('2025/02/c')]: story({
      headline: 'C',
      translationOf: '2025/02/a',
      language: 'de',
      published: '2025-02-03',
    }),
    [fileOf('2025/02/later')]: story({
      headline: 'Later',
      published: '2031-01-01',
      topics: ['Ship'],
      translationOf: 'named',
      language: 'es',
    }),
    [fileOf('2025/02/gone')]: story(
      {
        headline: 'Gone',
        section: 'sport',
        summary: 'Secret',
        withdrawn: { date: '2025-03-01', reason: 'It was wrong.' },
      },
      'A secret.',
    ),
  });
  await newsroom.ingest();
});
afterAll(() => newsroom.close());

const text = (body: unknown) => JSON.stringify(body);

describe('a story', () => {
  test('has its text with links to stories that readers can see, and only the text of other links', () => {
    const { body, words, summary } = queryStory(newsroom.index, '2025/02/a')!;
    expect(text(body)).toContain('<a href=\\"/paper/2025/02/b/#part\\" title=\\"B\\">b</a>, it, and more.');
    expect(words).toBe(5);
    expect(summary).toBe('It’s “short”.');
  });

  test('has its topics by their current titles', () =>
    expect(queryStory(newsroom.index, '2025/02/a')?.topics).toEqual([
      { id: 'harbour', title: 'The “harbour”' },
      { id: 'quays', title: 'Quays' },
    ]));

  test('has related links, each once, without stories that readers cannot see', () =>
    expect(
      queryStory(newsroom.index, '2025/02/a')?.related.map(({ title, href, language }) => [title, href, language]),
    ).toEqual([
      ['B', '/paper/2025/02/b/', 'fr'],
      ['B’s site', 'https://b.example', undefined],
      ['Ours', '/paper/about/', undefined],
    ]));

  test('names its translations, whichever of them is the original, and whatever name is used', () => {
    const of = (id: string) =>
      queryStory(newsroom.index, id)?.translations.map(({ language, href }) => `${language} ${href}`);
    expect(of('2025/02/a')).toEqual(['fr /paper/2025/02/b/', 'de /paper/2025/02/c/']);
    expect(of('2025/02/b')).toEqual(['en-IE /paper/2025/02/a/', 'de /paper/2025/02/c/']);
  });

  test('that is withdrawn has only the date and the reason', () => {
    const found = queryStory(newsroom.index, '2025/02/gone');
    expect(found).toMatchObject({
      withdrawn: { reason: 'It was wrong.' },
      body: [],
      card: { headline: '', address: '/2025/02/gone/' },
    });
    expect(text(found)).not.toMatch(/secret|Gone/);
  });

  test('does not exist if readers cannot see it', () => {
    for (const id of ['2025/02/later', 'none']) expect(queryStory(newsroom.index, id)).toBeUndefined();
  });

  test('shows cards of the stories that it names, each once, and never its own', () => {
    expect(queryRelated(newsroom.index, '2025/02/a').map(({ id }) => id)).toEqual(['2025/02/b']);
    expect(queryRelated(newsroom.index, '2025/02/b').map(({ id }) => id)).toEqual(['2025/02/a']);
    expect(queryRelated(newsroom.index, 'none')).toEqual([]);
  });

  test('is in a feed with its text', () => {
    const feed = queryWhole(newsroom.index, 'site', 2);
    expect(feed.map(({ card }) => card.headline)).toEqual(['C', 'B']);
    expect(text(feed[1]?.body)).toContain('Part');
  });
});

describe('a front', () => {
  test('leads with what belongs to a story that readers cannot see, without that story', () =>
    expect(queryFront(newsroom.index, 'home')).toMatchObject({
      layout: 'pair',
      pinned: undefined,
      stories: [
        { card: { id: '2025/02/b' }, with: [] },
        { card: { id: '2025/02/a' }, with: [{ id: '2025/02/c' }] },
      ],
    }));

  test('has its banner until it ends, and not before its story is public', async () => {
    expect(queryFront(newsroom.index, 'home')?.banner).toMatchObject({ text: 'It’s now', story: { id: '2025/02/a' } });
    expect(queryFront(newsroom.index, 'world')?.banner).toBeUndefined();
    expect(queryFront(newsroom.index, 'sport')).toMatchObject({
      banner: { text: 'Alone', story: undefined },
      pinned: { id: '2025/02/a' },
    });
    expect(queryFront(newsroom.index, 'none')).toBeUndefined();
    await newsroom.ingest('2025-06-02T12:00:00Z');
    expect(queryFront(newsroom.index, 'home')?.banner).toBeUndefined();
    await newsroom.ingest();
    expect(queryFront(newsroom.index, 'home')?.banner).toBeDefined();
  });
});

describe('other queries of a page', () => {
  test('an author, as printed', () =>
    expect(queryAuthor(newsroom.index, 'ann')).toEqual({
      id: 'ann',
      name: 'Ann O’Example',
      role: 'Reporter',
      bio: 'She writes “well”.',
      picture: undefined,
      links: [{ title: 'Ann’s', url: 'https://a.example' }],
    }));

  test('the site, as printed, and the same object while the index is the same', () => {
    expect(querySite(newsroom.index)).toMatchObject({
      name: 'The “Post”',
      navigation: [{ title: 'It’s on', url: '/about/' }],
    });
    expect(querySite(newsroom.index)).toBe(querySite(newsroom.index));
  });

  test('a topic that has public stories, with its description', () => {
    expect(queryTopic(newsroom.index, 'harbour')).toEqual({
      id: 'harbour',
      title: 'The “harbour”',
      description: 'Ships.',
    });
    expect(queryTopic(newsroom.index, 'quay')).toBeUndefined();
    expect(queryTopic(newsroom.index, 'ship')).toBeUndefined();
  });

  test('topics and series for the search page, sorted by their ids', () =>
    expect(queryOffered(newsroom.index)).toEqual({
      topics: [
        { id: 'harbour', title: 'The “harbour”', description: 'Ships.' },
        { id: 'quays', title: 'Quays', description: undefined },
      ],
      series: [],
    }));

  test('a standing page, with the links that readers can follow', () => {
    const page = queryPage(newsroom.index, 'about');
    expect(page).toMatchObject({ id: 'about', address: '/about/', headline: 'About “us”', standfirst: 'Who' });
    expect(text(page?.body)).toContain('<a href=\\"/paper/2025/02/a/\\">a</a> and it.');
    expect(queryPage(newsroom.index, 'none')).toBeUndefined();
  });
});
