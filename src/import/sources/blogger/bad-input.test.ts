import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { backup, entry, importBackup, taken, takeout } from './blogger.fixture.ts';

const whole = backup(
  entry({ id: '1' }),
  entry({ id: '2', title: 'B', content: 'Second text.' }),
  entry({ id: '3', title: 'C' }),
);

test('at whatever place the file ends, what came before is imported, and the sums are right', async () => {
  const step = Math.ceil(whole.length / 12);
  for (let end = whole.indexOf('</entry>') + 8; end < whole.length; end += step) {
    const cut = whole.slice(0, end);
    const { receipt } = await importBackup(cut);
    expect(receipt.files.stories).toBe([...cut.matchAll(/<\/entry>/g)].length);
    expect(receipt.notes.map(({ note }) => note)).toContain(
      'the file ends in the middle of the export; everything before its end is imported',
    );
  }
});

test('an entry that is cut is kept aside', async () => {
  const { receipt, archive } = await importBackup(whole.slice(0, whole.indexOf('Second text') + 11));
  expect(receipt.skipped.map(({ reason }) => reason)).toEqual(['the file ends in the middle of it']);
  expect(readFileSync(join(archive.root, 'site', receipt.skipped[0]?.kept ?? ''), 'utf8')).toContain('Second text');
});

test('a whole file is not said to be cut', async () => expect((await importBackup(whole)).notes).toEqual([]));

describe('XML that is not quite XML', () => {
  test('a bare &, an unknown entity, and a control character', async () => {
    const { text } = await importBackup(
      backup(entry({ title: 'X' })).replace('>X<', '>Bed & breakfast &amp;nbsp;\u0001 R&D<'),
    );
    expect(text).toContain('headline: Bed & breakfast R&D\n');
  });

  test('an entity bomb and an external entity are not expanded', async () => {
    const bomb = `<!DOCTYPE feed [<!ENTITY a "lol">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}<!ENTITY file SYSTEM "file:///etc/passwd">]>`;
    const { text } = await importBackup(
      backup(entry({ title: 'X' }))
        .replace('<feed', `${bomb}<feed`)
        .replace('>X<', '>A &j; &file; B<'),
    );
    expect(text).not.toContain('lol');
    expect(text).not.toContain('root:');
  });

  test('content as character data, and as XHTML', async () => {
    const { stories } = await importBackup(
      backup(
        entry({ id: '1' }).replace(
          "<content type='html'>Text.</content>",
          '<content type="html"><![CDATA[<p>One &amp; <b>two</b></p></entry>]]></content>',
        ),
        entry({ id: '2', title: 'B' }).replace(
          "<content type='html'>Text.</content>",
          '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Three <em class="a&quot;b">four</em></p><title>no title</title></div></content>',
        ),
      ),
    );
    expect(stories.map(({ text }) => text.slice(text.indexOf('\n---\n') + 6)).sort()).toEqual([
      'One & **two**\n',
      'Three *four*\n',
    ]);
  });
});

test.each([
  ['UTF-16, little-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16, big-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['Latin-1, declared', (text: string) => Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1')],
  ['windows-1252, declared as UTF-8', (text: string) => Buffer.from(text, 'latin1')],
])('%s', async (_, encode) => {
  const { text } = await importBackup(encode(backup(entry({ title: 'Café', content: 'Na\u00efve.' }))));
  expect(text).toContain('headline: Café\n');
  expect(text).toContain('Naïve.');
});

test('the same id twice, no title and no text, an impossible date, no author', async () => {
  const { receipt, notes } = await importBackup(
    backup(
      entry({ id: '1' }),
      entry({ id: '1', title: 'Again' }),
      entry({ id: '2', title: '', content: '' }),
      entry({ id: '3', title: 'Date', date: '2009-02-31T10:00:00Z', author: '' }),
      entry({ id: '4', title: '', content: '<h3>A heading</h3><p>Text.</p>' }),
    ),
  );
  expect(receipt.files).toMatchObject({ in: 5, stories: 2, drafts: 1, skipped: 2 });
  expect(receipt.skipped.map(({ reason }) => reason).sort()).toEqual([
    'it has neither a title nor a text',
    'the export contains the post with the id tag:blogger.com,1999:blog-1.post-1 twice',
  ]);
  expect(receipt.skipped.every(({ kept }) => kept !== undefined)).toBe(true);
  expect(notes).toContain('2009-02-31T10:00:00Z is not a date that exists');
  expect(notes).toContain('the export does not name its author');
});

test('a post of 100 MB is kept aside as it was, in bounded memory', async () => {
  const { archive } = await importBackup(whole);
  const parts = function* (): Generator<string> {
    const [start = '', end = ''] = backup(entry({ id: '1', content: 'HERE' }), entry({ id: '2', title: 'B' })).split(
      'HERE',
    );
    yield start;
    for (let count = 0; count < 100; count++) yield 'word '.repeat(200_000);
    yield end;
  };
  await pipeline(Readable.from(parts()), createWriteStream(join(archive.root, 'in/big.xml')));
  const before = process.memoryUsage().rss;
  let most = before;
  const receipt = await archive.runAs('blogger', 'big.xml', {
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
  });
  expect(receipt.files).toMatchObject({ in: 2, skipped: 1 });
  expect(receipt.skipped[0]?.reason).toBe('more than 2 MB of text (content), which is the limit for a story');
  expect(readFileSync(join(archive.root, 'site', receipt.skipped[0]?.kept ?? '')).length).toBeGreaterThan(100_000_000);
  expect(most - before).toBeLessThan(200_000_000);
});

test('nested 5,000 deep', async () => {
  const { text } = await importBackup(backup(entry({ content: `${'<div>'.repeat(5000)}Deep words` })));
  expect(text).toContain('Deep words');
});

test('nothing outside of the given folders is read or written', async () => {
  const { archive, receipt } = await importBackup(
    takeout(
      taken({
        file: '/../../../etc/x.html',
        content: '<p>T</p><img src="https://blogger.googleusercontent.com/img/../../..%2F..%2Fsecret.jpg">',
      }),
      taken({ id: '2', type: 'PAGE', title: 'Y', file: '/p/..%2f..%2fx.html' }),
    ),
  );
  expect(receipt.pictures.copied).toBe(0);
  expect(archive.list()).toEqual(['2019/11/x/index.mdx']);
});

test('not a backup of Blogger, and several of them', async () => {
  const { archive } = await importBackup({ 'blog.xml': whole, 'other.xml': '<rss version="2.0"/>' });
  await expect(archive.runAs('blogger', 'other.xml')).rejects.toThrow('does not begin with <feed>');
  await expect(importBackup('<rss version="2.0"/>')).rejects.toThrow('contains no backup of Blogger');
  await expect(importBackup({ 'a.txt': 'x', 'b.txt': 'y' })).rejects.toThrow('contains no backup of Blogger');
  await expect(importBackup({ 'a.xml': whole, 'b.xml': whole })).rejects.toThrow(
    'several blogs or backups: a.xml, b.xml',
  );
});
