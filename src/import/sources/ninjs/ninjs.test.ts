import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importArchive } from '../../import.ts';
import { detectKind } from '../../open-source.ts';
import { picture, smallArchive } from '../../small-archive.fixture.ts';
import { validateNinjs } from './validate.ts';

const item = (more: object): object => ({
  uri: 'urn:example:1',
  type: 'text',
  version: '1',
  firstCreated: '2024-05-01T08:00:00Z',
  versionCreated: '2024-05-01T09:30:00Z',
  pubStatus: 'usable',
  language: 'en-IE',
  by: 'Ann Example and Bo Sample',
  located: 'Galway',
  headlines: [{ role: 'main', value: 'Harbour reopens' }],
  descriptions: [{ role: 'lead', value: 'Boats are back.' }],
  bodies: [{ role: 'html', contentType: 'text/html', value: '<p>The harbour is <b>open</b>.</p>' }],
  ...more,
});

async function importItems(files: Record<string, object | string | Uint8Array>) {
  const archive = smallArchive(
    Object.fromEntries(
      Object.entries(files).map(([name, value]) => [
        name,
        typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value),
      ]),
    ),
  );
  const receipt = await importArchive('ninjs', {
    source: join(archive.root, 'in'),
    site: join(archive.root, 'site'),
    permalinks: [],
    dryRun: false,
  });
  return { ...archive, receipt };
}

test('a text of an agency becomes a story with every field', async () => {
  const { story, receipt } = await importItems({
    'a.json': item({ subjects: [{ name: 'The sea' }, { name: 'Ports' }] }),
  });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1, skipped: 0 });
  const text = story('2024/05/harbour-reopens');
  for (const line of [
    'headline: Harbour reopens',
    'standfirst: Boats are back.',
    'section: sea',
    'dateline: Galway',
    'language: en-IE',
    'The harbour is **open**.',
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/Ann Example[\s\S]*Bo Sample/);
  expect(text).toMatch(/published: .*2024-05-01T08:00:00Z/);
  expect(text).toMatch(/updated: .*2024-05-01T09:30:00Z/);
  expect(text).toMatch(/topics:[\s\S]*Ports/);
});

test('version 1.3 has other names for the same things', async () => {
  const { story } = await importItems({
    'a.json': {
      uri: 'urn:example:1',
      versioncreated: '2024-05-01T09:30:00Z',
      pubstatus: 'usable',
      byline: 'Ann Example',
      headline: 'Harbour reopens',
      description_text: 'Boats are back.',
      body_text: 'Harbour reopens\nAnn Example\nFirst line.\nSecond line.',
    },
  });
  const text = story('2024/05/harbour-reopens');
  expect(text).toContain('standfirst: Boats are back.');
  expect(text).toMatch(/---\n\nFirst line\.\n\nSecond line\.\n$/);
});

test.each([
  ['withheld', { pubStatus: 'withheld' }, 'pubStatus: withheld'],
  ['cancelled', { pubStatus: 'canceled' }, 'pubStatus: canceled'],
])('an item that is %s becomes a draft', async (_, more, reason) => {
  const { receipt, story } = await importItems({ 'a.json': item(more) });
  expect(receipt.files).toMatchObject({ in: 1, stories: 0, drafts: 1 });
  expect(receipt.drafts[0]?.reason).toContain(reason);
  expect(story('2024/05/harbour-reopens')).toContain('draft: true');
});

test.each([
  ['embargoed', 'contentcreated'],
  ['embargoedUntil', 'contentCreated'],
])('an embargo in %s is kept', async (key, created) => {
  const { story } = await importItems({
    'a.json': {
      ...{ uri: 'urn:example:1', headlines: [{ role: 'main', value: 'Harbour reopens' }] },
      bodies: [{ role: 'text', value: 'The harbour is open.' }],
      ...{ [created]: '2024-05-01T09:30:00Z', [key]: '2031-05-02T10:00:00+02:00' },
    },
  });
  expect(story('2024/05/harbour-reopens')).toMatch(/embargo: .*2031-05-02T10:00:00\+02:00/);
});

test('pictures come with their caption and credit, from beside the item', async () => {
  const { stories, list, receipt } = await importItems({
    'a.json': item({
      associations: [
        {
          name: 'second',
          uri: 'urn:example:p2',
          type: 'picture',
          by: 'Cy Photo/TT',
          descriptions: [{ role: 'caption', value: 'A rope.' }],
          renditions: [{ name: 'r', contentType: 'image/jpeg', href: 'https://cdn.example/x/rope.jpg', width: 100 }],
        },
        {
          name: 'featured',
          uri: 'urn:example:p1',
          type: 'picture',
          copyrightHolder: 'Di Photo',
          usageTerms: 'Not for use after 2030.',
          descriptions: [{ role: 'caption', value: 'The harbour.' }],
          renditions: [
            { name: 'small', contentType: 'image/jpeg', href: 'https://cdn.example/x/small.jpg', width: 10 },
            { name: 'large', contentType: 'image/jpeg', href: 'https://cdn.example/x/harbour.jpg', width: 4000 },
          ],
        },
      ],
    }),
    'harbour.jpg': await picture(),
    'rope.jpg': await picture(),
    'left-over.jpg': await picture(),
  });
  expect(list()).toEqual([
    '2024/05/harbour-reopens/harbour.jpg',
    '2024/05/harbour-reopens/index.mdx',
    '2024/05/harbour-reopens/rope.jpg',
  ]);
  const text = readFileSync(join(stories, '2024/05/harbour-reopens/index.mdx'), 'utf8');
  expect(text).toMatch(/lead:[\s\S]*src: harbour\.jpg[\s\S]*caption: The harbour\.[\s\S]*credit: Di Photo/);
  expect(text).toContain('rope.jpg');
  expect(text).toContain('A rope.');
  expect(text).toContain('Cy Photo/TT');
  expect(receipt.notes.map(({ note }) => note)).toContainEqual(expect.stringContaining('Not for use after 2030.'));
  expect(receipt.others).toMatchObject({ unused: ['left-over.jpg'] });
});

test('only the newest version of an item becomes a story, and the others say which one did', async () => {
  const { receipt, story } = await importItems({
    'new.json': item({ version: '10', headlines: [{ role: 'main', value: 'Harbour reopens, at last' }] }),
    'old.json': item({ version: '9' }),
  });
  expect(receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
  expect(receipt.skipped[0]).toMatchObject({ file: 'old.json', reason: 'new.json has a newer version of it' });
  expect(story('2024/05/harbour-reopens-at-last')).toContain('Harbour reopens, at last');
});

test('what is not a story is skipped with its reason, and the others are imported', async () => {
  const { receipt } = await importItems({
    'a.json': item({}),
    'broken.json': '{ "uri": "urn:x", ',
    'empty.json': '',
    'event.json': { uri: 'urn:example:e', type: 'event', title: 'A meeting' },
    'list.json': [item({ uri: 'urn:example:7', headlines: [{ role: 'main', value: 'Seventh' }] }), 7],
    'wrong.json': { uri: 'urn:example:w', colour: 'red' },
    'notes.txt': 'Hello',
  });
  const reasons = Object.fromEntries(receipt.skipped.map(({ file, reason }) => [file, reason]));
  expect(receipt.files).toMatchObject({ in: 7, stories: 2, skipped: 5 });
  expect(reasons['broken.json']).toMatch(/^not valid JSON/);
  expect(reasons['empty.json']).toBe('empty');
  expect(reasons['event.json']).toContain('event');
  expect(reasons['list.json#2']).toMatch(/^not valid ninjs/);
  expect(reasons['wrong.json']).toContain('colour');
  expect(receipt.others.notUnderstood).toEqual(['notes.txt']);
});

const suite = join(import.meta.dirname, '../../../../../shared/data/ninjs/test_suite/3.0');

test('the suite of IPTC passes and fails as it should', async (context) => {
  if (!existsSync(suite)) return context.skip('not run: needs ../shared/data/ninjs');
  for (const kind of ['should_pass', 'should_fail'])
    for (const name of readdirSync(join(suite, kind))) {
      const value: unknown = JSON.parse(readFileSync(join(suite, kind, name), 'utf8'));
      // A file of the failing part is valid in an older version, which had no limit.
      if (name === '006_bad_urgency.json') continue;
      expect({ name, isValid: 'version' in (await validateNinjs(value)) }).toEqual({
        name,
        isValid: kind === 'should_pass',
      });
    }
});

test('a file of an agency is recognised, and other JSON is not', () => {
  const { root } = smallArchive({
    'ninjs.json': JSON.stringify(item({})),
    'old.json': JSON.stringify([{ uri: 'urn:x', body_html: '<p>x</p>' }]),
    'other.json': JSON.stringify({ uri: 'x', name: 'a menu' }),
    'g2.xml': '<?xml version="1.0"?>\n<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="x"/>',
    'rss.xml': '<?xml version="1.0"?><rss/>',
  });
  const kinds = ['ninjs.json', 'old.json', 'other.json', 'g2.xml', 'rss.xml'].map((name) =>
    detectKind(join(root, 'in', name)),
  );
  expect(kinds).toEqual(['ninjs', 'ninjs', undefined, 'newsml', undefined]);
});

test('a picture that the text shows itself is not shown twice', async () => {
  const { story, stories } = await importItems({
    'a.json': item({
      bodies: [
        {
          role: 'html',
          contentType: 'text/html',
          value: '<p>One.</p><figure><img src="https://cdn.example/x/small.jpg"></figure><p>Two.</p>',
        },
      ],
      associations: [
        {
          name: 'a001',
          uri: 'urn:example:p1',
          type: 'picture',
          by: 'Di Photo',
          descriptions: [{ role: 'caption', value: 'The harbour.' }],
          renditions: [
            { name: 'small', contentType: 'image/jpeg', href: 'https://cdn.example/x/small.jpg', width: 10 },
            { name: 'large', contentType: 'image/jpeg', href: 'https://cdn.example/x/harbour.jpg', width: 4000 },
          ],
        },
      ],
    }),
  });
  const path = join(stories, '2024/05/harbour-reopens/index.mdx');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : story('2024/05/harbour-reopens');
  expect(text.match(/cdn\.example/g)).toHaveLength(1);
  expect(text).toMatch(/One\.[\s\S]*Di Photo[\s\S]*Two\./);
});

test.each([
  ['a heading', '<h1>Harbour reopens</h1><p>The harbour is open.</p>'],
  ['a heading below a label', '<p>NEWS</p><h2>Harbour  reopens</h2><p>The harbour is open.</p>'],
  [
    'a heading in its own part',
    '<article><header><h1><b>Harbour reopens</b></h1></header><p>The harbour is open.</p></article>',
  ],
  ['a bold paragraph', '<p><strong>Harbour reopens</strong></p><p>The harbour is open.</p>'],
  ['a paragraph', '<p>Harbour reopens</p><p>The harbour is open.</p>'],
  ['a paragraph with its class', '<p class="headline">Harbour reopens.</p><p>The harbour is open.</p>'],
])('a headline that HTML repeats above the text goes: %s', async (_, value) => {
  const { story } = await importItems({
    'a.json': item({ bodies: [{ role: 'html', contentType: 'text/html', value }] }),
  });
  const body = story('2024/05/harbour-reopens').replace(/^---[\s\S]*?\n---\n/, '');
  expect(body).not.toMatch(/reopens/);
  expect(body).toContain('The harbour is open.');
});
