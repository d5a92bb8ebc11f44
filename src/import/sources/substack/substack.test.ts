import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { importExport, list, row } from './substack.fixture.ts';

test('a post with everything, and what is beside it', async () => {
  const { text, receipt, archive, again } = await importExport({
    'posts.csv': list(
      row({ title: 'The “storm” &amp; after', subtitle: 'What happened, and why.' }),
      row({ id: '102.calm', date: '2024-06-01T08:00:00Z', title: 'Calm' }),
      row({ id: '103.about', type: 'page', title: 'About us' }),
    ),
    'posts/101.storm.html':
      '<div class="captioned-image-container"><figure><a class="image-link image2" href="https://substackcdn.com/image/fetch/x/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com%2Fpublic%2Fimages%2Fboat.jpg"><img src="https://substackcdn.com/image/fetch/w_1456/https%3A%2F%2Fsubstack-post-media.s3.amazonaws.com%2Fpublic%2Fimages%2Fboat.jpg" alt="A boat"></a><figcaption class="image-caption">Out at sea. Photo: Cleo</figcaption></figure></div><p>See <a href="https://tides.substack.com/p/calm">this</a>.</p>',
    'posts/102.calm.html': '<p>Calm.</p>',
    'posts/103.about.html': '<p>We sail.</p>',
    'posts/101.opens.csv': 'email\nreader@example.org\n',
    'email_list.tides.csv': 'email\nreader@example.org\n',
    'images/boat.jpg': await picture(),
    'images/other.jpg': await picture(),
    'notes.bin': 'x',
  });
  expect(receipt.files).toMatchObject({ in: 3, stories: 2, pages: 1, drafts: 0, skipped: 0 });
  expect(text).toBe(`---
headline: The “storm” & after
standfirst: What happened, and why.
section: news
published: 2024-05-04T10:00:00Z
lead: { src: boat.jpg, alt: A boat, caption: Out at sea., credit: Cleo }
aliases: [/p/storm/]
---

See [this](story:2024/06/calm).
`);
  expect(receipt.others).toMatchObject({
    used: ['images/boat.jpg'],
    unused: ['images/other.jpg'],
    private: ['email_list.tides.csv', 'posts/101.opens.csv'],
    notUnderstood: ['notes.bin'],
  });
  expect(JSON.stringify(receipt)).not.toContain('reader@example.org');
  expect(existsSync(join(archive.root, 'site/content/pages/about.md'))).toBe(true);
  const second = await again();
  expect(second.files).toMatchObject({ written: 0, unchanged: 3 });
});

test('the same as a zip, with a folder around everything', async () => {
  const zip = zipOf([
    { name: 'export/posts.csv', data: list(row()) },
    { name: 'export/posts/101.storm.html', data: '<p><img src="boat.jpg" alt="A boat"></p><p>Text.</p>' },
    { name: 'export/email_list.tides.csv', data: 'email\nreader@example.org\n' },
    { name: 'export/images/boat.jpg', data: await picture() },
  ]);
  const { text, receipt, stories } = await importExport({ 'export.zip': zip });
  expect(receipt.files).toMatchObject({ in: 1, stories: 1 });
  expect(text).toContain('lead: { src: boat.jpg, alt: A boat }');
  expect(stories[0]?.files).toEqual(['boat.jpg', 'index.md']);
  expect(receipt.others.private).toEqual(['export/email_list.tides.csv']);
});

describe('what is not plainly public is a draft with its reason', () => {
  test.each([
    [{ audience: 'only_paid' }, 'only for paying subscribers'],
    [{ audience: 'only_free' }, 'only for subscribers who do not pay'],
    [{ audience: 'founding' }, 'only for founding members'],
    [{ audience: 'friends' }, 'only for some readers (audience: friends)'],
    [{ audience: '' }, 'posts.csv does not say who can read it'],
    [{ published: 'false' }, 'not published'],
    [{ published: 'FALSE' }, 'not published'],
    [{ published: '' }, 'not published'],
    [{ type: 'adhoc_email' }, 'sent by e-mail only'],
    [{ type: 'secret' }, 'its type in Substack is secret, which is not known'],
    [{ date: '' }, 'no date in the front matter or in the file name'],
    [{ date: '2024-02-31T10:00:00Z' }, 'no date in the front matter or in the file name'],
  ])('%j', async (more, reason) => {
    const { receipt, text } = await importExport({
      'posts.csv': list(row(more)),
      'posts/101.storm.html': '<p>Text.</p>',
    });
    expect(receipt.files).toMatchObject({ stories: 0, drafts: 1 });
    expect(receipt.drafts.map((draft) => draft.reason)).toEqual([reason]);
    expect(text).toContain('\ndraft: true\n');
  });

  test('a text that the list does not name', async () => {
    const { receipt } = await importExport({ 'posts.csv': list(), 'posts/9.lost.html': '<p>Text.</p>' });
    expect(receipt.drafts.map((draft) => draft.reason)).toEqual([
      'posts.csv does not list it, so it may never have been published',
    ]);
  });

  test.each([{ published: 'TRUE' }, { published: '1' }, { type: 'thread' }, { type: 'podcast' }, { type: '' }])(
    '%j is public',
    async (more) => {
      const { receipt } = await importExport({ 'posts.csv': list(row(more)), 'posts/101.storm.html': '<p>Text.</p>' });
      expect(receipt.files).toMatchObject({ stories: 1, drafts: 0 });
    },
  );
});

test('a podcast begins with a card for its sound, also if it has no text', async () => {
  const { stories } = await importExport({
    'posts.csv': list(
      row({ type: 'podcast', podcast: 'https://api.substack.example/feed/1.mp3' }),
      row({ id: '102.b', type: 'podcast', title: 'Other', podcast: 'https://api.substack.example/feed/2.mp3' }),
    ),
    'posts/101.storm.html': '<p>Notes.</p>',
  });
  expect(stories.map(({ text }) => text.slice(text.indexOf('\n---\n') + 6)).sort()).toEqual([
    '<Embed url="https://api.substack.example/feed/1.mp3" title="The storm" provider="api.substack.example" />\n\nNotes.\n',
    '<Embed url="https://api.substack.example/feed/2.mp3" title="Other" provider="api.substack.example" />\n',
  ]);
});

test('a private file is no document of a story that links to it', async () => {
  const { receipt, archive } = await importExport(
    {
      'posts.csv': list(row()),
      'posts/101.storm.html': '<p><a href="/email_list.tides.csv">Readers</a> <a href="/table.csv">Table</a></p>',
      'email_list.tides.csv': 'email\nreader@example.org\n',
    },
    { origin: 'https://tides.example' },
  );
  expect(receipt.others.private).toEqual(['email_list.tides.csv']);
  expect(existsSync(join(archive.root, 'site/public'))).toBe(false);
  expect(JSON.stringify(receipt.documents)).not.toContain('copied');
});

describe('bad input', () => {
  test('rows without a text, without anything, and the same one twice are kept aside; the others are imported', async () => {
    const { receipt, archive } = await importExport({
      'posts.csv': list(row(), row(), row({ id: '102.gone' }), row({ id: '103', title: '' }), row({ id: '' })),
      'posts/101.storm.html': '<p>Text.</p>',
    });
    expect(receipt.files).toMatchObject({ in: 5, stories: 1, skipped: 4 });
    expect(receipt.skipped.map(({ reason }) => reason).sort()).toEqual([
      'it has neither a title nor a text',
      'posts.csv contains the post 101.storm twice',
      'the export has no text for it (posts/102.gone.html)',
      'the export has no text for it (posts/?.html)',
    ]);
    const kept = receipt.skipped.find(({ reason }) => reason.includes('102.gone'))?.kept ?? '';
    expect(readFileSync(join(archive.root, 'site', kept), 'utf8')).toContain('"post_id": "102.gone"');
  });

  test('quotation marks that do not close: what came before is imported, and the texts become drafts', async () => {
    const { receipt } = await importExport({
      'posts.csv': `${list(row())}102.b,2024-01-01T00:00:00Z,true,,,newsletter,everyone,"Not closed`,
      'posts/101.storm.html': '<p>Text.</p>',
      'posts/102.b.html': '<p>Other.</p>',
    });
    expect(receipt.files).toMatchObject({ stories: 1, drafts: 1 });
    expect(JSON.stringify([receipt.notes, receipt.skipped])).toMatch(/not valid CSV/);
  });

  test.each([
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('%s', async (_, encode) => {
    const { text } = await importExport({
      'posts.csv': encode(list(row({ title: 'Café' }))),
      'posts/101.storm.html': encode('<p>Naïve.</p>'),
    });
    expect(text).toContain('headline: Café\n');
    expect(text).toContain('Naïve.');
  });

  test('columns that a spreadsheet has separated in its own way', async () => {
    const { text } = await importExport({
      'posts.csv': list(row({ title: 'One, two; three' }))
        .replaceAll(',', ';')
        .replace('One; two', 'One, two'),
      'posts/101.storm.html': '<p>Text.</p>',
    });
    expect(text).toContain('headline: One, two; three');
  });

  test('a post of 100 MB is kept aside without being read', async () => {
    const { receipt } = await importExport({
      'posts.csv': list(row(), row({ id: '102.b' })),
      'posts/101.storm.html': Buffer.alloc(100_000_000, 'word '),
      'posts/102.b.html': '<p>Text.</p>',
    });
    expect(receipt.skipped.map(({ reason }) => reason)).toEqual([
      'more than 2 MB of text, which is the limit for a story',
    ]);
    expect(receipt.files.stories).toBe(1);
  });

  test('a zip bomb, a damaged text, and names that lead outside of the zip', async () => {
    const zip = zipOf([
      { name: 'posts.csv', data: list(row(), row({ id: '102.b' }), row({ id: '103.c' })) },
      { name: 'posts/101.storm.html', data: Buffer.alloc(20_000_000) },
      { name: 'posts/102.b.html', data: '<p>More than it says.</p>', claims: 5 },
      { name: 'posts/103.c.html', data: '<p>Text.</p>' },
      { name: '../../posts/104.d.html', data: '<p>Outside.</p>' },
      { name: '/etc/105.html', data: '<p>Outside.</p>' },
    ]);
    const { receipt, archive, notes } = await importExport({ 'export.zip': zip });
    expect(receipt.files).toMatchObject({ in: 3, stories: 1, skipped: 2 });
    expect(receipt.skipped.map(({ reason }) => reason).sort()).toEqual([
      'its part posts/102.b.html is larger than it claims',
      'more than 2 MB of text, which is the limit for a story',
    ]);
    expect(notes).toContain('its name leads outside of the zip, so it is not read');
    expect(existsSync(join(archive.root, '../posts'))).toBe(false);
  });

  test('no export of Substack', async () => {
    await expect(importExport({ 'posts.csv': 'id,title\n1,x\n' })).rejects.toThrow('is not a Substack export');
    await expect(importExport({ 'a.txt': 'x' })).rejects.toThrow('is not a Substack export');
    await expect(importExport({ 'export.zip': 'PK\x03\x04 cut' })).rejects.toThrow('cannot be unpacked');
  });
});
