import { expect, test } from 'vitest';
import type { StoryResult } from '../../queries/results.ts';
import { siteSchema } from '../../site/site.ts';
import { newsArticle } from './newsArticle.ts';

const site = siteSchema.parse({
  name: 'The Example Post',
  url: 'https://x.example/paper/',
  language: 'en-IE',
  timeZone: 'Europe/Dublin',
  publisher: { name: 'Post Ltd', logo: '/logo.png' },
  sections: [{ id: 'world', title: 'World' }],
});
const story: StoryResult = {
  card: {
    id: 'ferry',
    address: '/2025/07/ferry/',
    headline: 'Ferry sails',
    section: 'world',
    type: 'news',
    byline: [{ name: 'Ann', author: 'ann' }, { name: 'Staff reporter' }],
    published: Date.UTC(2025, 6, 12, 18),
  },
  body: [],
  words: 5,
  topics: [],
  related: [],
  corrections: [{ date: Date.UTC(2025, 6, 13), type: 'correction', text: 'Noon, not one', prominent: false }],
  translations: [],
};

test('a story has its author, its time with the offset, and its place, in complete addresses', () => {
  expect(newsArticle(site, story)).toMatchObject({
    '@type': 'NewsArticle',
    headline: 'Ferry sails',
    mainEntityOfPage: 'https://x.example/paper/2025/07/ferry/',
    datePublished: '2025-07-12T19:00:00+01:00',
    dateModified: '2025-07-13T01:00:00+01:00',
    author: [{ name: 'Ann', url: 'https://x.example/paper/authors/ann/' }, { name: 'Staff reporter' }],
    publisher: { name: 'Post Ltd', logo: 'https://x.example/paper/logo.png' },
    articleSection: 'World',
    correction: [{ '@type': 'CorrectionComment', text: 'Noon, not one' }],
  });
});

test('nothing is claimed that a story does not have', () => {
  const said = JSON.parse(JSON.stringify(newsArticle(site, story)));
  expect(Object.keys(said)).not.toEqual(expect.arrayContaining(['image']));
  expect(said.author[1]).toEqual({ '@type': 'Person', name: 'Staff reporter' });
});
