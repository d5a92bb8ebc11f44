import { describe, expect, test } from 'vitest';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { hostKinds, hostMistake } from '../site/allow.ts';
import { openNewsroom, problemsOf } from './ingested.fixture.ts';

const newsroom = (allow: string) =>
  openNewsroom({
    'content/site.yaml': `${siteYaml}allow:\n${allow}`,
    'content/stories/2025/02/a.md': story(),
    'content/pages/contact.md': '---\nheadline: Contact\n---\n\nUs.\n',
  });

async function problems(allow: string) {
  const room = newsroom(allow);
  const found = await problemsOf(() => room.ingest());
  room.close();
  return found.map(({ file, line, rule, message, hint }) => `${file}:${line} ${rule} ${message} ${hint ?? ''}`.trim());
}

describe('a host that cannot be allowed is an error with what to write', () => {
  test.each([
    ['*', 'Name each host'],
    ['*.stats.example', 'Name each host, such as  www.stats.example .'],
    ['https://*.stats.example', 'www.stats.example'],
    ['stats.*', 'Name each host'],
    ['http://stats.example', 'Write  stats.example . The host must support https.'],
    ['ftp://stats.example', 'Write  stats.example .'],
    ['data:', 'Write the name of a host'],
    ['https:', 'Write only the host'],
    ['stats.example/js/script.js', 'Write  stats.example .'],
    ['https://stats.example/js/', 'Write  stats.example .'],
    ['stats.example?x', 'Write  stats.example .'],
    ['stats.example; script-src x', 'Write only the host'],
    ['a b', 'Write only the host'],
    ["'unsafe-inline'", 'Write only the host'],
    ["'self'", 'Write only the host'],
    ['', 'Write only the host'],
    ['stats..example', 'Write only the host'],
    ['-stats.example', 'Write only the host'],
    ['jo@stats.example', 'Write only the host'],
    ['stats.example:port', 'Write only the host'],
    ['//stats.example', 'Write only the host'],
  ])('%s', (written, hint) => {
    for (const kind of hostKinds) expect(hostMistake(written, kind)?.hint ?? 'none').toContain(hint);
  });

  test.each([
    'stats.example',
    ' stats.example ',
    'https://stats.example',
    'https://stats.example/',
    'stats.example:8443',
    'localhost',
    'münchen.example',
    'XN--mnchen-3ya.example',
    '[::1]:8080',
  ])('canary: %s is a host', (written) => {
    for (const kind of hostKinds) expect(hostMistake(written, kind)).toBeUndefined();
  });

  test('a web socket is a connection, and nothing else', () => {
    expect(hostMistake('wss://live.example', 'connect')).toBeUndefined();
    expect(hostMistake('wss://live.example', 'script')?.hint).toBe('Write  live.example .');
    expect(hostMistake('ws://live.example', 'connect')?.hint).toBe('Write  wss://live.example .');
  });
});

test('each mistake is at its line', async () => {
  expect(
    await problems(
      [
        '  script:',
        '    - stats.example',
        '    - "*.stats.example"',
        '  frame:',
        '    - host: maps.example/embed',
        '      on: [story]',
        '    - host: video.example',
        '      on: [storys]',
        '  img: [A.example, "https://a.example/"]',
        '  font:',
        '    - { host: type.example, on: [front] }',
        '    - { host: type.example, on: [story] }',
        '',
      ].join('\n'),
    ),
  ).toEqual([
    'content/site.yaml:12 allow-host "*.stats.example" cannot be allowed. A host with * would let every server of that domain into your pages. Name each host, such as  www.stats.example .',
    'content/site.yaml:14 allow-host "maps.example/embed" cannot be allowed. A host has no path. Write  maps.example .',
    'content/site.yaml:17 allow-page "storys" is not a kind of page. Did you mean  story ?',
    'content/site.yaml:18 allow-host-twice "a.example" is already allowed on every page under  allow: img . Delete this entry.',
    'content/site.yaml:21 allow-host-twice "type.example" is twice under  allow: font . Write one entry, with all of its pages in  on .',
  ]);
});

test('a page that does not exist is a warning with the kind or the address that was meant', async () => {
  expect(
    await problems('  frame: [{ host: maps.example, on: [/contact, /topics/sea/, /, /kontakt/, /contact/, story] }]\n'),
  ).toEqual([
    'content/site.yaml:10 allow-page-missing There is no page at "/contact", so this host is not allowed there. Did you mean  /contact/ ?',
    'content/site.yaml:10 allow-page-missing There is no page at "/topics/sea/", so this host is not allowed there. Write  topic  for pages of that kind.',
    'content/site.yaml:10 allow-page-missing There is no page at "/", so this host is not allowed there. Write  front  for pages of that kind.',
    'content/site.yaml:10 allow-page-missing There is no page at "/kontakt/", so this host is not allowed there. Write the address of a page as readers see it, without the host, with a slash at its end.',
  ]);
});

test('what is neither a host nor a group of keys is refused with its key', async () => {
  expect((await problems('  script: stats.example\n')).join()).toContain('allow.script');
  expect((await problems('  scripts: [stats.example]\n')).join()).toContain('script: [stats.example]');
  expect((await problems('  img: [{ host: a.example, pages: [story] }]\n')).join()).toContain('content/site.yaml:');
});
