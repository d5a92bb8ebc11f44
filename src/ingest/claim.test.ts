import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { closeIndexHandle, type IndexHandle, openIndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { readSource } from '../yaml/source.ts';
import type { Source } from '../yaml/source-type.ts';
import { claimAliases } from './aliases.ts';
import { addressMeasured, type Claim, claim, releaseClaims } from './claim.ts';
import { claimDocuments } from './claim-documents.ts';

let index: IndexHandle;

beforeEach(() => {
  index = openIndexHandle('/nowhere', ':memory:');
  onTestFinished(() => closeIndexHandle(index));
});

const of = (kind: Claim['kind'], owner: string) => (address: string) =>
  claim(index, { address, kind, owner, file: `content/${owner}` });
const story = (id: string) => of('story', `story/${id}`);
const page = of('page', 'page/about');
const inPublic = (file: string) =>
  claim(index, { address: `/${file}`, kind: 'public', owner: file, file: `public/${file}` });
const ownerOf = (address: string) =>
  (index.sql('SELECT owner FROM address WHERE address = ?').get(address) as { owner: string } | undefined)?.owner;

describe('an address belongs to one owner', () => {
  test('the first one that claims it, however often it claims it', () => {
    expect(story('a')('/2025/02/a/')).toBeUndefined();
    expect(story('a')('/2025/02/a/')).toBeUndefined();
    expect(ownerOf('/2025/02/a/')).toBe('story/a');
  });

  test('the message for another owner names the file that has it', () => {
    story('a')('/2025/02/a/');
    expect(story('b')('/2025/02/a/')).toBe('The address /2025/02/a/ is already used by content/story/a.');
    expect(ownerOf('/2025/02/a/')).toBe('story/a');
  });

  test('an address that differs only in case or Unicode form is taken too, even by the owner of the first', () => {
    story('a')('/2025/02/café/');
    expect(story('b')('/2025/02/CAFÉ/')).toContain('differs only in case or Unicode form from /2025/02/café/');
    expect(story('a')('/2025/02/Café/')).toContain('differs only in case');
  });

  test('an owner releases everything that it has, and nothing of others', () => {
    for (const address of ['/a/', '/old/']) page(address);
    story('a')('/b/');
    releaseClaims(index, 'page/about');
    expect([ownerOf('/a/'), ownerOf('/old/'), ownerOf('/b/')]).toEqual([undefined, undefined, 'story/a']);
    expect(story('a')('/a/')).toBeUndefined();
  });

  test('a section takes an address from anything but a section', () => {
    page('/world/');
    expect(of('section', 'section/world')('/world/')).toBeUndefined();
    expect(ownerOf('/world/')).toBe('section/world');
    expect(of('section', 'section/other')('/world/')).toContain('already used');
  });
});

describe('a file cannot also be a folder', () => {
  test('there is no address below a file', () => {
    page('/a.html');
    expect(story('b')('/a.html/b/')).toBe(
      'The address /a.html/b/ needs a folder where there is already a file: content/page/about.',
    );
  });

  test('a file cannot have an address that has other addresses below it', () => {
    story('b')('/a.html/b/');
    expect(page('/a.html')).toContain('there is already a file: content/story/b');
  });

  test('a page with a folder has addresses below it', () => {
    expect(page('/about/')).toBeUndefined();
    expect(story('b')('/about/b/')).toBeUndefined();
    expect(story('c')('/about-us/')).toBeUndefined();
  });
});

describe('some addresses are reserved', () => {
  test.each([
    '/topics/',
    '/authors/ann/',
    '/series/a/',
    '/search/',
    '/assets/a/',
    '/404/',
    '/index.html',
    '/sitemap.xml',
  ])('%s is reserved for the site itself', (address) =>
    expect(story('a')(address)).toBe(`The address ${address} is reserved for the site itself.`),
  );

  test.each(['/_redirects', '/functions/a/', '/.well-known/', '/cgi-bin/'])('%s is reserved for hosts', (address) =>
    expect(story('a')(address)).toBe(`The address ${address} is reserved, because hosts use it.`),
  );

  test('a newsroom can have its own files for hosts, beside ours, and its own robots.txt', () => {
    for (const file of [
      '_headers',
      '.well-known/security.txt',
      'robots.txt',
      'assets/logo.svg',
      'search/index.js',
      'series/cover.jpg',
    ])
      expect(inPublic(file)).toBeUndefined();
    for (const file of [
      'assets/pictures/a.jpg',
      'assets/mark.svg',
      'search/index.html',
      'topics/a.txt',
      '2025',
      'sitemap-a.xml',
    ])
      expect(inPublic(file)).toContain('reserved');
  });

  test('an address that could be an archive page is never given away, for the site and for sections only', () => {
    of('section', 'section/world')('/world/');
    for (const address of ['/2025/', '/2025/02/', '/2025/02/part-2/', '/world/2025/', '/world/2025/02/'])
      expect(story('a')(address)).toContain('reserved');
    expect(story('a')('/docs/2025/')).toBeUndefined();
    expect(story('b')('/2025/02/b/')).toBeUndefined();
    expect(page('/2024/')).toContain('reserved');
  });
});

test('an address that no disk can store is reported with its line, which is looked up only in that case', async () => {
  const at = (line: () => number) => ({ file: 'content/a.md', line, hint: 'Shorten it.' });
  const unasked = () => {
    throw new Error('asked');
  };
  expect(await addressMeasured('/short/', at(unasked))).toBeUndefined();
  expect(
    await addressMeasured(
      `/${'a'.repeat(300)}/`,
      at(() => 7),
    ),
  ).toMatchObject({
    file: 'content/a.md',
    line: 7,
    hint: 'Shorten it.',
    severity: 'error',
  });
});

describe('old addresses', () => {
  const sourceOf = (aliases: string[], body = ''): Source =>
    readSource(
      'content/a.md',
      Buffer.from(`---\naliases:\n${aliases.map((a) => `  - ${JSON.stringify(a)}\n`).join('')}---\n\n${body}`),
    ) as Source;

  async function claimed(aliases: string[], owner = 'story/a', own = '/2025/02/a/') {
    const problems: Problem[] = [];
    const source = sourceOf(aliases);
    const got = await claimAliases(index, { owner, file: `content/${owner}`, own, source }, aliases, (found) =>
      problems.push(...found),
    );
    const hints = problems.map(({ hint = '' }) => hint);
    return { got, said: problems.map(({ rule, line, severity }) => `${line} ${rule} ${severity}`), hints };
  }

  test('each gets a page once, in the form in which the site serves it, and the current address gets none', async () => {
    const { got, said } = await claimed(['/old', 'old/', '/2025/02/a/', '/a.html', 'https%3A']);
    expect(got).toEqual({ withPage: ['/old/', '/a.html', '/https%3A/'], listOnly: [] });
    expect(said).toEqual([]);
    expect(ownerOf('/old/')).toBe('story/a');
    expect(ownerOf('/2025/02/a/')).toBeUndefined();
  });

  test('one with a query is only in the list of redirects, for one owner', async () => {
    expect(await claimed(['/?p=1', '/?p=1'])).toMatchObject({ got: { withPage: [], listOnly: ['/?p=1'] }, said: [] });
    expect((await claimed(['/?p=2', '/?p=1'], 'story/b')).said).toEqual(['4 alias-taken error']);
    expect(
      index
        .sql('SELECT source, owner FROM redirect ORDER BY owner, source')
        .all()
        .map((row) => Object.values(row).join(' ')),
    ).toEqual(['/?p=1 story/a', '/?p=1 story/b', '/?p=2 story/b']);
  });

  test('one that no file can hold beside what its owner has is only in the list, and one of somebody else is reported', async () => {
    story('a')('/2025/02/a/');
    story('b')('/2025/02/b/');
    const long = `/${'é'.repeat(1600)}`;
    const { got, said, hints } = await claimed([
      '/2025/02/A/',
      '/2025/02/a/index.html',
      '/old.html',
      '/OLD.html',
      '/old.html/2/',
      '/cgi-bin/Story.pl',
      '/functions/x/',
      '/2025/02/B/',
      '/2025/02/b/index.html',
      `${long}?p=1`,
    ]);
    expect(got).toEqual({
      withPage: ['/old.html'],
      listOnly: [
        '/2025/02/A/',
        '/2025/02/a/index.html',
        '/OLD.html',
        '/old.html/2/',
        '/cgi-bin/Story.pl',
        '/functions/x/',
        `${long}?p=1`,
      ],
    });
    expect(said).toEqual(['10 alias-taken error', '11 alias-taken error', '12 address-too-long error']);
    expect(hints.slice(0, 2).every((hint) => hint.includes('redirects:'))).toBe(true);
  });

  test('what cannot be an old address is reported on its line', async () => {
    story('b')('/taken/');
    const { got, said } = await claimed([
      '/taken/',
      '/',
      '../up',
      '/a/*',
      `/${'a'.repeat(300)}/`,
      '/2014/:name/',
      '/fine/',
    ]);
    expect(got).toEqual({ withPage: ['/a/*/', '/2014/:name/', '/fine/'], listOnly: [] });
    expect(said).toEqual([
      '3 alias-taken error',
      '4 alias-taken error',
      '5 alias-taken error',
      '6 alias-wildcard warning',
      '6 address-for-windows warning',
      '7 address-too-long error',
      '8 alias-wildcard warning',
      '8 address-for-windows warning',
    ]);
  });

  test('documents claim their addresses, and a conflict is reported on the line of the link', async () => {
    const problems: Problem[] = [];
    const source = sourceOf([], 'Text.\n\nSee [one](plan.pdf) and\n[two](map.pdf).\n');
    const documents = ['plan.pdf', 'map.pdf'].map((href) => ({
      href,
      path: `content/${href}`,
      address: `/a/${href}`,
      bytes: 1,
    }));
    inPublic('a/map.pdf');
    await claimDocuments(index, documents, { owner: 'story/a', file: 'content/a.md', source }, (found) =>
      problems.push(...found),
    );
    expect(ownerOf('/a/plan.pdf')).toBe('story/a');
    expect(problems.map(({ rule, line }) => `${line} ${rule}`)).toEqual(['8 address-taken']);
  });
});
