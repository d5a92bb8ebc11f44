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

test('a live story has an update for each heading, with its time and its text', () => {
  const html = (...parts: string[]): StoryResult['body'] => parts.map((part) => ({ kind: 'html', html: part }));
  const live = { ...story, card: { ...story.card, type: 'live' as const }, corrections: [] };
  const body = html(
    '<p>Before.</p><h2 id="late">19:30 – The ferry &amp; the <em>pier</em></h2><p>It sails.</p><p>At last.</p>',
    '<h2 id="early">2025-07-11 9.05</h2><p>Fog.</p><h3 id="x">Below</h3><p>More fog.</p>',
    '<h2 id="bare">What we know</h2><p>Little.</p><h2 id="empty">19:00</h2>',
    '<h2 id="footnote-label">Footnotes</h2><ol><li>One</li></ol>',
  );
  const said = newsArticle(site, { ...live, body }) as { liveBlogUpdate?: object[] };
  const url = 'https://x.example/paper/2025/07/ferry/';
  expect(said.liveBlogUpdate).toEqual([
    {
      '@type': 'BlogPosting',
      headline: 'The ferry & the pier',
      datePublished: '2025-07-12T19:30:00+01:00',
      articleBody: 'It sails.\nAt last.',
      url: `${url}#late`,
    },
    {
      '@type': 'BlogPosting',
      headline: '2025-07-11 9.05',
      datePublished: '2025-07-11T09:05:00+01:00',
      articleBody: 'Fog.\nBelow\nMore fog.',
      url: `${url}#early`,
    },
    { '@type': 'BlogPosting', headline: 'What we know', articleBody: 'Little.', url: `${url}#bare` },
  ]);
  // On another day than the first, a time alone means no certain day.
  const updated = { ...live, body, card: { ...live.card, updated: Date.UTC(2025, 6, 14) } };
  const [first] = (newsArticle(site, updated) as unknown as { liveBlogUpdate: object[] }).liveBlogUpdate;
  expect(first).toMatchObject({ headline: '19:30 – The ferry & the pier' });
  expect(first).not.toHaveProperty('datePublished');
  expect(newsArticle(site, live)).not.toHaveProperty('liveBlogUpdate');
});
