import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { importArchive } from '../import/import.ts';
import { picture, smallArchive } from '../import/small-archive.fixture.ts';
import { attachment, post, term, wxr } from '../import/sources/wordpress/wxr.fixture.ts';
import { publish } from '../press/publish.ts';
import { sharedCache, walk } from '../press/small-newsroom.fixture.ts';
import { isManifestFile } from '../site/manifest.ts';
import { at, movedBy } from './round-trip.fixture.ts';

// An imported archive that is exported as Markdown and imported again gives the same site, byte by byte.

vi.setConfig({ testTimeout: 240_000 });

/** The files of the site that a newsroom publishes, by name. */
async function siteOf(site: string): Promise<Map<string, string>> {
  const dist = join(site, 'dist');
  await publish({ site, dist, cache: sharedCache, now: at, clock: at });
  return new Map(
    walk(dist)
      .map((file): [string, string] => [file.slice(dist.length + 1), readFileSync(file, 'latin1')])
      .filter(([file]) => !isManifestFile(file)),
  );
}

async function wordpress() {
  const body =
    '<p>One <em>two</em> <a href="https://old.example/2019/05/story-2/">three</a> &amp; 4 &lt; 5, see <a href="https://old.example/wp-content/uploads/2019/05/report.pdf">the report</a>.</p>' +
    '<figure><img src="https://old.example/wp-content/uploads/2019/05/lost.jpg" alt="A wreck"><figcaption>Lost <cite>Agency</cite></figcaption></figure>' +
    '<figure><img src="https://old.example/wp-content/uploads/2019/05/quay.jpg" alt="A quay"><figcaption>The quay. (Photo: Cy Ng)</figcaption></figure>' +
    '<blockquote class="pull-quote"><p>We were lucky.</p><cite>Ann</cite></blockquote><ul><li>a</li><li>b</li></ul>' +
    '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><pre><code>x {y} \\z</code></pre>' +
    '<p>Note<sup><a id="r1" href="#n1">1</a></sup></p><ol><li id="n1">Of it. <a href="#r1">↩</a></li></ol>';
  return smallArchive({
    'export.xml': wxr(
      [
        attachment(7, '2019/05/boat.jpg', {
          excerpt: 'The boat. (Photo: Cy)',
          meta: { _wp_attachment_image_alt: 'A boat' },
        }),
        post({
          id: 1,
          title: 'Boats & more: “quoted”',
          excerpt: 'It sailed.',
          content: body,
          terms: term('category', 'Sea') + term('post_tag', 'Boats'),
          meta: { _thumbnail_id: '7' },
        }),
        post({ id: 2, creator: 'boek', content: '<p>Later &amp; <b>more</b>.</p>', modified: '2019-06-01 10:00:00' }),
        post({ id: 3, status: 'draft', title: 'Hidden', content: '<p>Hidden.</p>' }),
        post({ id: 4, type: 'page', title: 'About', slug: 'about', content: '<h2>Us</h2><p>We print.</p>' }),
        post({ id: 5, status: 'future', date: '2031-05-04 10:00:00', title: 'Later', content: '<p>Not yet.</p>' }),
      ].join('\n'),
    ),
    'wp-content/uploads/2019/05/boat.jpg': await picture(),
    'wp-content/uploads/2019/05/quay.jpg': Buffer.concat([await picture(), Buffer.from('2')]),
    'wp-content/uploads/2019/05/report.pdf': '%PDF-1.4\n%%EOF\n',
  });
}

async function jekyll() {
  return smallArchive({
    '_config.yml': 'url: https://old.example\npermalink: pretty\n',
    '_data/authors.yml': 'ann: { name: Ann Lee, bio: She sails. }\n',
    '_posts/2015-03-04-harbour.md':
      '---\ntitle: "Harbour: <em>open</em>"\nauthor: ann\ntags: [ships, "C++"]\ncategory: sea\nimage: { src: /img/boat.jpg, alt: A boat, caption: Out at sea }\nupdated: 2015-03-06\n---\n\nOne.[^1] [next]({% post_url 2015-03-05-next %})\n\n![A quay](/img/quay.jpg "The quay")\n\n{% youtube abcdefghijk %}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n[^1]: A note.\n',
    '_posts/2015-03-05-next.md':
      '---\ntitle: Next\n---\n\n<details><summary>More</summary>Words</details>\n\nSee [the file](/files/x.pdf).\n',
    '_drafts/soon.md': '---\ntitle: Soon\n---\nSoon.\n',
    'img/boat.jpg': await picture(),
    'img/quay.jpg': Buffer.concat([await picture(), Buffer.from('2')]),
    'files/x.pdf': '%PDF-1.4\n%%EOF\n',
  });
}

test.each([
  ['wordpress', 'export.xml', wordpress],
  ['markdown', '', jekyll],
] as const)('an imported archive of %s', async (kind, file, make) => {
  const archive = await make();
  const from = join(archive.root, 'site');
  const options = { site: from, permalinks: [], dryRun: false, publicFolder: join(archive.root, 'in') };
  const first = await importArchive(kind, { source: join(archive.root, 'in', file), ...options });
  expect(first.skipped).toEqual([]);
  const before = await siteOf(from);
  expect([...before.keys()].filter((name) => name.endsWith('index.html')).length).toBeGreaterThan(3);
  const { site, receipt } = await movedBy('markdown', from);
  expect(receipt.skipped).toEqual([]);
  expect(receipt.files.in).toBe(first.files.stories + first.files.pages + first.files.drafts);
  const after = await siteOf(site);
  expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
  for (const [name, bytes] of before) expect(after.get(name) === bytes, name).toBe(true);
  // What comes back can be exported again, with the same result.
  const again = await movedBy('markdown', site);
  const files = (folder: string) =>
    walk(folder).map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')]);
  expect(files(join(again.site, 'content'))).toEqual(files(join(site, 'content')));
});

test('a site that differs in one byte is found', async () => {
  const archive = await jekyll();
  const from = join(archive.root, 'site');
  await importArchive('markdown', { source: join(archive.root, 'in'), site: from, permalinks: [], dryRun: false });
  const other = join(archive.root, 'other');
  cpSync(join(from, 'content'), join(other, 'content'), { recursive: true });
  const story = join(other, 'content/stories/2015/03/next/index.md');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(story, readFileSync(story, 'utf8').replace('More', 'Mores'));
  const [before, after] = [await siteOf(from), await siteOf(other)];
  expect([...before].filter(([name, bytes]) => after.get(name) !== bytes).map(([name]) => name)).toContain(
    '2015/03/next/index.html',
  );
});
