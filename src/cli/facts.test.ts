import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Arguments, readArguments, UsageError } from './command.ts';
import { hostNames } from './host-options.ts';
import { words as initWords } from './init.ts';
import { languageOf, nameOf, paperFacts } from './init-facts.ts';
import { nowOf } from './now.ts';
import { siteFacts } from './site-facts.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function newsroom(siteYaml?: string): string {
  const site = mkdtempSync(join(tmpdir(), 'broadsheet-facts-'));
  folders.push(site);
  mkdirSync(join(site, 'content'));
  if (siteYaml !== undefined) writeFileSync(join(site, 'content/site.yaml'), siteYaml);
  return site;
}

describe('siteFacts', () => {
  test('reads the facts that are valid', async () =>
    expect(
      await siteFacts(
        newsroom(
          'timeZone: Europe/Dublin\nlanguage: ga\nurl: https://a.example\nsections: [{ id: world, title: W }]\n',
        ),
      ),
    ).toEqual({ timeZone: 'Europe/Dublin', language: 'ga', sections: ['world'], url: 'https://a.example' }));

  const defaults = { timeZone: 'UTC', language: 'en', sections: [], url: undefined };
  test.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['text', 'Hello'],
    ['broken YAML', 'name: [a\n'],
    ['wrong values', 'timeZone: Dubln\nlanguage: 5\nurl: here\nsections: news\n'],
    ['wrong entries', 'sections: [news, null, { id: 5 }, [a]]\n'],
  ])('uses the defaults with %s', async (_, text) => expect(await siteFacts(newsroom(text))).toEqual(defaults));
});

describe('nowOf', () => {
  const words = { usage: 'x', about: '', options: { now: { value: 'ISO', words: '' } }, examples: [] };
  const now = (text: string, siteYaml = 'timeZone: Europe/Dublin\n') =>
    nowOf(readArguments(words, ['--now', text]), newsroom(siteYaml));

  test.each([
    ['2025-07-01T06:00', '2025-07-01T05:00:00.000Z'],
    ['2025-07-01', '2025-06-30T23:00:00.000Z'],
    ['2025-07-01T06:00Z', '2025-07-01T06:00:00.000Z'],
    ['2025-07-01T06:00:00+02:00', '2025-07-01T04:00:00.000Z'],
  ])('%s, in the time zone of the site unless it has an offset', async (text, instant) =>
    expect(new Date(await now(text)).toISOString()).toBe(instant),
  );

  test('is the present without the option', async () => {
    const before = Date.now();
    const instant = await nowOf(readArguments(words, []), newsroom());
    expect(instant).toBeGreaterThanOrEqual(before);
    expect(instant).toBeLessThanOrEqual(Date.now());
  });

  test.each([['2025-02-30'], ['tomorrow'], ['2025-07-01T25:00']])('%s does not exist', async (text) => {
    await expect(now(text)).rejects.toThrow(UsageError);
    await expect(now(text)).rejects.toThrow(`--now ${text}: this is not a date`);
  });
});

describe('hostNames', () => {
  test('host names stay', () => expect(hostNames(['preview.example.org', 'localhost'])).toHaveLength(2));
  test.each([['https://a.example'], ['a.example:80'], ['a b'], ['']])('%j is not a host name', (name) =>
    expect(() => hostNames([name])).toThrow(`--allow-host ${name}: this is not a host name.`),
  );
});

describe('paperFacts, the facts of a new newsroom', () => {
  const facts = (argv: string[], env: NodeJS.ProcessEnv = {}) =>
    paperFacts(readArguments(initWords, argv) as Arguments, { folder: 'harbour-post', env, isAsking: false });

  test('the options count before the machine', async () =>
    expect(
      await facts(
        ['--name', ' The Post ', '--language', 'ga', '--time-zone', 'Asia/Tokyo', '--url', 'https://p.example'],
        {
          LANG: 'de_AT.UTF-8',
        },
      ),
    ).toEqual({ name: 'The Post', language: 'ga', timeZone: 'Asia/Tokyo', url: 'https://p.example' }));

  test('without options, the folder and the terminal', async () =>
    expect(await facts([], { LANG: 'de_AT.UTF-8' })).toMatchObject({
      name: 'Harbour Post',
      language: 'de-AT',
      url: 'https://example.org',
    }));

  test('characters that pages cannot contain are left out', async () =>
    expect(await facts(['--name', 'The\u0007 Post'])).toMatchObject({ name: 'The Post' }));

  test.each([
    [['--name', ' '], '--name  : a paper needs a name.'],
    [['--language', 'english please'], '--language english please: '],
    [['--time-zone', 'Dubln'], '--time-zone Dubln: '],
    [['--url', 'post'], '--url post: '],
  ])('%j is refused', async (argv, message) => await expect(facts(argv)).rejects.toThrow(message));

  test.each([
    ['harbour-post', 'Harbour Post'],
    ['the_daily.news', 'The Daily News'],
    ['…', '…'],
    ['---', 'My Paper'],
    ['élan', 'Élan'],
  ])('the name of the folder %s is %s', (folder, name) => expect(nameOf(folder)).toBe(name));

  test.each([
    [{ LANG: 'en_IE.UTF-8' }, 'en-IE'],
    [{ LC_ALL: 'fr_FR', LANG: 'en_IE' }, 'fr-FR'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{}, 'en'],
    [{ LANG: 'sr_RS@latin' }, 'sr-RS'],
  ])('the language of %j is %s', (env, tag) => expect(languageOf(env, () => true)).toBe(tag));
});
