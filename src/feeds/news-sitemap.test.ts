import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { siteSchema } from '../site/site.ts';
import { newsLanguage, newsSitemapOf } from './news-sitemap.ts';

const site = siteSchema.parse({
  name: 'The Post & Co',
  url: 'https://x.example/paper/',
  language: 'en-IE',
  timeZone: 'Europe/Dublin',
});
const parse = (xml: string) => new XMLParser().parse(xml);

test('a story has the name and language of the paper, its date, and its headline', () => {
  const published = Date.UTC(2025, 6, 12, 18);
  const { urlset } = parse(
    newsSitemapOf(site, [
      { address: '/2025/07/größe/', headline: 'A < B\u0008 & ]]>', published },
      { address: '/2025/07/ga/', headline: 'Bád', published, publishedIsDay: true, language: 'ga-IE' },
    ]),
  );
  expect(urlset.url[0]).toEqual({
    loc: 'https://x.example/paper/2025/07/gr%C3%B6%C3%9Fe/',
    'news:news': {
      'news:publication': { 'news:name': 'The Post & Co', 'news:language': 'en' },
      'news:publication_date': '2025-07-12T19:00:00+01:00',
      'news:title': 'A < B & ]]>',
    },
  });
  expect(urlset.url[1]['news:news']).toMatchObject({
    'news:publication': { 'news:language': 'ga' },
    'news:publication_date': '2025-07-12',
  });
});

test('without a story, the list is empty and can still be read', () => {
  expect(parse(newsSitemapOf(site, []))).toMatchObject({ urlset: '' });
});

test.each([
  ['en-IE', 'en'],
  ['uk', 'uk'],
  ['haw', 'haw'],
  ['zh', 'zh-cn'],
  ['zh-TW', 'zh-tw'],
  ['zh-Hant-HK', 'zh-tw'],
])('the language %s is %s in a news sitemap', (tag, told) => expect(newsLanguage(tag)).toBe(told));
