import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import type { StoryResult } from '../queries/results.ts';
import type { FeedFormat, ListKey } from '../site/address.ts';
import { siteSchema } from '../site/site.ts';
import { feedArchiveOf, feedOf } from './feed.ts';
import { feedStyleOf } from './feed-style.ts';
import { identityOf } from './identity.ts';
import { itemOf, itemOfCard } from './item.ts';
import { completeLinks } from './plain/plain-html.ts';
import { sitemapOf } from './sitemap.ts';

const site = siteSchema.parse({
  name: 'The Example Post',
  url: 'https://x.example/paper/',
  sections: [{ id: 'world', title: 'World' }],
});

const story: StoryResult = {
  card: {
    id: 'ferry',
    address: '/2025/02/ferry/',
    headline: 'Ferry <em>sails</em> & returns',
    standfirst: 'At last',
    type: 'news',
    byline: [{ name: 'A & B' }, { name: 'C' }],
    published: Date.UTC(2025, 1, 12, 18),
    lead: {
      facts: {
        digest: 'a'.repeat(32),
        format: 'jpeg',
        widthPx: 2000,
        heightPx: 1000,
        hasAlpha: false,
        isAnimated: false,
        words: {},
      },
      alt: 'A "white" ferry',
      caption: 'It sails',
      credit: 'The Post',
    },
  },
  body: [
    { kind: 'html', html: '<p>See <a title="a > b" href="/paper/about/">us</a> and <a href="#fn-1">1</a>.</p>' },
    {
      kind: 'element',
      name: 'PullQuote',
      attributes: { by: 'A. Ferryman' },
      children: [{ kind: 'html', html: 'Ahoy' }],
    },
  ],
  words: 5,
  topics: [{ id: 'harbour', title: 'Harbour' }],
  related: [],
  corrections: [{ date: 0, type: 'correction', text: 'It was <noon>', prominent: true }],
  translations: [],
};

const parse = (xml: string) => new XMLParser({ ignoreAttributes: false, trimValues: true }).parse(xml);

const feed = (stories: StoryResult[], format: FeedFormat = 'xml', list: ListKey = 'site'): string =>
  feedOf(site, { list, format, items: stories.map((one) => itemOf(site, one)) });
const rssItem = (one: StoryResult) => parse(feed([one])).rss.channel.item;
const atomEntry = (one: StoryResult) => parse(feed([one], 'atom')).feed.entry;
const jsonItem = (one: StoryResult) => JSON.parse(feed([one], 'json')).items[0];
const withCard = (card: Partial<StoryResult['card']>): StoryResult => ({ ...story, card: { ...story.card, ...card } });

test('a feed contains the whole story, with complete addresses', () => {
  const xml = feed([story]);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { item } = parse(xml).rss.channel;
  expect(item.title).toBe('Ferry <em>sails</em> & returns');
  expect(item.link).toBe('https://x.example/paper/2025/02/ferry/');
  expect(item['dc:creator']).toEqual(['A & B', 'C']);
  const html = item['content:encoded'];
  expect(html).toContain('href="https://x.example/paper/about/"');
  expect(html).toContain('href="https://x.example/paper/2025/02/ferry/#fn-1"');
  expect(html).toMatch(/<img src="https:\/\/x\.example\/paper\/assets\/pictures\/\w+-1104\.jpg"/);
  expect(html).toContain('alt="A &quot;white&quot; ferry"');
  expect(html).toContain('<b>Correction:</b> It was &lt;noon&gt;');
  expect(html).toContain(
    '<figure class="pull-quote"><blockquote><p>Ahoy</p></blockquote><figcaption>A. Ferryman</figcaption></figure>',
  );
  expect(atomEntry(story).content['#text']).toBe(html);
  expect(jsonItem(story).content_html).toBe(html);
});

test('no date in a feed comes from the clock', () => {
  const dates = [...feed([story]).matchAll(/<(?:lastBuildDate|pubDate|atom:updated)>([^<]*)/g)].map(([, date]) => date);
  expect(dates).toEqual(['Wed, 12 Feb 2025 18:00:00 GMT', 'Wed, 12 Feb 2025 18:00:00 GMT', '2025-02-12T18:00:00Z']);
});

test('a day without a time is that day in every format, in the time zone of the site', () => {
  const dublin = { ...site, timeZone: 'Europe/Berlin' };
  const [day, later] = [Date.UTC(2025, 1, 11, 23), Date.UTC(2025, 1, 13, 8)];
  const one = withCard({ published: day, publishedIsDay: true, updated: later });
  const print = (format: FeedFormat) => feedOf(dublin, { list: 'site', format, items: [itemOf(dublin, one)] });
  expect(print('xml')).toContain('<pubDate>Wed, 12 Feb 2025 00:00:00 +0100</pubDate>');
  expect(print('xml')).toContain('<atom:updated>2025-02-13T08:00:00Z</atom:updated>');
  expect(print('atom')).toContain('<published>2025-02-12T00:00:00+01:00</published>');
  expect(JSON.parse(print('json')).items[0]).toMatchObject({
    date_published: '2025-02-12T00:00:00+01:00',
    date_modified: '2025-02-13T08:00:00Z',
  });
});

describe('the identity of a story', () => {
  test('is its path under content/stories, or its id, whatever its address is', () => {
    for (const [card, id] of [
      [{ id: '2025/02/größe' }, '2025/02/gr%C3%B6%C3%9Fe'],
      [{ id: '2025/02/ferry', name: 'ferry-42', address: '/elsewhere/' }, 'ferry-42'],
    ] as const) {
      const guid = `tag:x.example,2026:${id}`;
      expect(rssItem(withCard(card)).guid).toEqual({ '#text': guid, '@_isPermaLink': 'false' });
      expect(atomEntry(withCard(card)).id).toBe(guid);
      expect(jsonItem(withCard(card)).id).toBe(guid);
    }
  });

  test('does not depend on the url once site.yaml has `feedIdentity`', () => {
    const moved = { ...site, url: 'https://new.example/', feedIdentity: 'old.example,2019-05' };
    expect(identityOf(moved, 'a')).toBe('tag:old.example,2019-05:a');
    expect(identityOf({ ...moved, feedIdentity: undefined }, 'a')).toBe('tag:new.example,2026:a');
  });

  test.each([
    'post.example',
    'post.example,26',
    'https://post.example,2026',
    'post.example,2026-13',
    'a b,2026',
    ',2026',
  ])('%s cannot begin one', (feedIdentity) =>
    expect(siteSchema.safeParse({ name: 'P', url: 'https://x.example', feedIdentity }).success).toBe(false),
  );
});

const odd = 'Odd \u0008 sign ]]> <b> & \u{1F6A2}\uFFFE';
const clean = 'Odd  sign ]]> <b> & \u{1F6A2}';

test.each<[FeedFormat, (one: StoryResult) => unknown]>([
  ['xml', (one) => rssItem(one).title],
  ['atom', (one) => atomEntry(one).title['#text']],
  ['json', (one) => jsonItem(one).title],
])('a title with a control character and ]]> does not break a feed (%s)', (format, titleOf) => {
  const one = withCard({ headline: odd, standfirst: odd, byline: [{ name: odd }] });
  if (format !== 'json') expect(XMLValidator.validate(feed([one], format))).toBe(true);
  expect(titleOf(one)).toBe(clean);
});

test('a description is HTML, and a summary in Atom and JSON is plain text', () => {
  const one = withCard({ standfirst: 'the <canvas> tag & AT&T' });
  expect(rssItem(one).description).toBe('the &lt;canvas&gt; tag &amp; AT&amp;T');
  expect(atomEntry(one).summary).toEqual({ '#text': 'the <canvas> tag & AT&T', '@_type': 'text' });
  expect(jsonItem(one).summary).toBe('the <canvas> tag & AT&T');
});

test('a picture has its credit, caption, and alt text, and a thumbnail', () => {
  const { 'media:content': media } = rssItem(story);
  expect(media).toMatchObject({
    '@_medium': 'image',
    '@_type': 'image/jpeg',
    'media:credit': 'The Post',
    'media:description': { '#text': 'It sails', '@_type': 'plain' },
    'media:text': { '#text': 'A "white" ferry', '@_type': 'plain' },
  });
  expect(Number(media['media:thumbnail']['@_width'])).toBeLessThan(Number(media['@_width']));
  expect(atomEntry(story)['media:content']).toEqual(media);
  expect(jsonItem(story).image).toBe(media['@_url']);
});

test('recordings are enclosures, and other documents are not', () => {
  const one = {
    ...story,
    documents: [
      { address: '/2025/02/ferry/harbour talk.mp3', bytes: 1234 },
      { address: '/2025/02/ferry/report.pdf', bytes: 5 },
    ],
  };
  const url = 'https://x.example/paper/2025/02/ferry/harbour%20talk.mp3';
  expect(rssItem(one).enclosure).toEqual({ '@_url': url, '@_length': '1234', '@_type': 'audio/mpeg' });
  expect(atomEntry(one).link[1]).toEqual({
    '@_href': url,
    '@_rel': 'enclosure',
    '@_type': 'audio/mpeg',
    '@_length': '1234',
  });
  expect(jsonItem(one).attachments).toEqual([{ url, mime_type: 'audio/mpeg', size_in_bytes: 1234 }]);
});

test('categories are the section and the topics, and authors have the address of their page', () => {
  const one = withCard({ section: 'world', byline: [{ name: 'Ann', author: 'ann' }, { name: 'C' }] });
  expect(rssItem(one).category).toEqual(['World', 'Harbour']);
  expect(jsonItem(one).tags).toEqual(['World', 'Harbour']);
  expect(jsonItem(one).authors).toEqual([{ name: 'Ann', url: 'https://x.example/paper/authors/ann/' }, { name: 'C' }]);
  expect(atomEntry(one).author[0].uri).toBe('https://x.example/paper/authors/ann/');
});

test('a story in another language is marked as such', () => {
  const one = withCard({ language: 'ar' });
  expect(rssItem(one)['dc:language']).toBe('ar');
  expect(atomEntry(one)['@_xml:lang']).toBe('ar');
  expect(jsonItem(one)).toMatchObject({
    language: 'ar',
    content_html: expect.stringMatching(/^<div lang="ar" dir="rtl">/),
  });
});

test('without a text, a feed has the summary; without pictures, it has none', () => {
  const print = (extent: Parameters<typeof itemOf>[2]) =>
    JSON.parse(feedOf(site, { list: 'site', format: 'json', items: [itemOf(site, story, extent)] })).items[0];
  const short = print({ hasText: false, hasPictures: true });
  expect([short.content_html, short.content_text, typeof short.image]).toEqual([undefined, 'At last', 'string']);
  const words = print({ hasText: true, hasPictures: false });
  expect([words.content_html.includes('<img'), words.image]).toEqual([false, undefined]);
});

test.each<FeedFormat>(['xml', 'atom', 'json'])('a feed without stories is valid (%s)', (format) => {
  const text = feed([], format, 'section/world');
  if (format === 'json') expect(JSON.parse(text).items).toEqual([]);
  else expect(XMLValidator.validate(text)).toBe(true);
});

test('an archive document says so, and names the feed and its neighbours', () => {
  const xml = feedArchiveOf(site, {
    list: 'site',
    items: [itemOfCard(site, story.card)],
    place: { period: '2025-02', part: 2 },
    older: { period: '2025-02', part: 1 },
    newer: { period: '2025-03', part: 1 },
  });
  expect(XMLValidator.validate(xml)).toBe(true);
  const { feed: document } = parse(xml);
  expect(document).toHaveProperty('fh:archive');
  expect(
    Object.fromEntries(document.link.map((link: Record<string, string>) => [link['@_rel'], link['@_href']])),
  ).toEqual({
    self: 'https://x.example/paper/2025/02/part-2/feed.atom',
    alternate: 'https://x.example/paper/',
    current: 'https://x.example/paper/feed.atom',
    'prev-archive': 'https://x.example/paper/2025/02/feed.atom',
    'next-archive': 'https://x.example/paper/2025/03/feed.atom',
  });
  expect(document.id).toBe(parse(feed([], 'atom')).feed.id);
  expect(document.entry.id).toBe(atomEntry(story).id);
});

test('the style sheet of feeds contains the words of the language as one string', () => {
  expect(feedStyleOf({ language: 'en' })).toContain('content: "This is a news feed.');
  expect(feedStyleOf({ language: 'ar' })).toContain('direction: rtl');
});

test('text or an attribute that looks like an address stays as it is', () => {
  const html = '<p title="see href=&quot;/x&quot;">href="/y" <a href="https://z.example/">z</a></p>';
  expect(completeLinks(html, 'https://x.example', 'https://x.example/p/')).toBe(html);
});

test('an address without a scheme gets that of the site', () => {
  const html = '<a href="//z.example/a">z</a><img src="//z.example/b">';
  expect(completeLinks(html, 'https://x.example', 'https://x.example/p/')).toBe(
    '<a href="https://z.example/a">z</a><img src="https://z.example/b">',
  );
  expect(completeLinks(html, 'http://x.example', 'http://x.example/p/')).toContain('href="http://z.example/a"');
});

test('a correction is an update of its story in every format', () => {
  const date = Date.UTC(2025, 2, 1);
  const one: StoryResult = {
    ...story,
    corrections: [{ date, isDay: true, type: 'correction', text: 'It was noon', prominent: false }],
  };
  expect(atomEntry(one).updated).toMatch(/^2025-03-01T00:00:00/);
  expect(rssItem(one)['atom:updated']).toMatch(/^2025-03-01T00:00:00/);
  expect(jsonItem(one).date_modified).toMatch(/^2025-03-01T00:00:00/);
  // A later update counts instead.
  const later = { ...one, card: { ...one.card, updated: date + 1000 * 60 * 60 * 24 } };
  expect(atomEntry(later).updated).toMatch(/^2025-03-02/);
  expect(jsonItem(story).date_modified).toBe('2025-02-12T18:00:00Z');
});

test.each([
  ['paid', 'Paid for by Bank'],
  ['partner', 'In partnership with Bank'],
] as const)('without its text, a story says who paid for it (%s)', (kind, said) => {
  const sponsor = { name: 'Bank', kind };
  const short = (one: StoryResult) =>
    JSON.parse(
      feedOf(site, {
        list: 'site',
        format: 'json',
        items: [itemOf(site, one, { hasText: false, hasPictures: false })],
      }),
    ).items[0].content_text;
  expect(short(withCard({ sponsor }))).toBe(`${said} · At last`);
  expect(short(withCard({ sponsor, standfirst: undefined as never }))).toBe(said);
  expect(short({ ...withCard({ sponsor }), summary: 'In short' })).toBe(`${said} · In short`);
  expect(itemOfCard(site, withCard({ sponsor }).card).summary).toBe(`${said} · At last`);
  expect(itemOfCard(site, story.card).summary).toBe('At last');
});

test('no feed has the identity of a story, wherever that is', () => {
  const feedId = parse(feed([], 'atom')).feed.id;
  expect(feedId).toBe('tag:x.example,2026:feed:site');
  for (const id of ['feeds/site', 'feed/site', 'feed:site', 'site'])
    expect(atomEntry(withCard({ id })).id, id).not.toBe(feedId);
});

test('a sitemap names every address, encoded, and its parts if it is long', () => {
  const urls = sitemapOf(site, {
    kind: 'urls',
    urls: [{ address: '/2025/02/größe/', lastmod: Date.UTC(2025, 1, 12) }],
  });
  expect(parse(urls).urlset.url).toEqual({
    loc: 'https://x.example/paper/2025/02/gr%C3%B6%C3%9Fe/',
    lastmod: '2025-02-12T00:00:00Z',
  });
  const parts = sitemapOf(site, { kind: 'parts', parts: [{ address: '/sitemap-pages.xml' }] });
  expect(parse(parts).sitemapindex.sitemap.loc).toBe('https://x.example/paper/sitemap-pages.xml');
});

test('a sitemap names the picture of a story', () => {
  const { urlset } = parse(
    sitemapOf(site, { kind: 'urls', urls: [{ address: '/a/', picture: '/assets/pictures/x-1280.jpg' }] }),
  );
  expect(urlset.url['image:image']).toEqual({ 'image:loc': 'https://x.example/paper/assets/pictures/x-1280.jpg' });
});
