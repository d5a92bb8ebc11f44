import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { readFields } from './fields.ts';
import { bylineOf } from './people.ts';
import { FieldLog } from './receipt.ts';

const site = siteSchema.parse({
  name: 'Post',
  url: 'https://post.example',
  timeZone: 'Europe/Dublin',
  sections: [
    { id: 'world', title: 'World' },
    { id: 'arts', title: 'Arts & Books' },
  ],
});

function fieldsOf(data: Record<string, unknown>) {
  const log = new FieldLog();
  const fields = readFields(new Map(Object.entries(data)), { site, originHosts: ['old.example'], log });
  return { fields, lines: log.lines(), of: (key: string) => log.lines().find(({ from }) => from === key) };
}

test('Jekyll: layout goes, published: false is a draft, tags with spaces are several', () => {
  const { fields, of } = fieldsOf({
    layout: 'post',
    title: 'A',
    published: false,
    tags: 'one two',
    categories: 'world',
    last_modified_at: '2015-01-03',
    date: '2015-01-02 10:00:00 +0100',
  });
  expect(fields).toMatchObject({
    headline: 'A',
    draft: 'published: false',
    topics: ['one', 'two'],
    section: 'world',
    updated: { text: '2015-01-03' },
    published: { text: '2015-01-02T10:00:00+01:00' },
  });
  expect(of('layout')).toMatchObject({ how: 'dropped', count: 1, samples: ['post'] });
});

test('Hugo: description, lastmod, params, the zero date', () => {
  const { fields, of } = fieldsOf({
    title: 'A',
    description: 'Says <em>it</em>.',
    summary: 'Longer.',
    lastmod: '0001-01-01T00:00:00Z',
    params: { author: 'B' },
    aliases: ['/old/'],
    draft: false,
  });
  expect(fields).toMatchObject({
    standfirst: 'Says it.',
    summary: 'Longer.',
    byline: [{ name: 'B' }],
    addresses: ['/old/'],
  });
  expect(of('lastmod')).toMatchObject({ how: 'dropped', reason: 'not a date that exists' });
});

test('Eleventy: the tag that makes its list is no topic', () => {
  expect(fieldsOf({ tags: ['posts', 'Sea', 'sea', 'Boats'] }).fields.topics).toEqual(['Sea', 'Boats']);
});

test('Astro: pubDate, updatedDate, heroImage with its alt', () => {
  const { fields } = fieldsOf({
    pubDate: 'Jul 08 2022',
    updatedDate: 'Jul 09 2022',
    heroImage: '../x.png',
    heroAlt: 'A boat',
  });
  expect(fields).toMatchObject({
    published: { text: '2022-07-08' },
    updated: { text: '2022-07-09' },
    cover: { src: '../x.png', alt: 'A boat' },
  });
});

test('a category that is the id or the title of a section becomes it, others become topics', () => {
  expect(fieldsOf({ categories: ['Boats', 'arts & books', 'World'] }).fields).toMatchObject({
    section: 'arts',
    topics: ['Boats', 'World'],
  });
});

test('updated before published goes, with a line in the receipt', () => {
  const { fields, of } = fieldsOf({ date: '2015-01-02', updated: '2015-01-01' });
  expect(fields.updated).toBeUndefined();
  expect(of('updated')).toMatchObject({ how: 'dropped', reason: 'before published' });
});

test('a canonical address elsewhere is the source; on the old site it is an old address', () => {
  expect(fieldsOf({ canonical: 'https://www.agency.example/x' }).fields.source).toEqual({
    name: 'agency.example',
    url: 'https://www.agency.example/x',
  });
  expect(fieldsOf({ canonical_url: 'https://old.example/x' }).fields.addresses).toEqual(['https://old.example/x']);
});

test.each([
  ['Ann Lee', ['Ann Lee']],
  ['Ann Lee & Bo Ek', ['Ann Lee', 'Bo Ek']],
  ['Ann Lee, Bo Ek and Cy Fu', ['Ann Lee', 'Bo Ek', 'Cy Fu']],
  ['Smith, John', ['Smith, John']],
  ['John Doe, Jr.', ['John Doe, Jr.']],
  ['Ann Lee <ann@x.example>', ['Ann Lee']],
  [
    ['Ann Lee', { name: 'Bo Ek' }],
    ['Ann Lee', 'Bo Ek'],
  ],
  [{ name: 'Ann', jobTitle: 'Editor', company: 'Post' }, ['Ann']],
])('the byline of %j', (value, names) => expect(bylineOf(value).map(({ name }) => name)).toEqual(names));

test('every key is counted once, and hostile keys are only keys', () => {
  const data = {
    title: 'A',
    name: 'x',
    __proto: 1,
    constructor: 'c',
    image: true,
    alt: 'x',
    date: 'never',
    tags: [],
    author: [null, {}],
  };
  const { lines } = fieldsOf(data);
  expect(lines.reduce((sum, { count }) => sum + count, 0)).toBe(Object.keys(data).length);
});
