import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { siteSchema } from '../site/site.ts';
import {
  keyOfTopic,
  misplacedFile,
  readAuthor,
  readFront,
  readPage,
  readSeries,
  readSidecar,
  readSite,
  readTopics,
} from './newsroom-files.ts';

const root = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(root, { recursive: true }));
/** The readers of files use nothing else of the index. */
const index = { root } as IndexHandle;
const site = siteSchema.parse({
  name: 'The Post',
  url: 'https://post.example/paper/',
  sections: [{ id: 'world', title: 'World' }],
});

/** Writes a file and reads it. */
async function read<Result>(file: string, text: string, reader: (file: string) => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  return await reader(file);
}
const said = (result: { problems: Problem[] } | object): string[] =>
  'problems' in result ? result.problems.map(({ line, rule }) => `${line} ${rule}`) : [];
const dataOf = <Data>(result: { data: Data } | { problems: Problem[] }): Data => {
  if ('problems' in result) throw new Error(result.problems[0]?.message);
  return result.data;
};
const tooLong = 'a'.repeat(300);

describe('site.yaml', () => {
  const ofSite = (text: string) =>
    read('content/site.yaml', `name: The Post\nurl: https://post.example\n${text}`, () => readSite(index));
  const sections = (...lines: string[]) => `sections:\n${lines.map((line) => `  - ${line}\n`).join('')}`;

  test('sections come in the order of the navigation: by their order, and then as written', async () => {
    const data = dataOf(
      await ofSite(
        sections(
          '{ id: a, title: A }',
          '{ id: b, title: B, order: 2 }',
          '{ id: c, title: C }',
          '{ id: d, title: D, order: 1 }',
          '{ id: e, title: E, order: 2 }',
        ),
      ),
    );
    expect(data.sections.map(({ id }) => id).join('')).toBe('dbeac');
    expect(data.url).toBe('https://post.example/');
  });

  test('what no page shows is not part of the site: the format and the theme', async () => {
    const data = dataOf(await ofSite(`broadsheet: 1\ntheme: broadsheet-theme-x\n`));
    expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['broadsheet']));
    expect(Object.keys(data)).not.toEqual(expect.arrayContaining(['theme']));
  });

  test('all mistakes are reported on their lines', async () => {
    const result = await ofSite(
      `broadsheet: 99\n${sections('{ id: a, title: A }', '{ id: b, title: B }', '{ id: a, title: Again }')}navigation:\n  - { title: A, url: "javascript:alert(1)" }\n  - { title: B, url: "#top" }\n`,
    );
    expect(said(result)).toEqual(['3 newer-format', '7 section-twice', '9 link-scheme', '10 link-scheme']);
  });

  test('a site with mistakes can still be used to find others: its sections are known', async () => {
    const result = await ofSite(`language: 7\n${sections('{ id: world, title: World }', '{ id: x }')}`);
    expect(result).toMatchObject({ usable: { sections: [{ id: 'world' }, { id: 'x' }] } });
    // Without them, each section of each story would seem to be missing.
    expect((await ofSite('language: 7\n')) as object).toMatchObject({ usable: undefined });
  });
});

describe('topics.yaml', () => {
  const ofTopics = (text: string) => read('content/topics.yaml', text, () => readTopics(index, 'en'));

  test('a topic is found by its id, its title, and its other spellings', async () => {
    const { ids, entries } = dataOf(
      await ofTopics('harbour: { title: The port, aliases: [Docks], description: Ships. }\nquay:\n'),
    );
    for (const spelling of ['harbour', 'the-port', 'docks']) expect(ids[spelling]).toBe('harbour');
    expect(ids[keyOfTopic('The port', 'the-port')]).toBe('harbour');
    expect(entries).toEqual({
      harbour: { title: 'The port', description: 'Ships.' },
      quay: { title: undefined, description: undefined },
    });
  });

  test('titles that share an address can be two topics, unless one of them is the id of the other', async () => {
    const { ids } = dataOf(await ofTopics('rock: { title: AC/DC }\ncurrent: { title: AC DC }\n'));
    expect(ids[keyOfTopic('AC/DC', 'ac-dc')]).toBe('rock');
    expect(ids[keyOfTopic('AC DC', 'ac-dc')]).toBe('current');
    expect(said(await ofTopics('a: { title: Same }\nb: { title: Same }\n'))).toEqual(['2 topic-twice']);
    expect(said(await ofTopics('a: { title: B }\nb: {}\n'))).toEqual(['1 topic-twice']);
    expect(said(await ofTopics('a: { title: B }\nb: { title: C }\n'))).toEqual([]);
    expect(said(await ofTopics('a: { title: A, aliases: [A, a] }\n'))).toEqual([]);
  });

  test('an id has the form that a spelling becomes, and is short enough', async () => {
    expect(said(await ofTopics(`The Harbour: {}\n${tooLong}: {}\n`))).toEqual(['1 topic-id', '2 address-too-long']);
    expect(dataOf(await ofTopics('constructor: {}\n')).ids.constructor).toBe('constructor');
  });
});

describe('series.yaml', () => {
  const ofSeries = (text: string) => read('content/series.yaml', text, () => readSeries(index, 'en'));

  test('has a title and a description for each id', async () =>
    expect(dataOf(await ofSeries('river: { title: The river, description: Water. }\nsea:\n'))).toEqual({
      river: { title: 'The river', description: 'Water.' },
      sea: { title: undefined, description: undefined },
    }));

  test('an id has the form that a title becomes, and is short enough', async () =>
    expect(said(await ofSeries(`sea: {}\nThe River: {}\n${tooLong}: {}\n`))).toEqual([
      '2 series-id',
      '3 address-too-long',
    ]));
});

describe('an author', () => {
  const ofAuthor = (text: string, id = 'ann') =>
    read(`content/authors/${id}.yaml`, text, (file) => readAuthor(index, file));

  test('has an id that is also an address', async () => {
    expect(dataOf(await ofAuthor('name: Ann\n'))).toMatchObject({ name: 'Ann' });
    expect(said(await ofAuthor('name: Ann\n', 'Ann Example'))).toEqual(['1 author-id']);
    expect(said(await ofAuthor('nam: Ann\n', 'Ann Example'))).toContain('1 author-id');
  });

  test('has links that work', async () =>
    expect(
      said(
        await ofAuthor(
          'name: Ann\nlinks:\n  - { title: A, url: https://a.example }\n  - { title: B, url: "javascript:b" }\n',
        ),
      ),
    ).toEqual(['4 link-scheme']));
});

describe('a front', () => {
  const ofFront = (text: string, id = 'home') =>
    read(`content/fronts/${id}.yaml`, text, (file) => readFront(index, file, site));

  test('is that of the site or of a section', async () => {
    expect(dataOf(await ofFront('layout: pair\n'))).toMatchObject({ layout: 'pair', stories: [] });
    expect(said(await ofFront('layout: pair\n', 'world'))).toEqual([]);
    expect(said(await ofFront('layout: pair\n', 'sport'))).toEqual(['1 unknown-front']);
    expect(said(await ofFront('layout: par\n', 'sport'))).toHaveLength(2);
  });
});

describe('a sidecar', () => {
  const ofSidecar = (text: string) => read('content/a.jpg.yaml', text, (file) => readSidecar(index, file, site));

  test('has its caption as text and as HTML, and the links in it', async () => {
    const result = await ofSidecar('alt: A quay\ncaption: See *the* [port](/port/).\n');
    expect(result).toMatchObject({
      words: {
        alt: 'A quay',
        caption: 'See the port.',
        captionHtml: expect.stringContaining('<a href="/paper/port/">port</a>'),
      },
      links: [{ address: '/port/', line: 2 }],
    });
    expect(await ofSidecar('caption: Plain.\n')).toMatchObject({ links: [], words: { caption: 'Plain.' } });
    expect(await ofSidecar('credit: Ann\n')).toMatchObject({ links: [], words: { credit: 'Ann' } });
  });

  test('has a caption that cannot name a story, because it does not know whether readers can see that story', async () =>
    expect(said(await ofSidecar('credit: Ann\ncaption: See [it](story:a).\n'))).toEqual([
      expect.stringMatching(/^2 caption/),
    ]));
});

describe('a page', () => {
  const ofPage = (text: string) => read('content/pages/about.md', text, (file) => readPage(index, file));

  test('has its front matter and its text, and the digest of its bytes', async () => {
    const one = await ofPage('---\nheadline: About\n---\n\nUs.\n');
    expect(one).toMatchObject({ data: { headline: 'About' }, source: { body: expect.stringContaining('Us.') } });
    const other = await ofPage('---\nheadline: About\n---\n\nWe.\n');
    expect('fileDigest' in one && one.fileDigest).not.toBe('fileDigest' in other && other.fileDigest);
  });

  test('with mistakes in the front matter, its text is passed on to be checked too', async () =>
    expect(await ofPage('---\nheadlin: About\n---\n\nUs.\n')).toMatchObject({
      problems: expect.any(Array),
      body: expect.stringContaining('Us.'),
      bodyLine: expect.any(Number),
    }));
});

test.each([
  ['content/story.md', 'content/stories/'],
  ['content/2025/a.mdx', 'content/stories/'],
  ['content/authors/old/ann.yaml', 'content/authors/ann.yaml'],
  ['content/fronts/old/home.yml', 'content/fronts/'],
  ['content/topic.yaml', 'Did you mean  content/topics.yaml ?'],
  ['content/sites.yaml', 'Did you mean  content/site.yaml ?'],
])('%s was probably meant to be in another folder', (file, hint) =>
  expect(misplacedFile(file)).toMatchObject({ rule: 'stray-file', file, hint: expect.stringContaining(hint) }),
);

test.each([
  'content/topics.yaml',
  'content/notes.txt',
  'content/completely-different.yaml',
  'content/pictures/a.jpg.yaml',
])('%s is where it belongs, or its name does not show what it is for', (file) =>
  expect(misplacedFile(file)).toBeUndefined(),
);
