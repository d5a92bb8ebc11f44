import { describe, expect, test } from 'vitest';
import { addressMistake, faultOfAddress, isSitePath, isWebAddress, meantAddress } from './link-address.ts';

const page = 'https://post.example/2025/02/story/';

describe('an address that is safe for readers', () => {
  test.each([
    '/',
    '/about/',
    '/a b'.replace(' ', '%20'),
    '/über/straße/',
    '/search/?q=a\\b',
    '/x:y/',
    '#top',
    'https://example.org',
    'http://example.org:8080/a?b=c#d',
    'HTTPS://Example.org/',
    'https://münchen.example/straße',
    'https://xn--mnchen-3ya.example/',
    'https://[::1]:8080/',
    'https://192.0.2.1/',
    'https://example.org/@handle',
    'mailto:jo@example.org?subject=A%20tip',
    'tel:+353-91-123456',
    'sms:+35391123456',
  ])('%s', (written) => {
    expect(addressMistake(written)).toBeUndefined();
  });
});

describe('an address that is not safe for readers', () => {
  test.each([
    ['/\\evil.example', 'backslash'],
    ['\\\\evil.example', 'backslash'],
    ['\\/evil.example', 'backslash'],
    ['/a\\b', 'backslash'],
    ['https:\\\\evil.example', 'backslash'],
    ['//evil.example/', 'no-scheme'],
    ['///evil.example/', 'no-scheme'],
    ['/\t/evil.example', 'characters'],
    ['/\n/evil.example', 'characters'],
    ['/\r\\evil.example', 'characters'],
    ['java\tscript:alert(1)', 'characters'],
    ['\u0001javascript:alert(1)', 'characters'],
    ['/a b/', 'characters'],
    ['/\u0085/', 'characters'],
    ['/\ud83d/', 'characters'],
    ['https://a b.example/', 'characters'],
    ['javascript:alert(1)', 'scheme'],
    ['JaVaScRiPt:alert(1)', 'scheme'],
    ['data:text/html,<script>', 'scheme'],
    ['vbscript:x', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['blob:https://a.example/x', 'scheme'],
    ['ftp://example.org/', 'scheme'],
    ['story:2025/02/x', 'scheme'],
    ['java%0ascript:alert(1)', 'neither'],
    ['https://[', 'broken'],
    ['https://', 'broken'],
    ['https://[::1', 'broken'],
    ['https://a.example:99999/', 'broken'],
    ['https://exa%mple.org/', 'broken'],
    ['https:/evil.example', 'broken'],
    ['https:evil.example', 'broken'],
    ['https:///evil.example', 'broken'],
    ['mailto:', 'broken'],
    ['https://bank.example@evil.example/', 'password'],
    ['https://jo:secret@example.org/', 'password'],
    ['www.example.org', 'neither'],
    ['jo@example.org', 'neither'],
    ['about/', 'neither'],
    ['./about/', 'neither'],
    ['', 'neither'],
  ])('%j: %s', (written, fault) => {
    expect(faultOfAddress(written)).toBe(fault);
  });
});

test('an accepted path of this site never leads elsewhere, whatever host it is appended to', () => {
  const signs = [
    '/',
    '\\',
    '\t',
    '\n',
    '\r',
    ' ',
    '\0',
    '.',
    '%09',
    '%5c',
    '@',
    ':',
    ';',
    '?',
    '#',
    '\u2028',
    '\ufeff',
    '／',
  ];
  let passed = 0;
  for (const one of signs)
    for (const two of signs)
      for (const three of signs) {
        const written = `/${one}${two}${three}evil.example`;
        if (!isSitePath(written)) continue;
        passed++;
        expect([written, new URL(written, page).origin]).toEqual([written, 'https://post.example']);
      }
  expect(passed).toBeGreaterThan(500);
});

test('an address that is accepted as complete is complete for a browser', () => {
  for (const start of ['http:', 'https:', 'HTTPS:', ' https:', 'https :', 'ht\ttps:'])
    for (const slashes of ['', '/', '//', '///', '\\\\', '/\\'])
      for (const rest of ['example.org/', '[', '[::1]/', 'a:b@example.org/', '']) {
        const written = start + slashes + rest;
        if (isWebAddress(written)) expect(new URL(written).host).toMatch(/^(?:example\.org|\[::1\])$/);
      }
});

test('the message for a host without a scheme, or an email address, says what was meant; a file is not mistaken for one', () => {
  expect(meantAddress('www.example.org')).toBe('https://www.example.org');
  expect(meantAddress('example.org/news?id=1')).toBe('https://example.org/news?id=1');
  expect(meantAddress('//example.org/')).toBe('https://example.org/');
  expect(meantAddress('bücher.example')).toBe('https://bücher.example');
  for (const written of ['https//example.org/a', 'https:/example.org/a', 'https:example.org/a', 'ttps://example.org/a'])
    expect([written, meantAddress(written)]).toEqual([written, 'https://example.org/a']);
  expect(meantAddress('http:///example.org')).toBe('http://example.org');
  expect(meantAddress('jo@example.org')).toBe('mailto:jo@example.org');
  for (const file of ['report.pdf', 'index.html', 'photo.jpg', 'about/', '../x/', 'notes', 'v1.2', 'a b.example'])
    expect([file, meantAddress(file)]).toEqual([file, undefined]);
  expect(addressMistake('www.example.org')?.hint).toBe('Did you mean  https://www.example.org ?');
});
