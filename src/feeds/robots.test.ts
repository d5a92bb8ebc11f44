import { expect, test } from 'vitest';
import { aiCrawlers } from '../site/ai-crawlers.ts';
import { crawlersSchema } from '../site/crawlers.ts';
import { refusedBy, robotsOf } from './robots.ts';

const url = 'https://x.example/paper/';

test('robots.txt allows everything and names both sitemaps', () => {
  expect(robotsOf({ url })).toBe(
    'User-agent: *\nAllow: /\n\nSitemap: https://x.example/paper/sitemap.xml\nSitemap: https://x.example/paper/news-sitemap.xml\n',
  );
});

test('a newsroom refuses crawlers by what they are for, or by name', () => {
  const crawlers = crawlersSchema.parse({ training: 'refuse', allow: ['ccbot'], refuse: ['NewBot'] });
  const text = robotsOf({ url }, crawlers);
  const [group = ''] = text.split('\n\n');
  expect(group).toContain('User-agent: GPTBot\n');
  expect(group).toContain('User-agent: NewBot\nDisallow: /');
  expect(group).not.toContain('CCBot');
  expect(group).not.toContain('OAI-SearchBot');
  // Everyone else still reads everything.
  expect(text).toContain('\n\nUser-agent: *\nAllow: /\n');
});

test('nobody is refused by default, and search engines never', () => {
  expect(refusedBy(crawlersSchema.parse({}))).toEqual([]);
  const all = refusedBy(crawlersSchema.parse({ training: 'refuse', answers: 'refuse' }));
  expect(all).toEqual([...aiCrawlers.training, ...aiCrawlers.answers]);
  for (const engine of ['Googlebot', 'Googlebot-News', 'Bingbot', 'Applebot', 'DuckDuckBot', 'facebookexternalhit'])
    expect(all.map((name) => name.toLowerCase())).not.toContain(engine.toLowerCase());
});

test('every name is one that robots.txt can contain, and is in the list once', () => {
  const names = Object.values(aiCrawlers).flat();
  for (const name of names) expect(name).toMatch(/^[A-Za-z_-][A-Za-z0-9_-]*$/);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
});

test.each(['Bad Bot', 'x\nAllow: /', '*', ''])('a name that robots.txt cannot contain is refused: %j', (name) => {
  expect(crawlersSchema.safeParse({ refuse: [name] }).success).toBe(false);
});
