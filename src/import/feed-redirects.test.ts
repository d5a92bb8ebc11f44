import { expect, test } from 'vitest';
import { redirectsSchema } from '../site/hosting.ts';
import { feedRedirectsOf } from './feed-redirects.ts';

const site = { sections: [{ id: 'world', title: 'World' }] };

test('the feeds of WordPress and Ghost have a successor, those of files have none', () => {
  expect(feedRedirectsOf('wordpress', site)).toEqual({
    '/feed/': '/feed.xml',
    '/feed/atom/': '/feed.atom',
    '/category/world/feed/': '/world/feed.xml',
  });
  expect(feedRedirectsOf('ghost', site)).toEqual({ '/rss/': '/feed.xml', '/tag/world/rss/': '/world/feed.xml' });
  expect(feedRedirectsOf('markdown', site)).toEqual({});
});

test('site.yaml accepts what is proposed', () => {
  const both = { ...feedRedirectsOf('wordpress', site), ...feedRedirectsOf('ghost', site) };
  expect(redirectsSchema.safeParse(both).success).toBe(true);
});
