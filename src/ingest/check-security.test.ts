import { describe, expect, test } from 'vitest';
import { siteYaml, story } from '../press/small-newsroom.fixture.ts';
import { newsroomWith, openNewsroom } from './ingested.fixture.ts';

const one = { 'content/stories/2025/02/a.md': story() };
const security = (expires: string) => ({
  ...one,
  'content/site.yaml': `${siteYaml}security:\n  contact: [mailto:security@post.example]\n  expires: ${expires}\n`,
});
const own = {
  ...one,
  'public/.well-known/security.txt': 'Contact: mailto:desk@post.example\n',
};

describe('information that expires', () => {
  test.each([
    ['2025-07-02', []],
    ['2025-07-01T13:01', []],
    ['2025-07-01', ['content/site.yaml:11 security-expires']],
    ['2025-06-01T13:00', ['content/site.yaml:11 security-expires']],
    ['2024-01-01', ['content/site.yaml:11 security-expires']],
  ])('on %s, at noon on 1 June', async (expires, said) => {
    const newsroom = openNewsroom(security(expires));
    expect(await newsroom.said()).toEqual(said);
    newsroom.close();
  });

  test('is reported on its day, although site.yaml has not changed', async () => {
    const newsroom = await newsroomWith(security('2025-08-01'));
    newsroom.put('public/a.txt', 'a');
    expect(await newsroom.said('2025-07-01T22:59:00Z')).toEqual([]);
    newsroom.put('public/a.txt', 'b');
    const { warnings } = await newsroom.ingest('2025-07-02T00:00:00Z');
    expect(warnings.map(({ message }) => message)).toEqual(['The information in security.txt expires on 2025-08-01.']);
    newsroom.put('public/a.txt', 'c');
    const later = await newsroom.ingest('2025-08-01T00:00:00+01:00');
    expect(later.warnings[0]?.message).toMatch(/expired on 2025-08-01/);
  });
});

describe('a newsroom’s own file', () => {
  test('is published if site.yaml says nothing', async () => {
    const newsroom = openNewsroom(own);
    expect(await newsroom.said()).toEqual([]);
    newsroom.close();
  });

  test.each(['security.txt', 'Security.TXT'])(
    'beside the same information in site.yaml is a problem: %s',
    async (name) => {
      const newsroom = openNewsroom({ ...security('2026-01-01'), [`public/.well-known/${name}`]: 'x' });
      expect(await newsroom.said()).toEqual([`public/.well-known/${name}:1 address-taken`]);
      newsroom.close();
    },
  );

  test('is a problem too if site.yaml gets the information later', async () => {
    const newsroom = await newsroomWith(own);
    newsroom.put('content/site.yaml', security('2026-01-01')['content/site.yaml']);
    expect(await newsroom.said()).toEqual(['public/.well-known/security.txt:1 address-taken']);
    newsroom.remove('public/.well-known/security.txt');
    expect(await newsroom.said()).toEqual([]);
  });
});

test.each([
  'broadsheet.json',
  'Broadsheet.JSON',
  'broadsheet.json.minisig',
  'broadsheet/2025-02.json',
  'broadsheet/other.html',
])('no file in public/ can take the place of the manifest: %s', async (name) => {
  const newsroom = openNewsroom({ ...one, [`public/.well-known/${name}`]: 'x' });
  expect(await newsroom.said()).toEqual([`public/.well-known/${name}:1 address-taken`]);
  newsroom.close();
});
