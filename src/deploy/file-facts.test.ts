import { expect, test } from 'vitest';
import { cacheControlOf, typeOf } from './file-facts.ts';

test.each([
  ['index.html', 'text/html; charset=utf-8'],
  ['world/feed.xml', 'application/rss+xml; charset=utf-8'],
  ['sitemap.xml', expect.stringMatching(/^(?:application|text)\/xml; charset=utf-8$/)],
  ['assets/site.1a2b3c4d.css', 'text/css; charset=utf-8'],
  ['assets/pictures/a.avif', 'image/avif'],
  ['assets/a.woff2', 'font/woff2'],
  ['site.webmanifest', expect.stringMatching(/^application\/manifest\+json/)],
  ['logo.svg', 'image/svg+xml; charset=utf-8'],
  ['report.pdf', 'application/pdf'],
  ['DATA.CSV', 'text/csv; charset=utf-8'],
  ['_headers', 'text/plain; charset=utf-8'],
  ['.well-known/acme', 'text/plain; charset=utf-8'],
  ['html', 'text/plain; charset=utf-8'],
  ['a.unknown', 'application/octet-stream'],
])('%s is sent as its type', (path, type) => expect(typeOf(path)).toEqual(type));

test.each([
  ['assets/pictures/1a2b-640.jpg', true],
  ['assets/site.1a2b3c4d.css', true],
  ['pagefind/2025/en/fragment/en_1a2b3c4.pf_fragment', true],
  ['pagefind/2025/en/index/en_1a2b3c4.pf_index', true],
  ['pagefind/2025/en/pagefind.en_1a2b3c4d5e.pf_meta', true],
  ['pagefind/2025/en/pagefind-entry.json', false],
  ['pagefind/2025/index.json', false],
  ['pagefind/pagefind.js', false],
  ['pagefind/wasm.en.pagefind', false],
  ['assets/own.css', false],
  ['assets/fonts/own.1a2b3c4d.woff2', false],
  ['index.html', false],
])('browsers keep %s: %s', (path, isKept) => expect(/immutable/.test(cacheControlOf(path))).toBe(isKept));
