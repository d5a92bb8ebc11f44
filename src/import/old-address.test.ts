import { expect, test } from 'vitest';
import { addressKey, cleanAddress, readFileName, slugFor } from './old-address.ts';

test.each([
  ['/a/b', '/a/b/'],
  ['/a/b.html', '/a/b.html'],
  ['/v1.2.3', '/v1.2.3/'],
  ['/?p=3', '/?p=3'],
  ['/a/#x', '/a/'],
  ['https://old.example/a/', '/a/'],
  ['/caf%C3%A9/', '/café/'],
  ['/../../etc/passwd', '/etc/passwd/'],
  ['/a/%2e%2e/%2e%2e/b', '/b/'],
  ['//evil.example/x', undefined],
  ['https://evil.example/x', undefined],
  ['javascript:alert(1)', undefined],
  ['/a%00b', undefined],
])('%s as an alias is %s', (raw, expected) => expect(cleanAddress(raw, ['old.example'])).toBe(expected));

test('spellings of one address have one key', () => {
  expect(new Set(['/A/B/', '/a/b', '/a/b/index.html', '/a/b.html'].map(addressKey)).size).toBe(1);
});

test('file names of Jekyll and Hugo', () => {
  expect(readFileName('news/_posts/2015-03-04-harbour.md')).toMatchObject({
    slug: 'harbour',
    date: '2015-03-04',
    folders: ['news'],
  });
  expect(readFileName('blog/harbour/index.md')).toMatchObject({
    path: 'blog/harbour',
    slug: 'harbour',
    folders: ['blog'],
  });
});

test('a slug keeps within what disks take', () => {
  expect(slugFor('../../x')).toBe('x');
  expect(Buffer.byteLength(slugFor('ж'.repeat(400)))).toBeLessThanOrEqual(120);
  expect(slugFor(`${'word '.repeat(60)}`)).toMatch(/word$/);
});
