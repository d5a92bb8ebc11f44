import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { importFiles } from '../files/import-files.fixture.ts';
import * as fixture from './copies.fixture.ts';

const copies = { ...fixture };

async function pictureFolder(names: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bytes = await picture();
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

test('every copy becomes one story without errors, with captions as wanted pictures, and one list of related stories', async () => {
  const files = Object.fromEntries(Object.entries(copies).map(([name, text]) => [`${name}.txt`, text]));
  const { stories, receipt, errors, again } = await importFiles('text', files);
  expect(errors).toEqual([]);
  expect(receipt.skipped).toEqual([]);
  expect(stories).toHaveLength(Object.keys(copies).length);
  for (const { text } of stories) expect(text.match(/<ReadMore>/g)?.length ?? 0).toBeLessThanOrEqual(1);
  const newspaper = stories.find(({ file }) => file === 'newspaper.txt')?.text ?? '';
  expect(newspaper).toContain('wanted: picture-1');
  expect(newspaper).toContain(
    '<Figure wanted="picture-2" caption="Two divers check the quay wall." credit="Bob Test/The Observer" />',
  );
  expect(newspaper).toContain(
    '<ReadMore>\n  - Storm closes the harbour for a third week\n  - Ferries moved to Rossaveel until the spring\n</ReadMore>',
  );
  expect(stories.find(({ file }) => file === 'release.txt')?.text).toContain('embargo: 2026-03-03T06:00:00Z');
  expect((await again()).files).toMatchObject({ written: 0, unchanged: stories.length });
});

describe('--pictures', () => {
  test('fills the captions in the order of the names', async () => {
    const pictures = await pictureFolder(['2 divers.jpg', '10 spare.jpg', '1 boats.jpg', 'notes.txt']);
    const { stories, text, body, notes, errors } = await importFiles(
      'text',
      { 'a.txt': copies.newspaper },
      { pictures },
    );
    expect(errors).toEqual([]);
    expect(text).toMatch(/lead:\s+src: 1-boats\.jpg\s+caption: Fishing boats wait/);
    expect(body).toContain('src="2-divers.jpg"');
    expect(stories[0]?.files).toEqual(['1-boats.jpg', '2-divers.jpg', 'index.mdx']);
    expect(notes).toContain('These pictures belong to no caption: 10 spare.jpg');
  });

  test('leaves captions without a picture as they are', async () => {
    const pictures = await pictureFolder(['1.jpg']);
    const { body, notes, errors } = await importFiles('text', { 'a.txt': copies.newspaper }, { pictures });
    expect(errors).toEqual([]);
    expect(body).toContain('<Figure wanted="picture-2"');
    expect(notes).toContain('The text has captions for 2 pictures, and the folder of pictures has 1.');
  });

  test('of several texts are in folders with their names', async () => {
    const pictures = await pictureFolder(['a/1.jpg', 'b/2.jpg']);
    const { stories, errors } = await importFiles(
      'text',
      { 'a.txt': copies.newspaper, 'b.txt': copies.magazine },
      { pictures },
    );
    expect(errors).toEqual([]);
    expect(stories.map(({ text }) => /src: (\d\.jpg)/.exec(text)?.[1])).toEqual(['1.jpg', '2.jpg']);
  });
});

test.each<[string, (text: string) => Buffer]>([
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['windows-1252', (text) => Buffer.from(text.replaceAll('»', '"').replaceAll('«', '"'), 'latin1')],
  ['lines of Windows', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['lines of an old Mac', (text) => Buffer.from(text.replaceAll('\n', '\r'))],
])('%s', async (_, encode) => {
  const { text, errors } = await importFiles('text', { 'a.txt': encode(copies.magazine) });
  expect(errors).toEqual([]);
  expect(text).toContain('headline: Galway öffnet seinen Hafen wieder');
  expect(text).toContain('published: 2026-03-03T14:05:00');
});

test.each<[string, string | Uint8Array, RegExp]>([
  ['an empty file', '', /empty/],
  ['spaces', ' \n\n ', /empty/],
  ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0', 'latin1'), /not text/],
  ['100 MB', Buffer.alloc(100_000_000, 'a'), /limit for a story/],
])('%s is skipped, kept, and stops no other file', async (_, bytes, reason) => {
  const { receipt, stories, errors } = await importFiles('text', { 'bad.txt': bytes, 'good.txt': copies.agency });
  expect(receipt.skipped.map(({ file }) => file)).toEqual(['bad.txt']);
  expect(receipt.skipped[0]?.reason).toMatch(reason);
  expect(receipt.skipped[0]?.kept).toBeDefined();
  expect(stories).toHaveLength(1);
  expect(errors).toEqual([]);
});

test('a text with signs of Markdown and HTML stays text', async () => {
  const prose = 'The port authority said so on Tuesday. It gave no reason for the long closure of the harbour.';
  const { body, errors } = await importFiles('text', {
    'a.txt': `Harbour reopens today\n\n${prose}\n\n# Not a heading, * not * a list, <script>alert(1)</script> {x} and [a](b) cost 5 * 3 < 20 & more.\n\n${prose} Again.\n`,
  });
  expect(errors).toEqual([]);
  expect(body).toContain('alert(1)');
  expect(body).not.toMatch(/^<script/m);
});
