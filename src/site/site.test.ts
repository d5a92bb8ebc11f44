import { describe, expect, test } from 'vitest';
import { absoluteHrefOf, baseOf, hrefOf, permalinkDefault, siteSchema } from './site.ts';

const site = { name: 'The Example Post', url: 'https://post.example' };
const isAllowed = (permalink: string) => siteSchema.safeParse({ ...site, permalink }).success;

describe('a permalink', () => {
  test.each([
    permalinkDefault,
    '/{slug}/',
    '/{yyyy}/{mm}/{dd}/{slug}/',
    '/{section}/{slug}/',
    '/news/{yyyy}-{mm}/{slug}/',
  ])('%s is accepted', (permalink) => expect(isAllowed(permalink)).toBe(true));

  test.each([
    '/{yyyy}/{mm}/',
    '{slug}/',
    '/{slug}',
    '/{slug}/{year}/',
    '//{slug}/',
    '/../{slug}/',
    '/{slug}/?p=1/',
    '/{slug',
  ])('%s is refused', (permalink) => expect(isAllowed(permalink)).toBe(false));
});

describe('the url of a site', () => {
  test.each(['https://post.example', 'http://localhost:8080', 'https://x.example/paper/'])('%s is accepted', (url) =>
    expect(siteSchema.safeParse({ ...site, url }).success).toBe(true),
  );
  test.each([
    'post.example',
    'ftp://post.example',
    'https://post.example/?a',
    'https://post.example/#a',
    'https://u@x.example',
  ])('%s is refused', (url) => expect(siteSchema.safeParse({ ...site, url }).success).toBe(false));

  test('gives every link its path', () => {
    const paper = { url: 'https://x.example/paper/' };
    expect(baseOf(paper)).toBe('/paper');
    expect(hrefOf(paper, '/2025/02/été/')).toBe('/paper/2025/02/%C3%A9t%C3%A9/');
    expect(absoluteHrefOf(paper, '/')).toBe('https://x.example/paper/');
    expect(hrefOf(site, '/world/')).toBe('/world/');
  });
});
