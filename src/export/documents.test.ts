import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { expect, test, vi } from 'vitest';
import { validateNinjs } from '../import/sources/ninjs/validate.ts';
import { sharedCache, smallNewsroom, story, walk } from '../press/small-newsroom.fixture.ts';
import { exportNewsroom } from './export.ts';
import type { ExportKind } from './export-options.ts';
import { fullNewsroom, at as time } from './full-newsroom.fixture.ts';
import { temporaryFolder } from './round-trip.fixture.ts';

vi.setConfig({ testTimeout: 240_000 });

const now = Date.parse(time);

async function exported(kind: ExportKind, site: string, name: string, isPublicOnly = false): Promise<string> {
  const out = join(temporaryFolder(), name);
  await exportNewsroom({ kind, site, out, cache: sharedCache, now, clock: Date.now(), isPublicOnly });
  return out;
}

/** Texts that end sections of character data, elements, or comments, and characters that XML forbids. */
const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(']]>', ']]]]><![CDATA[>', '<b>', '&amp;', '&', '"', '-->', '<!-- wp:x -->', '[caption]', 'Größe'),
      fc.constantFrom('日本語', '\u{1F600}', 'e\u0301', '%%title%%', "'", '</item>', '{', '`'),
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => `x ${parts.join(' ')} y`.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' '));

test('any story is valid ninjs 3.1 and well-formed WXR, and its texts come out as they went in', async () => {
  const samples = fc.sample(fc.tuple(oddText, oddText, oddText), { numRuns: 40, seed: 20261127 });
  const newsroom = smallNewsroom(
    Object.fromEntries(
      samples.map(([headline, standfirst, words], at) => [
        `content/stories/2025/02/story-${at}.md`,
        story(
          { headline, standfirst, note: `${words} ]]> z`, topics: [`Topic ${at}`, 'C++'] },
          `\`\`\`\n${words.replaceAll('`', "'")}\n\`\`\``,
        ),
      ]),
    ),
  );
  const folder = await exported('ninjs', newsroom.site, 'wire');
  const items = walk(folder).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>);
  expect(items).toHaveLength(samples.length);
  for (const item of items) expect(await validateNinjs(item)).toEqual({ version: '3.1' });

  const file = await exported('wxr', newsroom.site, 'paper.xml');
  if (existsSync('/usr/bin/xmllint')) execFileSync('/usr/bin/xmllint', ['--noout', file]);
  const text = readFileSync(file, 'utf8');
  const { channel } = new XMLParser({ ignoreAttributes: false, trimValues: false }).parse(text).rss;
  expect(channel.item).toHaveLength(samples.length);
  // The field of our own is JSON, in which nothing is escaped as HTML.
  for (const { 'wp:postmeta': meta } of channel.item) {
    const own = [meta].flat().find((each: Record<string, string>) => each['wp:meta_key'] === '_broadsheet');
    expect(JSON.parse(own['wp:meta_value']).note).toMatch(/\]\]> z$/);
  }
  // WordPress's reader without an XML parser finds the same with these two patterns.
  for (const item of text.split('<item>').slice(1)) {
    const raw = /<content:encoded.*?>(.*?)<\/content:encoded>/is.exec(item)?.[1] ?? '';
    const joined = [...raw.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, part]) => part).join('');
    expect(channel.item.map((each: Record<string, string>) => each['content:encoded'])).toContain(joined);
  }
});

test('with --public, neither export contains anything that readers cannot see', async () => {
  const { site } = await fullNewsroom();
  const places = [
    await exported('wxr', site, 'wordpress', true),
    await exported('wxr', site, 'paper.xml', true),
    await exported('ninjs', site, 'wire', true),
    await exported('ninjs', site, 'wire.ndjson', true),
  ];
  for (const place of places) {
    const files = existsSync(join(place, '.')) && !/\.(?:xml|ndjson)$/.test(place) ? walk(place) : [place];
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const text = readFileSync(path).toString('latin1');
      expect([path, /hush|hidden-one|September/i.exec(path.slice(place.length) + text)?.[0]]).toEqual([
        path,
        undefined,
      ]);
    }
  }
  // Without it, they do.
  const all = readFileSync(await exported('wxr', site, 'all.xml'), 'utf8');
  expect(all).toMatch(/Hush/);
  expect(all.match(/<wp:status><!\[CDATA\[(?:draft|future|private)/g)).toHaveLength(5);
});

test('an export is the same twice, and another story changes no number', async () => {
  const newsroom = smallNewsroom({
    'content/stories/2025/02/a.md': story(),
    'content/stories/2025/02/c.md': story({ headline: 'Third' }),
  });
  const idsIn = async () =>
    Object.fromEntries(
      [
        ...readFileSync(await exported('wxr', newsroom.site, 'paper.xml'), 'utf8').matchAll(
          /<wp:post_id>(\d+)<[\s\S]*?<wp:post_name><!\[CDATA\[(.*?)\]\]>/g,
        ),
      ].map(([, id, name]) => [name, id]),
    );
  const before = await idsIn();
  newsroom.put('content/stories/2025/02/b.md', story({ headline: 'Second' }));
  expect(await idsIn()).toMatchObject(before);
  expect(readdirSync(newsroom.site)).not.toContain('paper.xml');
});
