import { describe, expect, test } from 'vitest';
import { file, fileOf, newsroomWith } from '../ingest/ingested.fixture.ts';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { siteSchema } from '../site/site.ts';
import type { Body, BodyElement } from '../story/body/body.ts';
import type { Card } from '../story/card.ts';
import { queryStory } from './queries.ts';
import { setSite, setTitled } from './set-words.ts';
import { type BodyLookups, showParts } from './show-body.ts';

const site = siteSchema.parse({ name: 'The Post', url: 'https://post.example/paper/', language: 'en' });
const picture = { facts: { widthPx: 900, heightPx: 500 } } as never;
const lookups: BodyLookups = {
  link: (name) => (name === 'a' || name === 'é' ? `/2025/02/${name}/` : undefined),
  card: (name) => (name === 'a' ? ({ address: '/2025/02/a/', headline: 'A' } as Card) : undefined),
  author: (id) => (id === 'ann' ? { name: 'Ann' } : undefined),
  picture: () => ({ shown: picture }),
  table: () => ({ heads: ['A "b"', 'C'], rows: [['x', '1']] }),
};
const show = (...body: Body) => showParts(body, site, lookups);
const html = (text: string) => ({ kind: 'html' as const, html: text });
const link = (target: string, more: object = {}) =>
  ({ kind: 'link', target, fragment: '', children: [html('it')], ...more }) as Body[number];
const element = (more: Partial<BodyElement>) =>
  ({ kind: 'element', name: 'X', attributes: {}, children: [], ...more }) as Body[number];

describe('a link to a story', () => {
  test('leads to its current address, with the path of the site, and is part of the text around it', () =>
    expect(show(html('<p>See '), link('a', { fragment: '#part', title: 'A "b"' }), html('.</p>'))).toEqual([
      html('<p>See <a href="/paper/2025/02/a/#part" title="A &quot;b&quot;">it</a>.</p>'),
    ]));

  test('is only its words while readers cannot see the story', () =>
    expect(show(html('<p>See '), link('later'), html('.</p>'))).toEqual([html('<p>See it.</p>')]));

  test('finds a name in any Unicode form', () =>
    expect(show(link('e\u0301'))).toEqual([html('<a href="/paper/2025/02/%C3%A9/">it</a>')]));

  test('can contain a picture, which stays between its two halves', () =>
    expect(
      show(link('a', { children: [{ kind: 'picture', src: 'p.jpg', decorative: false, line: 1 }] })).map((part) =>
        'html' in part ? part.html : part.kind,
      ),
    ).toEqual(['<a href="/paper/2025/02/a/">', 'picture', '</a>']));
});

describe('a component', () => {
  test('shows the card of the story that it names, once readers can see it', () => {
    expect(show(element({ story: { target: 'a', fragment: '#part' } }))).toMatchObject([
      { story: { headline: 'A', href: '/paper/2025/02/a/#part' } },
    ]);
    expect(show(element({ story: { target: 'later', fragment: '' } }))[0]).not.toHaveProperty('story');
  });

  test('shows the columns of a table that it names, in its order, with the punctuation of the text', () => {
    expect(show(element({ table: 't.csv' }))).toMatchObject([
      { table: { columns: [{ head: 'A “b”' }, { head: 'C', isFigures: true }], rows: [['x', '1']] } },
    ]);
    expect(show(element({ table: 't.csv', attributes: { columns: 'C , ' } }))).toMatchObject([
      { table: { columns: [{ head: 'C' }], rows: [['1']] } },
    ]);
  });

  test('shows an author who has a file, and keeps its level, its children, and its attributes', () => {
    const [shown] = show(element({ author: 'ann', level: 3, attributes: { a: 'b' }, children: [html('c')] }));
    expect(shown).toMatchObject({ author: { name: 'Ann' }, level: 3, attributes: { a: 'b' }, children: [html('c')] });
    expect(show(element({ author: 'bob' }))[0]).not.toHaveProperty('author');
  });
});

test('pictures of a photo essay are wide, also those that follow text, but not those inside a component', () => {
  const photo = { kind: 'picture' as const, src: 'p.jpg', decorative: false, line: 1 };
  const shown = showParts([html('a'), photo, element({ children: [photo] })], site, lookups, { isEssay: true });
  expect(shown[1]).toMatchObject({ kind: 'picture', size: 'wide' });
  expect((shown[2] as { children: object[] }).children[0]).not.toHaveProperty('size');
});

test('a link to a document leads to its published address, wherever it is in the text', async () => {
  const id = '2025/02/a';
  const { index } = await newsroomWith({
    'content/site.yaml': siteYaml.replace('post.example', 'post.example/paper'),
    [fileOf(id).replace(/md$/, 'mdx')]: story(
      {},
      'See [one](plan.pdf).\n\n<FactBox title="B">\n[two](plan.pdf)\n</FactBox>',
    ),
    [`content/stories/${id}/plan.pdf`]: '%PDF',
    ...file('2025/02/b'),
  });
  const text = JSON.stringify(queryStory(index, id)?.body);
  expect([...text.matchAll(/href=\\"([^"]*)\\"/g)].map(([, href]) => href)).toEqual(
    Array(2).fill('/paper/2025/02/a/plan.pdf'),
  );
});

describe('the own texts of a site', () => {
  test('are printed with the punctuation of its language. Ids, addresses, and what forms send stay as they are', () => {
    const set = setSite({
      ...site,
      name: 'The "Post"',
      sections: [{ id: 'a"b', title: "It's" }],
      navigation: [{ title: '"A"', url: '/a"/' }],
    } as typeof site);
    expect(set).toMatchObject({
      name: 'The “Post”',
      sections: [{ id: 'a"b', title: 'It’s' }],
      navigation: [{ title: '“A”', url: '/a"/' }],
    });
  });

  test('are set once for each version of the site', () => expect(setSite(site)).toBe(setSite(site)));

  test('include the titles of topics and series, if there is one', () => {
    expect(setTitled({ id: 'a', title: '"A"', description: "It's" }, site)).toEqual({
      id: 'a',
      title: '“A”',
      description: 'It’s',
    });
    expect(setTitled(undefined, site)).toBeUndefined();
  });
});
