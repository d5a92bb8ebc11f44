import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type SmallNewsroom, sharedCache, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

// Losing words refuses a new story. A story that readers already know gets a warning, so that no upgrade refuses an
// archive.

const whole = 'The first ferry sailed at seven.';
const losing = 'The first ferry sailed at seven.\n\n<!-- todo\n\nThe second stayed.';
const file = 'content/stories/2025/02/harbour.md';
const newest = { published: '2025-05-31T09:00:00Z' };

// A refused build does not wait for the templates, and the next one would compile them in the same place.
beforeAll(async () => {
  await make({ [file]: story() }).press();
}, 240_000);

let newsroom: SmallNewsroom | undefined;
afterEach(() => {
  if (newsroom) rmSync(newsroom.site, { recursive: true, force: true });
  newsroom = undefined;
});
const make = (files: Record<string, string>): SmallNewsroom => {
  newsroom = smallNewsroom(files);
  return newsroom;
};

const press = async (room: SmallNewsroom, options: Parameters<SmallNewsroom['press']>[0] = {}): Promise<string[]> => {
  try {
    return shown((await room.press(options)).warnings);
  } catch (error) {
    if (error instanceof ProblemsError) return shown(error.problems);
    throw error;
  }
};
const shown = (problems: Problem[]) =>
  problems
    .filter(({ rule }) => rule === 'words-lost')
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ severity, file }) => `${severity} ${file}`);
const checked = async ({ site }: SmallNewsroom) =>
  shown(
    (
      await check({
        site,
        dist: join(site, 'dist'),
        cache: sharedCache,
        now: Date.parse('2025-06-01T12:00:00Z'),
        clock: Date.now(),
      })
    ).problems,
  );

describe('a story that loses words', { timeout: 240_000 }, () => {
  test('is refused if it is new, by build and check alike', async () => {
    const room = make({ [file]: story(newest, losing) });
    expect(await press(room)).toEqual([`error ${file}`]);
    expect(await checked(room)).toEqual([`error ${file}`]);
    expect(existsSync(join(room.site, 'dist'))).toBe(false);
  });

  test('is refused as new in an existing newsroom, however old its date is', async () => {
    const room = make({ 'content/stories/2025/05/other.md': story(newest) });
    expect(await press(room)).toEqual([]);
    room.put(file, story({}, losing));
    expect(await press(room)).toEqual([`error ${file}`]);
    expect(await checked(room)).toEqual([`error ${file}`]);
  });

  test('gets a warning if readers have it: after an edit, without the cache, and in check', async () => {
    const room = make({ [file]: story(newest, whole) });
    expect(await press(room)).toEqual([]);
    room.put(file, story(newest, losing));
    expect(await checked(room)).toEqual([`warning ${file}`]);
    expect(await press(room)).toEqual([`warning ${file}`]);
    expect(await press(room, { clean: true })).toEqual([`warning ${file}`]);
  });

  test('and if it moves to another address at the same time', async () => {
    const room = make({ [file]: story(newest, whole) });
    await press(room);
    room.put(file, story({ ...newest, slug: 'port' }, losing));
    expect(await press(room)).toEqual([`warning ${file}`]);
    room.put(file, story({ ...newest, slug: 'haven', aliases: ['/2025/02/port/'] }, losing));
    expect(await press(room, { clean: true })).toEqual([`warning ${file}`]);
  });

  test('in an archive without dist or cache, old stories get warnings, and those of the last days are refused', async () => {
    const room = make({ [file]: story({}, losing), 'content/stories/2025/05/other.md': story(newest) });
    expect(await checked(room)).toEqual([`warning ${file}`]);
    expect(await press(room)).toEqual([`warning ${file}`]);
    const fresh = make({
      [file]: story({ published: '2025-05-20T09:00:00Z' }, losing),
      'content/stories/2025/05/other.md': story(newest),
    });
    expect(await press(fresh)).toEqual([`error ${file}`]);
  });

  test('gets a warning while it is a draft, and is refused while it is scheduled', async () => {
    const room = make({
      [file]: story({ draft: true }, losing),
      'content/stories/2025/05/other.md': story(newest),
    });
    expect(await press(room)).toEqual([`warning ${file}`]);
    room.put(file, story({ published: '2025-07-01T09:00:00Z' }, losing));
    expect(await press(room)).toEqual([`error ${file}`]);
  });

  test('and so does a standing page', async () => {
    const page = (body: string) => `---\nheadline: About us\n---\n\n${body}\n`;
    const room = make({ 'content/stories/2025/05/other.md': story(newest) });
    await press(room);
    room.put('content/pages/about.md', page(losing));
    expect(await press(room)).toEqual(['error content/pages/about.md']);
    room.put('content/pages/about.md', page(whole));
    expect(await press(room)).toEqual([]);
    room.put('content/pages/about.md', page(losing));
    expect(await press(room)).toEqual(['warning content/pages/about.md']);
  });

  test('and a story whose front matter loses them; beside a picture or in an author file it is a warning', async () => {
    const cut = (headline: string) => `---\nheadline: ${headline}\npublished: 2025-05-31T09:00:00Z\n---\n\nText.\n`;
    const room = make({ [file]: cut('Team finishes #1 in league') });
    expect(await press(room)).toEqual([`error ${file}`]);
    room.put(file, cut('Team finishes first in league'));
    room.put('content/authors/ann.yaml', 'name: Ann\nbio: Wrote three #1 books\n');
    room.put('content/pictures/quay.jpg.yaml', 'caption: Race #3\n');
    expect(await press(room)).toEqual(['warning content/authors/ann.yaml', 'warning content/pictures/quay.jpg.yaml']);
    room.put(file, cut('&c. and so on'));
    expect(await press(room)).toContain(`warning ${file}`);
  });

  test('losses in every YAML file around the stories are reported', async () => {
    const room = make({
      'content/stories/2025/05/other.md': story(newest),
      'content/site.yaml': `${siteYaml}publisher: Boat press #\n`,
      'content/authors/ann.yaml': 'name: Ann\nrole: Editor #\n',
      'content/topics.yaml': '1.10: { title: Version }\nharbour: { title: Harbour, aliases: [! Port] }\n',
      'content/series.yaml': 'storms: { title: ! Storms }\n',
      'content/fronts/home.yaml': 'banner:\n  text: The end #\n',
      'content/pictures/quay.jpg.yaml': 'caption: The end #\ncredit: “Ann”\n',
    });
    const said = async () => {
      try {
        return (await room.press()).warnings;
      } catch (error) {
        return (error as ProblemsError).problems;
      }
    };
    expect(
      (await said())
        .filter(({ rule }) => /^(?:words-lost|quotation-marks-in-value)$/.test(rule))
        .map(({ file, line, severity }) => `${severity} ${file}:${line}`)
        .sort(),
    ).toEqual(
      [
        'authors/ann.yaml:2',
        'fronts/home.yaml:2',
        'pictures/quay.jpg.yaml:1',
        'pictures/quay.jpg.yaml:2',
        'series.yaml:1',
        'site.yaml:9',
        'topics.yaml:1',
        'topics.yaml:2',
      ].map((place) => `warning content/${place}`),
    );
  });
});
