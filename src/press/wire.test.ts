import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { filesOf } from '../../e2e/files.ts';
import { validateNinjs } from '../import/sources/ninjs/validate.ts';
import { ProblemsError } from '../problems/problem.ts';
import { deadLinks } from './dead-links.fixture.ts';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from './small-newsroom.fixture.ts';

/* `wire: true`: each public story as ninjs beside its page, and a list for each day. */

const wireYaml = `${siteYaml}wire: true\n`;
const beside = (slug: string, month = '02') => `2025/${month}/${slug}/index.ninjs.json`;
const file = (slug: string, month = '02') => `content/stories/2025/${month}/${slug}/index.md`;
const day = 'wire/2025/02/12.json';

type Json = Record<string, unknown>;
/** The test reads dist byte by byte. */
const read = (newsroom: SmallNewsroom, name: string): Json =>
  JSON.parse(Buffer.from(newsroom.dist().get(name) ?? 'null', 'latin1').toString());
const wireFiles = (newsroom: SmallNewsroom) =>
  [...newsroom.dist().keys()].filter((name) => /ninjs|^wire\//.test(name)).sort();
const headlinesOf = (newsroom: SmallNewsroom, name = day) =>
  (read(newsroom, name).stories as Json[]).map(({ headline }) => headline);

const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#346' } })
  .jpeg()
  .toBuffer();

const paper = (files: Record<string, string | Uint8Array> = {}, yaml = wireYaml): SmallNewsroom => {
  const newsroom = smallNewsroom({ 'content/site.yaml': yaml, ...files });
  onTestFinished(() => rmSync(newsroom.site, { recursive: true, force: true }));
  return newsroom;
};

/** Publishes. A clean build must have the same files. */
async function press(newsroom: SmallNewsroom, at?: string) {
  const report = await newsroom.press({ ...(at !== undefined && { at }) });
  const clean = join(newsroom.site, 'clean');
  await newsroom.press({ dist: clean, clean: true, ...(at !== undefined && { at }) });
  expect(newsroom.dist()).toEqual(newsroom.dist(clean));
  return report;
}

describe('a newsroom with stories of every kind', () => {
  let newsroom: SmallNewsroom;
  beforeAll(async () => {
    newsroom = smallNewsroom({
      'content/site.yaml': `${wireYaml}publisher: { name: Post Ltd }\nfeedIdentity: old.example,2020\n`,
      'content/authors/ann.yaml': 'name: Ann Example\n',
      [file('full')]: story(
        {
          id: 'the-full-one',
          headline: 'Ferry & “more” <b>',
          standfirst: 'A standfirst.',
          kicker: 'Ports',
          byline: ['ann', { name: 'Bo', role: 'Photographer' }],
          dateline: 'Galway',
          topics: ['Harbour'],
          series: { title: 'The sea', part: 2 },
          updated: '2025-02-13T08:00:00Z',
          corrections: [{ date: '2025-03-01', type: 'correction', text: 'The time was wrong.' }],
          warning: 'A warning.',
          note: 'A note.',
          related: ['2025/02/other', { title: 'X', url: 'https://other.example/x' }],
          aliases: ['/before/'],
          source: { name: 'An agency', licence: 'Agency terms' },
          sponsor: { name: 'A sponsor' },
          lead: {
            src: 'p.jpg',
            alt: 'A quay',
            caption: 'The *harbour* wall',
            credit: 'Ann',
            copyright: '© Ann',
            licence: 'https://creativecommons.org/licenses/by/4.0/',
          },
        },
        'See [another](story:2025/02/other) and [a file](report.pdf).\n\n![A field](q.jpg "The harbour in May")\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      ),
      'content/stories/2025/02/full/p.jpg': picture,
      'content/stories/2025/02/full/q.jpg': picture,
      'content/stories/2025/02/full/report.pdf': '%PDF-1',
      [file('other')]: story({ headline: 'Other', language: 'uk', translationOf: 'the-full-one' }),
      [file('essay')]: story({ headline: 'Essay', type: 'photo-essay', published: '2025-02-20' }),
      [file('gone')]: story({
        headline: 'Secret headline',
        standfirst: 'Secret standfirst',
        id: 'gone-for-good',
        corrections: [{ date: '2025-02-20', type: 'correction', text: 'Secret correction' }],
        withdrawn: { date: '2025-03-01', reason: 'It was wrong.' },
      }),
      [file('draft')]: story({ headline: 'Secret draft', draft: true }),
      [file('later')]: story({ headline: 'Secret embargo', embargo: '2030-01-01' }),
      [file('kept')]: story({ headline: 'Kept to ourselves', wire: false, published: '2025-04-01' }),
    });
    await newsroom.press();
  }, 120_000);
  afterAll(() => rmSync(newsroom.site, { recursive: true, force: true }));

  test('each public story has a file, and each day with one has a list', () => {
    expect(wireFiles(newsroom)).toEqual([
      ...['essay', 'full', 'gone', 'other'].map((slug) => beside(slug)),
      'wire/2025/02/12.json',
      'wire/2025/02/20.json',
      'wire/index.json',
    ]);
    expect(headlinesOf(newsroom)).toEqual(['Other', 'Ferry & “more” <b>']);
    expect((read(newsroom, 'wire/index.json').days as Json[]).map((one) => [one.day, one.stories])).toEqual([
      ['2025-02-20', 1],
      ['2025-02-12', 2],
    ]);
  });

  test('every file is valid by the schema of IPTC', async () => {
    for (const name of wireFiles(newsroom).filter((one) => one.endsWith('.ninjs.json')))
      expect([name, await validateNinjs(read(newsroom, name))]).toEqual([name, { version: '3.1' }]);
  });

  test('canary: the schema refuses an unknown key, and a picture without the form of one', async () => {
    const valid = read(newsroom, beside('full'));
    for (const broken of [
      { ...valid, headline: 'Old form' },
      { ...valid, associations: [{ renditions: 'none' }] },
      { ...valid, versionCreated: 'yesterday' },
    ])
      expect(await validateNinjs(broken)).toHaveProperty('mistakes');
  });

  test('it has the text, rights, captions, and credits, and its version counts its corrections', () => {
    const item = read(newsroom, beside('full'));
    expect(item).toMatchObject({
      uri: 'tag:old.example,2020:the-full-one',
      pubStatus: 'usable',
      version: '3',
      // The correction is newer than the update.
      versionCreated: '2025-03-01T00:00:00Z',
      copyrightHolder: 'Post Ltd',
      copyrightNotice: '© 2025 Post Ltd',
      usageTerms: 'Agency terms',
      by: 'Ann Example, Bo',
      located: 'Galway',
      renditions: [{ name: 'web', href: 'https://post.example/2025/02/full/' }],
    });
    const [lead, other] = (item.associations as Json[]).filter(({ type }) => type === 'picture');
    expect(lead).toMatchObject({
      rel: 'lead',
      by: 'Ann',
      copyrightNotice: '© Ann',
      rightsInfo: { linkedRights: 'https://creativecommons.org/licenses/by/4.0/' },
    });
    expect(other).toMatchObject({ rel: 'inline' });
    const html = String((item.bodies as Json[])[0]?.value);
    expect(html).toContain('href="https://post.example/2025/02/other/"');
    expect(html).toContain('The time was wrong.');
    expect(html).not.toMatch(/(?:src|href)="(?!https:)/);
  });

  test('every rendition, page, and list that a file names is on the site', () => {
    const files = newsroom.dist();
    let named = 0;
    for (const name of wireFiles(newsroom))
      for (const [, path = ''] of files.get(name)!.matchAll(/https:\/\/post\.example\/([^"\\ ]*)/g)) {
        named++;
        expect([name, path, files.has(path === '' || path.endsWith('/') ? `${path}index.html` : path)]).toEqual([
          name,
          path,
          true,
        ]);
      }
    expect(named).toBeGreaterThan(20);
  });

  test('a withdrawn story says so in its file, without its text, and is in no list', () => {
    expect(read(newsroom, beside('gone'))).toMatchObject({
      uri: 'tag:old.example,2020:gone-for-good',
      pubStatus: 'canceled',
      version: '3',
      versionCreated: '2025-03-01T00:00:00Z',
      edNote: 'WITHDRAWN 2025-03-01: It was wrong.',
    });
    expect(newsroom.dist().get('2025/02/gone/index.html')).not.toContain('ninjs');
    for (const name of wireFiles(newsroom))
      expect([name, newsroom.dist().get(name)]).toEqual([name, expect.not.stringMatching(/Secret/)]);
  });

  test('the page of a story names its file, unless the story opts out', () => {
    const link =
      '<link rel="alternate" type="application/json" title="ninjs 3.1" href="/2025/02/full/index.ninjs.json">';
    expect(newsroom.dist().get('2025/02/full/index.html')).toContain(link);
    expect(newsroom.dist().get('2025/04/kept/index.html') ?? '').not.toContain('ninjs');
  });

  test('no link of a page is dead', async () => {
    const dist = join(newsroom.site, 'dist');
    expect(await deadLinks(dist, await filesOf(dist, '.html'), 'https://post.example')).toEqual([]);
  });
});

test('without `wire`, no file mentions it, and `wire: false` in a story changes nothing', async () => {
  const newsroom = paper({ [file('a')]: story() }, siteYaml);
  await press(newsroom);
  expect(newsroom.filesMentioning('ninjs')).toEqual([]);
  const before = newsroom.dist();
  newsroom.put(file('a'), story({ wire: false }));
  await press(newsroom);
  expect(newsroom.dist()).toEqual(before);
});

describe('an edit writes only the files that it changes', () => {
  const two = () =>
    paper({
      [file('a')]: story({ headline: 'A' }),
      [file('b', '03')]: story({ headline: 'B', published: '2025-03-02' }),
    });
  const wireOf = ({ added, changed, removed }: { added: string[]; changed: string[]; removed: string[] }) =>
    [...added, ...changed, ...removed].filter((name) => /ninjs|^wire\//.test(name)).sort();

  test('a word of the text: the file of the story', async () => {
    const newsroom = two();
    await press(newsroom);
    newsroom.put(file('a'), story({ headline: 'A' }, 'Another text.'));
    expect(wireOf(await press(newsroom))).toEqual([beside('a')]);
  });

  test('a correction: its file, the list of its day, and the list of days', async () => {
    const newsroom = two();
    await press(newsroom);
    newsroom.put(
      file('a'),
      story({ headline: 'A', corrections: [{ date: '2025-03-01', type: 'correction', text: 'No.' }] }),
    );
    expect(wireOf(await press(newsroom))).toEqual([beside('a'), day, 'wire/index.json']);
    expect((read(newsroom, day).stories as Json[])[0]).toMatchObject({ version: '2' });
  });

  test.each<[string, Record<string, unknown> | undefined]>([
    ['becomes a draft', { draft: true }],
    ['opts out', { wire: false }],
    ['is deleted', undefined],
  ])('a story that %s: its file and its day go', async (_, front) => {
    const newsroom = two();
    await press(newsroom);
    if (front) newsroom.put(file('a'), story({ headline: 'A', ...front }));
    else newsroom.remove('content/stories/2025/02/a');
    expect(wireOf(await press(newsroom))).toEqual([beside('a'), day, 'wire/index.json']);
    expect(wireFiles(newsroom)).toEqual([beside('b', '03'), 'wire/2025/03/02.json', 'wire/index.json']);
  });

  test('two stories that swap their addresses have each other’s files', async () => {
    const newsroom = paper({
      [file('a')]: story({ headline: 'A', slug: 'one' }),
      [file('b')]: story({ headline: 'B', slug: 'two' }),
    });
    await press(newsroom);
    newsroom.put(file('a'), story({ headline: 'A', slug: 'two' }));
    newsroom.put(file('b'), story({ headline: 'B', slug: 'one' }));
    await press(newsroom);
    expect(read(newsroom, beside('one'))).toMatchObject({ uri: 'tag:post.example,2026:2025/02/b' });
  });

  test('an embargo ends, and a withdrawal comes, by the time alone', async () => {
    const newsroom = paper({
      [file('a')]: story({ headline: 'A', embargo: '2025-06-02' }),
      [file('b')]: story({ headline: 'B', withdrawn: { date: '2025-06-02', reason: 'It was wrong.' } }),
    });
    await press(newsroom);
    expect([wireFiles(newsroom).includes(beside('a')), headlinesOf(newsroom)]).toEqual([false, ['B']]);
    await press(newsroom, '2025-06-03T12:00:00Z');
    expect(headlinesOf(newsroom)).toEqual(['A']);
    expect(read(newsroom, beside('b'))).toMatchObject({ pubStatus: 'canceled' });
  });

  test('`wire` is switched on and off', async () => {
    const newsroom = two();
    newsroom.put('content/site.yaml', siteYaml);
    await press(newsroom);
    const without = newsroom.dist();
    newsroom.put('content/site.yaml', wireYaml);
    await press(newsroom);
    expect(wireFiles(newsroom)).toHaveLength(5);
    newsroom.put('content/site.yaml', siteYaml);
    await press(newsroom);
    expect(newsroom.dist()).toEqual(without);
  });
});

test('a day is that of the time zone of the site', async () => {
  const newsroom = paper(
    {
      [file('a')]: story({ headline: 'Late', published: '2025-02-12T23:30:00Z' }),
      [file('b')]: story({ headline: 'Early', published: '2025-02-11T11:00:00Z' }),
    },
    wireYaml.replace('Europe/Dublin', 'Pacific/Kiritimati'),
  );
  await press(newsroom);
  expect(headlinesOf(newsroom, 'wire/2025/02/13.json')).toEqual(['Late']);
  expect(headlinesOf(newsroom, 'wire/2025/02/12.json')).toEqual(['Early']);
});

test('the list of days has the newest 31', async () => {
  const newsroom = paper();
  for (let i = 0; i < 40; i++)
    newsroom.put(file(`s${i}`, '01'), story({ published: new Date(Date.UTC(2025, 0, 1 + i)).toISOString() }));
  await press(newsroom);
  const days = (read(newsroom, 'wire/index.json').days as Json[]).map((one) => one.day);
  expect([days.length, days[0], days.at(-1)]).toEqual([31, '2025-02-09', '2025-01-10']);
});

describe('nothing else can be where a file of the wire is', () => {
  const problemsOf = async (newsroom: SmallNewsroom) => {
    const error = await newsroom.press().catch((thrown: unknown) => thrown);
    return error instanceof ProblemsError ? error.problems.map(({ rule, file: at }) => [rule, at]) : [];
  };
  test.each([
    ['public/wire/index.json', '{}'],
    ['public/wire/2025/02/12.json', '{}'],
    ['public/wire/2025', 'a file'],
    ['public/wire', 'a file'],
    ['public/2025/02/a/index.ninjs.json', '{}'],
  ])('%s', async (name, text) => {
    const newsroom = paper({ [file('a')]: story(), [name]: text });
    expect(await problemsOf(newsroom)).toEqual([['address-taken', name]]);
    // Without a wire, it is a file like any other.
    newsroom.put('content/site.yaml', siteYaml);
    expect(await problemsOf(newsroom)).toEqual([]);
    // And it is reported when the wire is switched on.
    newsroom.put('content/site.yaml', wireYaml);
    expect(await problemsOf(newsroom)).toEqual([['address-taken', name]]);
  });

  test('a section named wire can', async () => {
    const newsroom = paper(
      { [file('a')]: story({ section: 'wire' }) },
      wireYaml.replace('id: sport, title: Sport', 'id: wire, title: Wire'),
    );
    await press(newsroom);
    expect(newsroom.dist().has('wire/2025/02/index.html')).toBe(true);
    expect(headlinesOf(newsroom)).toHaveLength(1);
  });
});

test('a link in a text can lead to a file of the wire, and not to one that is missing', async () => {
  const newsroom = paper({
    [file('a')]: story(
      {},
      'See [the wire](/wire/index.json), [a day](/wire/2025/02/12.json), [a file](/2025/02/a/index.ninjs.json).',
    ),
  });
  expect((await press(newsroom)).warnings).toEqual([]);
  newsroom.put(
    file('b'),
    story({ wire: false }, 'See [a file](/2025/02/b/index.ninjs.json) and [a day](/wire/2025/02/13.json).'),
  );
  const { warnings } = await newsroom.press();
  expect(warnings.map(({ rule }) => rule)).toEqual(['link-dead', 'link-empty-list']);
});
