import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import type { StoryResult } from '../queries/results.ts';
import { siteSchema } from '../site/site.ts';
import { feedOf } from './feed.ts';
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

const parse = (xml: string) => new XMLParser({ ignoreAttributes: false }).parse(xml);

test('a feed contains the whole story, with complete addresses', async () => {
  const xml = await feedOf(site, [story]);
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
});

test('no date in a feed comes from the clock', async () => {
  const dates = [...(await feedOf(site, [story])).matchAll(/<(?:lastBuildDate|pubDate)>([^<]*)/g)].map(
    ([, date]) => date,
  );
  expect(dates).toEqual(['Wed, 12 Feb 2025 18:00:00 GMT', 'Wed, 12 Feb 2025 18:00:00 GMT']);
});

test('a control character that XML cannot contain does not break the feed', async () => {
  const odd = { ...story, card: { ...story.card, headline: 'Odd \u0008 sign' } };
  expect(await feedOf(site, [odd])).toContain('<title>Odd  sign</title>');
});

test('a feed without stories is valid', async () => {
  expect(XMLValidator.validate(await feedOf(site, [], 'world'))).toBe(true);
});

test('text or an attribute that looks like an address stays as it is', () => {
  const html = '<p title="see href=&quot;/x&quot;">href="/y" <a href="//z.example/">z</a></p>';
  expect(completeLinks(html, 'https://x.example', 'https://x.example/p/')).toBe(html);
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
