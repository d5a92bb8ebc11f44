import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from '../../small-archive.fixture.ts';
import { attachment, post, term, wxr } from './wxr.fixture.ts';

async function importFile(data: string | Uint8Array, files: Record<string, string | Uint8Array> = {}) {
  const archive = smallArchive({ 'export.xml': data, ...files });
  const receipt = await archive.runAs('wordpress', 'export.xml', { publicFolder: join(archive.root, 'in') });
  expect(receipt.files.in).toBe(
    receipt.files.stories + receipt.files.pages + receipt.files.drafts + receipt.files.skipped,
  );
  expect(await contractProblems(archive.stories)).toEqual([]);
  const kept = (at: number) => readFileSync(join(archive.root, 'site', receipt.skipped[at]?.kept ?? ''), 'utf8');
  return { archive, receipt, kept };
}

describe('a file that ends too early', () => {
  const whole = wxr(post({ id: 1 }) + post({ id: 2, content: 'Second text.' }));

  test('in the middle of an item: it is kept aside, and what came before it is imported', async () => {
    const { receipt, kept } = await importFile(whole.slice(0, whole.indexOf('Second text')));
    expect(receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
    expect(receipt.skipped[0]?.reason).toBe('the file ends in the middle of it');
    expect(kept(0)).toContain('<title>Story 2</title>');
    expect(receipt.notes.map(({ note }) => note)).toContain(
      'the file ends in the middle of the export; everything before its end is imported',
    );
  });

  test('between two items', async () => {
    const { receipt } = await importFile(whole.slice(0, whole.indexOf('</item>') + 7));
    expect(receipt.files).toMatchObject({ in: 1, stories: 1, skipped: 0 });
    expect(receipt.notes.map(({ note }) => note)).toContain(
      'the file ends in the middle of the export; everything before its end is imported',
    );
  });

  test('a whole one is not said to be cut', async () => {
    const { receipt } = await importFile(whole);
    expect(receipt.notes).toEqual([]);
  });
});

test('at whatever place the file ends, what came before is imported, and the sums are right', async () => {
  const whole = wxr(
    post({ id: 1 }) + post({ id: 2, terms: term('category', 'Sea') }) + post({ id: 3, meta: { a: 'b' } }),
  );
  const step = Math.ceil(whole.length / 40);
  for (let end = whole.indexOf('<wp:author>'); end < whole.length; end += step) {
    const { receipt } = await importFile(whole.slice(0, end));
    expect(receipt.files.stories).toBe([...whole.slice(0, end).matchAll(/<\/item>/g)].length);
  }
});

test('not XML, or another kind of XML, is refused', async () => {
  await expect(importFile('<feed><entry/></feed>')).rejects.toThrow('is not a WordPress export');
  await expect(importFile('Just text')).rejects.toThrow('is not a WordPress export');
  await expect(importFile(await picture())).rejects.toThrow('is not a WordPress export');
});

describe('XML that is not quite XML', () => {
  test('a bare &, an unknown entity, and a control character', async () => {
    const { archive } = await importFile(
      wxr(post({ title: 'X' })).replace('<title>X</title>', '<title>Bed & breakfast &nbsp;\u0001 R&D</title>'),
    );
    expect(archive.story('2019/05/story-1')).toContain('headline: Bed & breakfast R&D\n');
  });

  test('an entity bomb and an external entity are not expanded', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    const { archive } = await importFile(
      wxr(post({ title: 'X' }))
        .replace('<rss', `${bomb}<rss`)
        .replace('<title>X</title>', '<title>A &j; &file; B</title>'),
    );
    const story = archive.story('2019/05/story-1');
    expect(story).not.toContain('lol');
    expect(story).not.toContain('root:');
  });

  test('</item> and <item> in a text', async () => {
    const { receipt, archive } = await importFile(
      wxr(post({ content: 'Write <code>&lt;item&gt;</code> and </item><item> here ]]> end' }) + post({ id: 2 })),
    );
    expect(receipt.files.stories).toBe(2);
    expect(archive.story('2019/05/story-1')).toContain('here ]]> end');
  });
});

describe('encodings', () => {
  const text = wxr(post({ content: 'Café “naïve” €' }));
  const latin = (source: string) =>
    Buffer.from(source.replace('UTF-8', 'ISO-8859-1').replace('€', '').replace(/[“”]/g, '"'), 'latin1');
  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little-endian', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['Latin-1, declared', latin(text)],
    ['windows-1252, declared as UTF-8', Buffer.from(text.replace(/[“”€]/g, 'é'), 'latin1')],
    [
      'both in one file',
      Buffer.concat([
        Buffer.from(wxr(post({ id: 2, content: 'Café' })).split('</channel>')[0] ?? ''),
        Buffer.from(`${post({ content: 'Café na\u00efve' })}</channel></rss>`, 'latin1'),
      ]),
    ],
  ])('%s', async (_, bytes) => {
    const { archive } = await importFile(bytes);
    expect(archive.story('2019/05/story-1')).toMatch(/Café ["“é]?na\u00efve/);
  });
});

test('a post above 2 MB is kept aside as it was, and the others are imported', async () => {
  const { receipt, kept } = await importFile(
    wxr(post({ id: 1, content: `<p>${'word '.repeat(500_000)}</p>` }) + post({ id: 2 })),
  );
  expect(receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
  expect(receipt.skipped[0]?.reason).toContain('more than 2 MB of text');
  expect(kept(0).replaceAll(']]><![CDATA[', '')).toContain('word '.repeat(1000));
  expect(kept(0).length).toBeGreaterThan(2_500_000);
});

test('other prefixes for the same namespaces', async () => {
  const written = wxr(post({ content: 'The text.' }));
  const renamed = written.replace(/(<\/?|xmlns:)wp(?=[:=])/g, '$1w').replace(/(<\/?|xmlns:)content(?=[:=])/g, '$1c');
  const { archive } = await importFile(renamed);
  expect(archive.story('2019/05/story-1')).toContain('The text.');
});

test('nested 5,000 deep', async () => {
  const { archive } = await importFile(wxr(post({ content: `${'<div>'.repeat(5000)}Deep words` })));
  expect(archive.story('2019/05/story-1')).toContain('Deep words');
});

test('the same id twice: the first is imported, and the second is kept aside', async () => {
  const { receipt } = await importFile(wxr(post({ id: 1 }) + post({ id: 1, slug: 'other' })));
  expect(receipt.skipped.map(({ reason }) => reason)).toEqual(['the export contains the item with the id 1 twice']);
});

test('nothing outside of the given folders is read or written, whatever an attachment or a post is called', async () => {
  const { archive, receipt } = await importFile(
    wxr(
      post({
        slug: '../../../etc/x',
        content: '<img src="https://old.example/wp-content/uploads/../../secret.jpg" alt="s">',
        meta: { _thumbnail_id: '8' },
      }) +
        attachment(8, '../../../secret.jpg') +
        post({ id: 2, type: 'page', slug: '..%2f..%2fx', title: 'Y' }),
    ),
  );
  archive.put('secret.jpg', await picture());
  expect(receipt.pictures.copied).toBe(0);
  expect(existsSync(join(archive.root, 'site/etc'))).toBe(false);
  expect(archive.list()).toEqual(['2019/05/x/index.mdx']);
});

test('cycles of categories, of pages, and of attachments end', async () => {
  const head =
    '<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>a</wp:category_nicename><wp:category_parent>b</wp:category_parent><wp:cat_name>A</wp:cat_name></wp:category><wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent><wp:cat_name>B</wp:cat_name></wp:category>';
  const { receipt } = await importFile(
    wxr(
      post({ parent: 1, terms: term('category', 'A', 'a') }) +
        attachment(8, 'a.jpg', { parent: 8, meta: { _thumbnail_id: '8' } }),
      head,
    ),
  );
  expect(receipt.files.stories).toBe(1);
});
