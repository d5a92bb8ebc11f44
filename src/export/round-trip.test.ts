import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { fullNewsroom, at as time } from './full-newsroom.fixture.ts';
import { movedBy, survivorsOf } from './round-trip.fixture.ts';

vi.setConfig({ testTimeout: 240_000 });

const demo = join(import.meta.dirname, '../..');

test.each(['wxr', 'ninjs'] as const)('the demo newsroom survives an export as %s and an import of it', async (kind) => {
  const before = await survivorsOf(demo);
  const { site, receipt } = await movedBy(kind, demo);
  expect(receipt.skipped).toEqual([]);
  const after = await survivorsOf(site);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [address, story] of before) expect({ address, ...after.get(address) }).toEqual({ address, ...story });
});

test.each(['wxr', 'ninjs'] as const)('a newsroom with everything survives an export as %s', async (kind) => {
  const { site: from } = await fullNewsroom();
  const now = Date.parse(time);
  const before = await survivorsOf(from, now);
  const { site, receipt } = await movedBy(kind, from, { now });
  expect(receipt.skipped).toEqual([]);
  const after = await survivorsOf(site, now);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [address, story] of before) expect({ address, ...after.get(address) }).toEqual({ address, ...story });
});

test.each(['wxr', 'ninjs', 'markdown'] as const)('an imported archive survives an export as %s', async (kind) => {
  const { smallArchive, picture } = await import('../import/small-archive.fixture.ts');
  const { importArchive } = await import('../import/import.ts');
  const { post, wxr } = await import('../import/sources/wordpress/wxr.fixture.ts');
  const archive = smallArchive({
    'export.xml': wxr(
      [
        post({
          id: 7,
          type: 'attachment',
          title: 'boat',
          url: 'https://old.example/wp-content/uploads/2019/05/boat.jpg',
          excerpt: 'The boat. (Photo: Cy)',
          meta: { _wp_attachment_image_alt: 'A boat' },
        }),
        post({
          id: 1,
          creator: 'ann.lee',
          excerpt: 'It sailed.',
          content:
            '<p>One <em>two</em> <a href="https://old.example/2019/05/04/story-2/">three</a>.</p><figure><img src="https://old.example/wp-content/uploads/2019/05/lost.jpg" alt="A wreck"><figcaption>Lost <cite>Agency</cite></figcaption></figure><blockquote><p>We were lucky.</p><cite>Ann</cite></blockquote><ul><li>a</li><li>b</li></ul>',
          terms:
            '<category domain="category" nicename="sport"><![CDATA[Sport]]></category><category domain="post_tag" nicename="boats"><![CDATA[Boats]]></category>',
          meta: { _thumbnail_id: '7' },
        }),
        post({ id: 2, creator: 'boek', status: 'draft', content: '<p>Later &amp; <b>more</b>.</p>' }),
      ].join('\n'),
    ),
    'wp-content/uploads/2019/05/boat.jpg': await picture(),
  });
  const from = join(archive.root, 'site');
  await importArchive('wordpress', {
    source: join(archive.root, 'in/export.xml'),
    site: from,
    permalinks: [],
    dryRun: false,
  });
  const before = await survivorsOf(from);
  expect(before.size).toBe(2);
  const { site, receipt } = await movedBy(kind, from);
  expect(receipt.skipped).toEqual([]);
  const after = await survivorsOf(site);
  for (const [address, story] of before) expect({ address, ...after.get(address) }).toEqual({ address, ...story });
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
});
