import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { siteYaml, smallNewsroom, story, walk } from '../press/small-newsroom.fixture.ts';
import { call } from './command-line.fixture.ts';
import { momentWithOffset } from './new-texts.ts';

const made: string[] = [];
afterAll(() => {
  for (const site of made) rmSync(site, { recursive: true, force: true });
});
const newsroom = (files: Record<string, string> = {}) => {
  const room = smallNewsroom({ 'content/stories/2025/02/harbour/index.md': story(), ...files });
  made.push(room.site);
  return {
    ...room,
    make: (...argv: string[]) => call(['new', ...argv, '--site', room.site]),
    read: (file: string) => readFileSync(join(room.site, file), 'utf8'),
    check: async () =>
      (await call(['check', '--site', room.site])).stdout + (await call(['check', '--site', room.site])).stderr,
  };
};
const firstLine = ({ stdout }: { stdout: string }) => stdout.split('\n')[0] ?? '';

describe('a new story', () => {
  test('has its time with the offset of the newsroom, so stories of a day keep their order', async () => {
    const { make, read } = newsroom();
    const file = firstLine(await make('story', 'Ferries', '--date', '2025-07-01T06:00'));
    expect(read(file)).toContain('\npublished: 2025-07-01T06:00+01:00 #');
    const now = firstLine(await make('story', 'Now'));
    const [, written = ''] = /\npublished: (\S+T\S+[+-]\d\d:\d\d) /.exec(read(now)) ?? [];
    expect(Math.abs(Date.parse(written) - Date.now())).toBeLessThan(180_000);
    expect(now).toContain(`stories/${written.slice(0, 7).replace('-', '/')}/`);
    // A day that was given as a day stays one.
    expect(read(firstLine(await make('story', 'Day', '--date', '2025-07-02')))).toContain('\npublished: 2025-07-02 #');
  });

  test.each([
    ['Europe/Dublin', '2025-07-01T05:00:00Z', '2025-07-01T06:00+01:00'],
    ['Asia/Kathmandu', '2025-07-01T05:00:00Z', '2025-07-01T10:45+05:45'],
    ['America/St_Johns', '2025-01-01T00:00:00Z', '2024-12-31T20:30-03:30'],
    ['Pacific/Kiritimati', '2025-12-31T12:00:00Z', '2026-01-01T02:00+14:00'],
    ['UTC', '2025-01-01T00:00:00Z', '2025-01-01T00:00+00:00'],
    ['Europe/Dublin', '1890-01-01T12:00:00Z', '1890-01-01T11:34'],
  ])('in %s', (zone, instant, written) => expect(momentWithOffset(Date.parse(instant), zone)).toBe(written));

  test.each([
    ['three hundred letters', 'y'.repeat(300)],
    ['three hundred letters in words', 'harbour '.repeat(40)],
    ['three hundred Chinese letters', '港'.repeat(300)],
    ['three hundred letters with signs', 'क्षि'.repeat(100)],
    ['a name that Windows keeps for itself', 'CON'],
    ['a headline without quotation marks', 'Harbour'],
    ['another script', 'مرفأ المدينة'],
  ])('with %s gets a folder that every disk can store, and builds', async (_, headline) => {
    const { make, read, check } = newsroom();
    const file = firstLine(await make('story', headline));
    for (const part of file.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(100);
    expect(file).not.toMatch(/\/con\//i);
    expect(file).not.toMatch(/-\/|\p{M}$/u);
    expect(parse(read(file).split('---')[1] ?? '').headline).toBe(headline.trim());
    expect(await check()).toContain('No problems found: 2 stories');
  });

  test('a headline without its quotation marks is one headline', async () => {
    const { make, read } = newsroom();
    expect(read(firstLine(await make('story', 'Harbour', 'reopens', 'today')))).toContain(
      'headline: "Harbour reopens today"',
    );
  });

  test.each([
    ['a time zone that is none', siteYaml.replace('Europe/Dublin', 'Europe/Dubln')],
    ['a time zone that is a number', siteYaml.replace('Europe/Dublin', '5')],
    ['a language that is none', siteYaml.replace('en-IE', 'en_IE!')],
    ['a quotation mark that is not closed', `${siteYaml}description: "a`],
    ['nothing in it', ''],
  ])('is created although site.yaml has %s', async (_, text) => {
    const { make } = newsroom({ 'content/site.yaml': text });
    expect(await make('story', 'Harbour')).toMatchObject({ code: 0, stderr: '' });
    expect(await make('topic', 'Ferries')).toMatchObject({ code: 0, stderr: '' });
  });

  test('says how to give an address if none can be derived', async () => {
    const { make } = newsroom();
    const said = await make('story', '🌊');
    expect(said).toMatchObject({ code: 2, stderr: expect.stringContaining('--slug a-name') });
    expect(firstLine(await make('story', '🌊', '--slug', 'wave'))).toMatch(/\/wave\/index\.md$/);
  });
});

describe('an author, a page and a topic', () => {
  test('are files that a build accepts as they are, and are never overwritten', async () => {
    const { make, read, check, put, site } = newsroom();
    expect(firstLine(await make('author', 'Ann Ó Súilleabháin'))).toBe('content/authors/ann-ó-súilleabháin.yaml');
    expect(firstLine(await make('author', '王小明'))).toBe('content/authors/王小明.yaml');
    expect(firstLine(await make('page', 'How we work'))).toBe('content/pages/how-we-work.md');
    expect(firstLine(await make('topic', 'Disney+'))).toBe('content/topics.yaml');
    expect(await check()).toContain('No problems found');
    const before = walk(site).map((file) => readFileSync(file, 'utf8'));
    for (const argv of [
      ['author', 'Ann Ó Súilleabháin'],
      ['author', '王小明'],
      ['page', 'How we work'],
      ['topic', 'Disney+'],
      ['topic', 'DISNEY+'],
    ])
      expect(await make(...argv), argv.join()).toMatchObject({ code: 2, stderr: expect.stringMatching(/already/) });
    expect(walk(site).map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    // They are also correct when they are used.
    put(
      'content/stories/2025/02/harbour/index.md',
      story({ byline: ['王小明', 'ann-ó-súilleabháin'], topics: ['Disney+'] }),
    );
    put('content/pages/how-we-work.md', read('content/pages/how-we-work.md').replace(/^draft.*\n/m, ''));
    expect(await check()).toContain('No problems found');
  });

  test.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['comments alone', '# Topics of the paper\n'],
    ['topics', '# ours\nharbour:\n  title: The harbour\n  # as printed\n  aliases: [Port]\n'],
    ['a topic without a title', 'harbour:\n'],
    ['topics without a line at the end', 'harbour:\n  title: The harbour'],
    ['topics in braces', '{ harbour: { title: The harbour } }\n'],
  ])('a topic is added to %s', async (_, text) => {
    const { make, read, check } = newsroom(text === undefined ? {} : { 'content/topics.yaml': text });
    for (const title of ['C++', 'Yes', 'Wahlen 2026', '🌊', 'النقل'])
      expect(await make('topic', title), title).toMatchObject({ code: 0 });
    const topics = parse(read('content/topics.yaml'));
    expect(Object.keys(topics)).toEqual([
      ...(text?.includes('harbour') ? ['harbour'] : []),
      'c-plus-plus',
      'yes',
      'wahlen-2026',
      '🌊',
      'النقل',
    ]);
    for (const comment of text?.match(/#.*/g) ?? []) expect(read('content/topics.yaml')).toContain(comment);
    expect(await check()).toContain('No problems found');
  });

  test('a topic that exists under another spelling is named', async () => {
    const { make } = newsroom({ 'content/topics.yaml': 'harbour:\n  title: The harbour\n  aliases: [Port]\n' });
    for (const title of ['Harbour', 'the HARBOUR', 'port'])
      expect((await make('topic', title)).stderr).toContain('already has the topic "harbour"');
  });

  test('says what prevents it, and writes nothing', async () => {
    const { make, site } = newsroom({ 'content/topics.yaml': 'a: [1\n' });
    const before = walk(site).length;
    expect((await make('topic', 'Ferries')).stderr).toMatch(/topics\.yaml cannot be read.*\nCorrect the file first/s);
    expect((await make('page', 'World')).stderr).toContain('The address /world/ is already used by a section.');
    expect((await make('page', 'Topics')).stderr).toContain('The address /topics/ is reserved for the site itself.');
    expect((await make('autor', 'Ann')).stderr).toContain('Did you mean  broadsheet new author ?');
    expect((await make('page')).stderr).toContain('The new page needs a name.');
    expect((await call(['new'])).stderr).toContain('a story, an author, a page, or a topic');
    expect(walk(site).length).toBe(before);
  });

  test('a mistake in site.yaml does not prevent anyone from creating a story', async () => {
    const { make } = newsroom({ 'content/site.yaml': siteYaml.replace('sections:', 'sections: [') });
    expect((await make('story', 'Ferries')).code).toBe(0);
  });
});
