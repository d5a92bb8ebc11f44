import { rmSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ProblemsError } from '../problems/problem.ts';
import { smallNewsroom, story } from './small-newsroom.fixture.ts';

// At a load of 22 on two cores, the slowest of these tests took 40 seconds.
vi.setConfig({ testTimeout: 180_000 });

function paper(stories: Record<string, unknown>[], files: Record<string, string> = {}) {
  const newsroom = smallNewsroom(files);
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  stories.forEach((front, i) => {
    newsroom.put(`content/stories/2025/02/s${i}.md`, story({ headline: `Story ${i}`, ...front }));
  });
  return newsroom;
}

const topicPages = (newsroom: ReturnType<typeof paper>): string[] =>
  [...newsroom.dist().keys()].flatMap((file) => /^topics\/([^/]+)\/index\.html$/.exec(file)?.[1] ?? []).sort();

describe('topics', () => {
  test('that differ in punctuation are separate topics, and none is lost', async () => {
    const names = [
      'Disney+',
      'Disney',
      'C',
      'C++',
      'C#',
      '.NET',
      'net',
      '🌊',
      '🔥',
      '€',
      'İstanbul',
      'Ελλάδα',
      'العربية',
      '東京',
    ];
    const newsroom = paper(names.map((name) => ({ topics: [name] })));
    const { warnings } = await newsroom.press();
    expect(warnings).toEqual([]);
    expect(topicPages(newsroom)).toEqual(
      [
        'disney-plus',
        'disney',
        'c',
        'c-plus-plus',
        'c-sharp',
        'dot-net',
        'net',
        '🌊',
        '🔥',
        '€',
        'istanbul',
        'ελλάδα',
        'العربية',
        '東京',
      ].sort(),
    );
    for (const [i, name] of names.entries())
      expect(Buffer.from(newsroom.dist().get(`2025/02/s${i}/index.html`) ?? '', 'latin1').toString(), name).toContain(
        `>${name}</a>`,
      );
  });

  test('that differ in case, spaces, hyphens, or Unicode form are the same', async () => {
    const newsroom = paper([
      { topics: ['Café Culture'] },
      { topics: ['Cafe\u0301 culture', 'café-culture'] },
      { topics: ['İstanbul', 'istanbul'] },
    ]);
    expect((await newsroom.press()).warnings).toEqual([]);
    expect(topicPages(newsroom)).toHaveLength(2);
  });

  test('in Turkish, dotted and dotless i are two letters', async () => {
    const site = 'name: Gazete\nurl: https://gazete.example\nlanguage: tr\nsections: [{ id: world, title: Dünya }]\n';
    const newsroom = paper([{ topics: ['Işık'] }, { topics: ['ışık'] }, { topics: ['Kir'] }, { topics: ['kır'] }], {
      'content/site.yaml': site,
    });
    await newsroom.press();
    expect(topicPages(newsroom)).toEqual(['kir', 'kır', 'ışık'].sort());
  });

  test('that share an address although their punctuation differs are reported; topics.yaml says that it is intended', async () => {
    const newsroom = paper([{ topics: ['AC DC'] }, { topics: ['AC/DC'] }, { topics: ['AC/DC'] }]);
    const { warnings } = await newsroom.press();
    expect(warnings.map(({ rule, file }) => [rule, file])).toEqual([['topic-signs', 'content/stories/2025/02/s1.md']]);
    expect(warnings[0]?.message).toContain('"AC/DC" and "AC DC"');
    newsroom.put('content/topics.yaml', 'ac-dc: { title: AC/DC }\n');
    newsroom.put('content/stories/2025/02/s0.md', story({ headline: 'Again', topics: ['AC DC'] }));
    expect((await newsroom.press()).warnings).toEqual([]);
  });

  test.each([
    ['AC DC', 'AC/DC', 'ac-dc'],
    ['x', '@x', 'x'],
    ['5', '$5', '5'],
    ['Q A', 'Q & A!', 'q-a'],
    ['A B', 'a/b', 'a-b'],
  ])('%s and %s in one story or in two are reported, and the suggestion makes them two', async (one, two, id) => {
    for (const stories of [[{ topics: [one, two] }], [{ topics: [one] }, { topics: [two] }]]) {
      const newsroom = paper(stories);
      const { warnings } = await newsroom.press();
      expect(warnings.map(({ rule }) => rule)).toEqual(['topic-signs']);
      newsroom.put('content/topics.yaml', `${warnings[0]!.hint!.split(':\n')[1]}\n`);
      expect((await newsroom.press()).warnings).toEqual([]);
      expect(topicPages(newsroom)).toEqual([id, `${id}-2`]);
      // Written by their ids, they are the same two.
      newsroom.put('content/stories/2025/02/s0.md', story({ topics: [id, `${id}-2`] }));
      expect((await newsroom.press()).warnings).toEqual([]);
      expect(topicPages(newsroom)).toEqual([id, `${id}-2`]);
    }
  });

  test('one title for two topics is still refused', async () => {
    for (const text of [
      'a: { title: AC/DC }\nb: { title: ac/dc }\n',
      'ac-dc: {}\nb: { title: AC DC }\n',
      'a: { title: X, aliases: [AC/DC] }\nb: { title: AC/DC }\n',
    ]) {
      const newsroom = paper([{}], { 'content/topics.yaml': text });
      await expect(newsroom.press()).rejects.toThrow('is a name of the topic');
    }
  });

  test('without a letter or symbol are an error that says how to give an id, which works', async () => {
    const newsroom = paper([{ topics: ['&'] }]);
    const error: unknown = await newsroom.press().catch((thrown) => thrown);
    if (!(error instanceof ProblemsError)) throw error;
    expect(error.problems).toMatchObject([{ rule: 'topic-empty', line: 6 }]);
    expect(error.problems[0]?.hint).toContain('my-topic: { title: "&" }');
    newsroom.put('content/topics.yaml', 'my-topic: { title: "&" }\n');
    newsroom.put('content/stories/2025/02/s0.md', story({ topics: ['my-topic'] }));
    await newsroom.press();
    expect(topicPages(newsroom)).toEqual(['my-topic']);
  });
});

describe('bylines', () => {
  test.each([
    '王小明',
    'محمد',
    'דוד',
    'สมชาย',
    'გიორგი',
    'さくら',
    'รัชนก',
    'd’Artagnan',
    'J.R.R. Tolkien',
    'van der Berg',
    'AFP',
    'O’Neill',
  ])('%s is printed as it is written, without an author file', async (name) => {
    const newsroom = paper([{ byline: [name] }]);
    await newsroom.press();
    const html = Buffer.from(newsroom.dist().get('2025/02/s0/index.html') ?? '', 'latin1').toString();
    expect(html).toContain(name);
  });

  test('an author file for a name without capitals is found, even later', async () => {
    const newsroom = paper([{ byline: ['王小明'] }]);
    await newsroom.press();
    newsroom.put('content/authors/王小明.yaml', 'name: Wang Xiaoming\n');
    await newsroom.press();
    expect(newsroom.dist().get('2025/02/s0/index.html')).toContain('Wang Xiaoming');
  });

  test('canary: a lower-case word is an id, and a wrong one is reported', async () => {
    await expect(paper([{ byline: ['ann'] }]).press()).rejects.toThrow('content/authors/ann.yaml');
  });
});

describe('related stories', () => {
  test('the story itself and repetitions are reported and left out, whichever name is used', async () => {
    const newsroom = paper([
      { headline: 'First', id: 'first', related: ['first', '2025/02/s0', '2025/02/s1', 'second', 'story:second'] },
      { headline: 'Second', id: 'second' },
    ]);
    const { warnings } = await newsroom.press();
    expect(warnings.map(({ rule }) => rule)).toEqual(['related-itself', 'related-itself', 'related-twice']);
    const html = newsroom.dist().get('2025/02/s0/index.html') ?? '';
    const related = html.slice(html.indexOf('Related'));
    expect(related.match(/Second/g)?.length).toBe(1);
  });
});
