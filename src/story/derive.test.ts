import { describe, expect, test } from 'vitest';
import type { PictureFacts } from '../pictures/picture.ts';
import { siteSchema } from '../site/site.ts';
import { deriveStory } from './derive.ts';
import type { Newsroom } from './newsroom.ts';
import { parseStory } from './parse.ts';

const facts = (digest: string): PictureFacts =>
  ({
    digest,
    format: 'jpeg',
    widthPx: 900,
    heightPx: 500,
    hasAlpha: false,
    isAnimated: false,
    words: {},
  }) as PictureFacts;

const newsroom = (site: object = {}): Newsroom => ({
  site: siteSchema.parse({
    name: 'The Post',
    url: 'https://post.example',
    timeZone: 'Europe/Dublin',
    sections: [{ id: 'world', title: 'World' }],
    ...site,
  }),
  author: (id) => (id === 'ann' ? { name: "Ann O'Example" } : undefined),
  authorIds: () => ['ann'],
  topicId: (spelling) => (spelling === '!' ? '' : spelling.toLowerCase()),
  picture: (path) => (path.endsWith('p.jpg') ? facts('aaaa') : undefined),
  beside: () => ['p.jpg'],
});

/** A story from its front matter in YAML, without its headline and date, which are in lines 2 and 3. */
async function derived(
  front = '',
  { body = 'Text.', id = '2025/02/a', site = {} }: { body?: string; id?: string; site?: object } = {},
) {
  const around = newsroom(site);
  const file = `content/stories/${id}/index.md`;
  const published = front.includes('published:') || front.includes('draft:') ? '#' : 'published: 2025-02-12T10:00Z';
  const parsed = await parseStory(
    file,
    Buffer.from(`---\nheadline: A\n${published}\n${front}\n---\n\n${body}\n`),
    'digest',
    around.site,
  );
  if ('problems' in parsed) throw new Error(parsed.problems[0]?.message);
  return await deriveStory(parsed.parsed, around);
}
const said = async (...args: Parameters<typeof derived>) =>
  (await derived(...args)).problems.map(
    ({ line, rule, severity }) => `${line} ${rule}${severity === 'error' ? '' : ` ${severity}`}`,
  );
const record = async (...args: Parameters<typeof derived>) => {
  const { record, problems } = await derived(...args);
  if (!record) throw new Error(problems[0]?.message);
  return record;
};
const ms = Date.parse;

describe('the time of a story', () => {
  test('it is due when it is published, but not before its embargo is over', async () => {
    const due = async (front: string) => (await record(front)).due;
    expect(await due('')).toBe(ms('2025-02-12T10:00Z'));
    expect(await due('embargo: 2025-02-12T11:00Z')).toBe(ms('2025-02-12T11:00Z'));
    expect(await due('embargo: 2025-02-12T09:00Z')).toBe(ms('2025-02-12T10:00Z'));
    expect(await due('draft: true')).toBeUndefined();
  });

  test('a story without a date is refused unless it is a draft, and so is a date that does not exist', async () => {
    expect(await said('published: 2025-02-30')).toEqual(['4 no-such-date']);
    expect(await said('kicker: K\n# published:')).toEqual(['2 missing-key']);
    expect(await said('draft: true')).toEqual([]);
  });

  test('it cannot be updated before it is published, but can be updated on the day of publication', async () => {
    expect(await said('updated: 2025-02-12T09:59Z')).toEqual(['4 updated-before-published']);
    expect(await said('updated: 2025-02-12T10:00Z')).toEqual([]);
    expect(await said('updated: 2025-02-12')).toEqual([]);
    expect(await said('updated: 2025-02-11')).toEqual(['4 updated-before-published']);
    expect((await record('updated: 2025-02-12')).card).toMatchObject({ updatedIsDay: true });
    expect((await record('updated: 2025-02-12T10:00Z')).card).not.toHaveProperty('updatedIsDay');
  });

  test('its day, and the years of its corrections, are in the time zone of the site', async () => {
    const site = { timeZone: 'Pacific/Auckland' };
    const front =
      'published: 2025-02-12T12:00Z\ncorrections:\n  - { date: 2025-12-31T12:00Z, type: correction, text: Wrong }\n  - { date: 2025-03-01, type: update, text: New }';
    expect(await record(front, { site })).toMatchObject({ day: '2025-02-13', correctionYears: ['2026', '2025'] });
    expect(await record(front)).toMatchObject({ day: '2025-02-12', correctionYears: ['2025', '2025'] });
  });
});

describe('the address of a story', () => {
  const address = async (...args: Parameters<typeof derived>) => (await record(...args)).card.address;

  test('follows its folder, or its day if the folder has no month', async () => {
    expect(await address('')).toBe('/2025/02/a/');
    expect(await address('', { id: '2019/07/old' })).toBe('/2019/07/old/');
    expect(await address('', { id: 'archive/old' })).toBe('/2025/02/old/');
    expect(await address('', { id: '2019/13/old' })).toBe('/2025/02/old/');
    expect(await address('slug: other')).toBe('/2025/02/other/');
  });

  test('follows the pattern of the site, which can require a section', async () => {
    const site = { permalink: '/{section}/{yyyy}-{mm}-{dd}/{slug}/' };
    expect(await address('section: world', { site })).toBe('/world/2025-02-12/a/');
    expect(await said('', { site })).toEqual(['2 missing-key']);
    expect((await derived('', { site })).problems[0]?.message).toContain('section');
  });
});

describe('what a story depends on', () => {
  test('are the authors, topics, and pictures that it names, whether known or not', async () => {
    const { dependencies, card, detail } = await record(
      'byline: [ann, A Writer, { name: Bob }]\ntopics: [Quay, Quay, Ship]\nlead: { src: p.jpg, alt: A quay }',
    );
    expect(dependencies.sort()).toEqual([
      'author:ann',
      'picture:content/stories/2025/02/a/p.jpg',
      'topic:quay',
      'topic:ship',
    ]);
    expect(card.byline).toEqual([{ name: 'Ann O’Example', author: 'ann' }, { name: 'A Writer' }, { name: 'Bob' }]);
    expect(detail.topics).toEqual(['quay', 'ship']);
  });

  test('is reported for the key that names something unknown', async () =>
    expect(
      await said(
        'section: sport\nbyline:\n  - ann\n  - bob\ntopics: [Quay, "!"]\nseries: "!"\nlead: { src: q.jpg, alt: A }\npictures: { r.jpg: { alt: A } }',
      ),
    ).toEqual([
      '4 unknown-section',
      '7 unknown-author',
      '10 picture-missing',
      '11 picture-unused warning',
      '8 topic-empty',
      '9 series-empty',
    ]));

  test('are the links in its front matter that work', async () =>
    expect(
      await said(
        'source: { name: A, url: "javascript:a" }\nsponsor: { name: B, url: "javascript:b" }\nrelated:\n  - { title: C, url: "javascript:c" }\n  - { title: D, url: https://d.example }',
      ),
    ).toEqual(['4 link-scheme', '5 link-scheme', '7 link-scheme']));
});

describe('related stories', () => {
  test('are listed once each, and without the story itself, whichever name is used', async () => {
    const front = 'id: named\nrelated: [b, named, 2025/02/a, b, { title: T, url: https://t.example }]';
    expect(await said(front)).toEqual([
      '5 related-itself warning',
      '5 related-itself warning',
      '5 related-twice warning',
    ]);
    const { detail, links } = await record(front);
    expect(detail.related).toEqual(['b', { title: 'T', url: 'https://t.example' }]);
    // Each is checked, where it is written.
    expect(links).toEqual(['b', 'named', '2025/02/a', 'b'].map((name) => ({ name, line: 5 })));
  });
});

describe('the pictures of a story', () => {
  const wide = async (body: string, front = '') =>
    (await record(front, { body })).pictures.map(({ isWide = false, words }) => [isWide, words.length]);

  test('have one entry for each file, which is wide if the picture is wide anywhere', async () => {
    expect(await wide('![A](p.jpg)')).toEqual([[false, 1]]);
    expect(await wide('![A](p.jpg)\n\n![A](p.jpg)')).toEqual([[false, 2]]);
    expect(await wide('![A](p.jpg)', 'type: photo-essay')).toEqual([[true, 1]]);
    expect(await wide('![A](p.jpg)', 'lead: { src: p.jpg, alt: A }')).toEqual([[false, 2]]);
  });
});

describe('a story with mistakes', () => {
  test('has no record, but its names and links are known, so that other stories are not reported', async () => {
    const { record, names, links } = await derived('id: named\nsection: sport\nrelated: [b]', {
      body: 'See [c](story:c).',
    });
    expect({ record, names, links }).toEqual({
      record: undefined,
      names: ['2025/02/a', 'named'],
      links: [
        { name: 'c', line: 9 },
        { name: 'b', line: 6 },
      ],
    });
  });

  test('only causes warnings if it is a draft, and has no links', async () => {
    const { record, problems } = await derived('draft: true\nsection: sport\nrelated: [b]');
    expect(problems.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['unknown-section warning']);
    expect(record).toMatchObject({ state: 'draft', links: [], addressLinks: [], due: undefined });
  });

  test('has only one message about a key that is wrong in itself', async () =>
    expect(await said('section: 7\nbyline: [bob]')).toEqual([expect.stringMatching(/^4 /), '5 unknown-author']));
});

test('texts are printed with the punctuation of the language, ids and addresses as they are', async () => {
  const { card, detail } = await record(
    'language: de\nstandfirst: \'Ein "Wort"\'\nsource: { name: \'"A"\', url: "https://a.example/?q=\\"x\\"", licence: https://l.example }\nwithdrawn: { date: 2025-03-01, reason: \'"Nein"\' }',
  );
  expect(card).toMatchObject({ standfirst: 'Ein „Wort“', language: 'de' });
  expect(detail.source).toEqual({ name: '„A“', url: 'https://a.example/?q="x"', licence: 'https://l.example' });
  expect(detail.withdrawn?.reason).toBe('„Nein“');
  expect((await record('withdrawn: { date: 2025-03-01, reason: No }')).state).toBe('withdrawn');
  expect((await record('language: en')).card.language).toBeUndefined();
});
