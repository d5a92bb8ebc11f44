import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractProblems, picture, smallArchive } from './small-archive.fixture.ts';
import type { Source } from './source.ts';

test('an item on which the importer fails is skipped with its name, reason, and a copy, and the others are written', async () => {
  const archive = smallArchive({});
  const item = (key: string) => ({
    key,
    where: `${key}.txt`,
    fields: {
      headline: key,
      topics: [],
      byline: [],
      addresses: [],
      published: { text: '2015-01-01', instant: Date.UTC(2015, 0, 1) },
    },
  });
  const source: Source = {
    kind: 'markdown',
    folder: archive.root,
    async *items() {
      yield item('a');
      yield { key: 'b', where: 'b.txt', reason: 'broken' };
      yield item('c');
      yield item('d');
      throw new TypeError('no such thing');
    },
    async *bodies(wanted) {
      yield { key: 'a', kind: 'story', format: 'md', text: 'A' };
      const fault = { key: 'c', kind: 'story', format: 'md' } as const;
      yield Object.defineProperty(fault, 'text', { get: () => JSON.parse('null').x }) as never;
      expect(wanted).toEqual(new Set(['a', 'c', 'd']));
      throw new RangeError('Maximum call stack size exceeded');
    },
    async keep(key, to) {
      writeFileSync(to, `${key} as it was`);
      return true;
    },
  };
  const receipt = await archive.runFrom(source);
  expect(receipt.files).toEqual({ in: 5, stories: 1, pages: 0, drafts: 0, skipped: 4, written: 1, unchanged: 0 });
  expect(receipt.skipped.map(({ file, reason }) => [file, reason])).toEqual([
    ['b.txt', 'broken'],
    ['c.txt', expect.stringMatching(/^the importer failed on it: Cannot read/)],
    ['d.txt', 'from here on, the archive could not be read: nested too deeply'],
    ['in', 'from here on, the archive could not be read: the importer failed on it: no such thing'],
  ]);
  const kept = (name: string) => readFileSync(join(archive.root, 'site', name), 'utf8');
  expect(receipt.skipped.map((entry) => entry.kept && kept(entry.kept))).toEqual([
    'b as it was',
    'c as it was',
    'd as it was',
    undefined,
  ]);
  expect(archive.list()).toEqual(['2015/01/a/index.md']);
});

const post = (head: string, body = 'Text.\n') => `---\n${head}\n---\n${body}`;

test('a Jekyll post becomes a story with its picture beside it and its old address', async () => {
  const archive = smallArchive({
    '_posts/2015-03-04-Harbour Reopens.md': post(
      'title: "Harbour: open"\nlayout: post\ncategory: sea\nauthor: Ann Lee & Bo Ek\ntags: [ships]',
      '![A boat](/img/My%20Boat.JPG "Out")\n\n[next]({% post_url 2015-03-05-next %})\n',
    ),
    '_posts/2015-03-05-next.md': post('title: Next'),
    'img/My Boat.JPG': await picture(),
  });
  const receipt = await archive.run({ permalinks: ['/{yyyy}/{mm}/{dd}/{slug}.html'] });
  expect(archive.list()).toEqual([
    '2015/03/harbour-reopens/My-Boat.jpg',
    '2015/03/harbour-reopens/index.md',
    '2015/03/next/index.md',
  ]);
  expect(archive.story('2015/03/harbour-reopens')).toBe(`---
headline: "Harbour: open"
section: sea
topics: [ships]
byline:
  - { name: Ann Lee }
  - { name: Bo Ek }
published: 2015-03-04
aliases: [/2015/03/04/Harbour Reopens.html]
---

![A boat](My-Boat.jpg "Out")

[next](story:2015/03/next)
`);
  expect(receipt.files).toEqual({ in: 2, stories: 2, pages: 0, drafts: 0, skipped: 0, written: 2, unchanged: 0 });
  expect(await contractProblems(archive.stories)).toEqual([]);
});

test('the same import again writes nothing; what an editor changed since stays', async () => {
  const archive = smallArchive({
    'a.md': post('title: A\ndate: 2015-01-01'),
    'b.md': post('title: B\ndate: 2015-01-01'),
  });
  await archive.run();
  const again = await archive.run();
  expect(again.files).toMatchObject({ written: 0, unchanged: 2 });
  const path = join(archive.stories, '2015/01/a/index.md');
  writeFileSync(path, `${readFileSync(path, 'utf8')}\nEdited.\n`);
  archive.put('in/b.md', post('title: B\ndate: 2015-01-01', 'Better.\n'));
  const third = await archive.run();
  expect(third.skipped).toEqual([
    { file: 'a.md', reason: 'content/stories/2015/01/a/index.md already exists and was not written by this import' },
  ]);
  expect(readFileSync(path, 'utf8')).toContain('Edited.');
  expect(archive.story('2015/01/b')).toContain('Better.');
});

test('two that want one place: the second steps aside, also when only case differs, always the same way', async () => {
  const archive = smallArchive({
    'a/x.md': post('title: 1\ndate: 2015-01-01\npermalink: /same/'),
    'b/x.md': post('title: 2\ndate: 2015-01-02\npermalink: /Same/'),
    'c/x.md': post('title: 3\ndate: 2015-01-03\nslug: X'),
    'd/y.md': post('title: 4\ndate: 2015-01-03\npermalink: /2015/01/x/'),
  });
  const receipt = await archive.run();
  expect(archive.list()).toEqual([
    '2015/01/x-2/index.md',
    '2015/01/x-3/index.md',
    '2015/01/x/index.md',
    '2015/01/y/index.md',
  ]);
  expect(receipt.renamed.map(({ file, got }) => [file, got])).toEqual([
    ['b/x.md', '2015/01/x-2'],
    ['c/x.md', '2015/01/x-3'],
  ]);
  expect(receipt.addressesDropped.map(({ file, address }) => [file, address])).toEqual([
    ['b/x.md', '/Same/'],
    ['d/y.md', '/2015/01/x/'],
  ]);
});

test('an old address may not be one of the pages that the site makes', async () => {
  const archive = smallArchive({
    'a.md': post(
      'title: A\ndate: 2015-01-01\naliases: [/news/, /topics/x/, /2015/, /2015/01/, /, /about/, /file.txt, /sea/2015/01/, /ok/]',
    ),
  });
  archive.put('site/content/pages/about.mdx', '');
  archive.put('site/public/file.txt', '');
  const receipt = await archive.run();
  expect(receipt.stories[0]?.aliases).toEqual(['/ok/']);
  expect(receipt.addressesDropped).toHaveLength(8);
});

test('without a date a story waits as a draft; without a headline the first heading or the file name is it', async () => {
  const archive = smallArchive({
    'a-b.md': 'Just text.\n',
    'c.md': '# A *heading*\n\nText\n',
    'd.md': post('title: D\ndate: 2015-02-30'),
  });
  const receipt = await archive.run();
  expect(receipt.files).toMatchObject({ in: 3, stories: 0, drafts: 3 });
  expect(archive.story('undated/a-b')).toBe('---\nheadline: a b\nsection: news\ndraft: true\n---\n\nJust text.\n');
  expect(archive.story('undated/c')).toContain('headline: A heading\n');
  expect(archive.story('undated/c')).not.toContain('# A');
  expect(receipt.fields).toContainEqual({
    from: 'date',
    to: '',
    how: 'dropped',
    reason: 'not a date that exists',
    count: 1,
    samples: ['2015-02-30'],
  });
});

test('a cover is the lead; one that is not there keeps its place and its words', async () => {
  const archive = smallArchive({
    'a/index.md': post(
      'title: A\ndate: 2015-01-01\ncover: { image: boat.jpg, alt: A boat, caption: Out at sea, credit: Ann }',
    ),
    'a/boat.jpg': await picture(),
    'b.md': post('title: B\ndate: 2015-01-01\nheroImage: https://x.example/b.jpg'),
    'c.md': post('title: C\ndate: 2015-01-01\nimage: a/boat.jpg'),
  });
  await archive.run();
  expect(archive.story('2015/01/a')).toContain(
    'lead: { src: boat.jpg, alt: A boat, caption: Out at sea, credit: Ann }',
  );
  expect(archive.story('2015/01/b')).toContain('lead: { wanted: https://x.example/b.jpg }\n');
  expect(archive.story('2015/01/c')).toContain('lead: { src: boat.jpg, decorative: true }');
  expect(await contractProblems(archive.stories)).toEqual([]);
});

test('nothing outside of the source folder is read: no .. and no symbolic link', async () => {
  const archive = smallArchive({
    'a.md': post(
      'title: A\ndate: 2015-01-01',
      '![x](../secret.jpg) ![y](link.jpg) ![z](/../secret.jpg) ![w](..%2Fsecret.jpg) ![d](dir/secret.jpg)\n',
    ),
  });
  archive.put('secret.jpg', await picture());
  archive.put('outside/secret.jpg', await picture());
  archive.put('outside/b.md', post('title: B'));
  symlinkSync(join(archive.root, 'secret.jpg'), join(archive.root, 'in/link.jpg'));
  symlinkSync(join(archive.root, 'outside/b.md'), join(archive.root, 'in/b.md'));
  symlinkSync(join(archive.root, 'outside'), join(archive.root, 'in/dir'));
  const receipt = await archive.run();
  expect(archive.list()).toEqual(['2015/01/a/index.md']);
  expect(archive.story('2015/01/a')).toContain('secret.jpg: { wanted: ../secret.jpg }');
  expect(receipt.files).toMatchObject({ in: 2, stories: 1, skipped: 1 });
  expect(receipt.skipped[0]).toEqual({ file: 'b.md', reason: 'a symbolic link, which is not followed' });
});

test('a hostile slug, address or name stays within the newsroom', async () => {
  const archive = smallArchive({
    'a.md': post('title: A\ndate: 2015-01-01\nslug: ../../../x'),
    'b.md': post('title: B\ndate: 2015-01-01\nslug: ".."\npermalink: /../../../etc/x/'),
    'c.md': post(
      'title: "</script><script>alert(1)</script>"\ndate: 2015-01-01\ntags: ["../x", "{a: b}", "- x"]\nauthor: "a: b, # c"',
      '![a](boat%2F..%2F#1%25.jpg)\n',
    ),
    'boat.jpg': await picture(),
  });
  await archive.run();
  expect(archive.list()).toEqual(['2015/01/b/index.md', '2015/01/c/index.md', '2015/01/x/index.md']);
  expect(archive.story('2015/01/b')).toContain('aliases: [/etc/x/]\n');
  expect(archive.story('2015/01/c')).toContain('headline: "</script><script>alert(1)</script>"');
  expect(await contractProblems(archive.stories)).toEqual([]);
});

test('a link in the newsroom that leads out of it is not written through', async () => {
  const archive = smallArchive({ 'a.md': post('title: A\ndate: 2015-01-01') });
  mkdirSync(join(archive.root, 'elsewhere'));
  mkdirSync(archive.stories, { recursive: true });
  symlinkSync(join(archive.root, 'elsewhere'), join(archive.stories, '2015'));
  await expect(archive.run()).rejects.toThrow('points outside the newsroom');
});

test('strange files: binary, empty, too long, not UTF-8, byte order mark, CRLF', async () => {
  const archive = smallArchive({
    'binary.md': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]),
    'empty.md': '',
    'huge.md': `---\ntitle: Huge\n---\n${'word '.repeat(1_100_000)}`,
    'latin.md': Buffer.concat([
      Buffer.from('---\ntitle: Caf'),
      Buffer.from([0xe9]),
      Buffer.from('\ndate: 2015-01-01\n---\nx'),
    ]),
    'windows.md': '\ufeff---\r\ntitle: W\r\ndate: 2015-01-01\r\n---\r\n\r\na\r\n\r\n![x](gone.jpg)\r\n',
    '_index.md': post('title: List'),
    'notes.txt': 'no story',
  });
  const receipt = await archive.run();
  expect(receipt.skipped).toMatchObject([
    { file: 'binary.md', reason: 'not text, although its name says so' },
    { file: 'empty.md', reason: 'empty' },
    { file: 'huge.md', reason: 'more than 2 MB of text, which is the limit for a story' },
  ]);
  expect(receipt.files).toMatchObject({ in: 5, stories: 2, skipped: 3 });
  expect(archive.story('2015/01/latin')).toContain('headline: Café');
  expect(archive.story('2015/01/windows')).not.toContain('\r');
  expect(receipt.notes).toContainEqual({ file: 'latin.md', note: 'not UTF-8; read as windows-1252' });
  expect(receipt.changes[0]).toMatchObject({ file: 'windows.md', line: 8 });
});

test('a file that is no picture is left out with its reason, and becomes words', async () => {
  const archive = smallArchive({
    'a.md': post('title: A\ndate: 2015-01-01', '![A boat](boat.jpg)\n'),
    'boat.jpg': 'no picture',
  });
  const receipt = await archive.run();
  expect(archive.list()).toEqual(['2015/01/a/index.md']);
  expect(archive.story('2015/01/a')).toContain('boat.jpg: { wanted: boat.jpg }');
  expect(archive.story('2015/01/a')).toContain('![A boat](boat.jpg)');
  expect(receipt.notes[0]?.note).toContain('boat.jpg was left out');
});

test('a dry run decides the same and writes nothing', async () => {
  const archive = smallArchive({ 'a.md': post('title: A\ndate: 2015-01-01') });
  const dry = await archive.run({ dryRun: true });
  expect(archive.list()).toEqual([]);
  const wet = await archive.run();
  expect({ ...dry, options: wet.options }).toEqual(wet);
});

test('two imports of one archive give the same bytes and the same receipt', async () => {
  const archive = smallArchive({
    'b.md': post('title: B\ndate: 2015-01-01', '[a](a.md)'),
    'a.md': post('title: A\ndate: 2015-01-01', '![x](gone.jpg)'),
  });
  const one = await archive.run();
  const bytes = archive.list().map((file) => readFileSync(join(archive.stories, file), 'utf8'));
  rmSync(archive.stories, { recursive: true });
  expect(await archive.run()).toEqual(one);
  expect(archive.list().map((file) => readFileSync(join(archive.stories, file), 'utf8'))).toEqual(bytes);
});

test('what is wrong with the request itself is said before anything is written', async () => {
  const archive = smallArchive({ 'a.md': post('title: A') });
  await expect(archive.run({ section: 'sport' })).rejects.toThrow(
    'content/site.yaml has no such section. The sections are: news, sea.',
  );
  await expect(archive.run({ source: join(archive.root, 'nowhere') })).rejects.toThrow('There is no file or folder');
  await expect(archive.run({ site: archive.root })).rejects.toThrow('is not a newsroom');
  await expect(archive.run({ source: join(archive.root, 'site/content') })).rejects.toThrow("newsroom's own content");
});

test('each story that is in the newsroom afterwards is shown with its old text', async () => {
  const archive = smallArchive({
    'a.md': '---\ntitle: A\ndate: 2024-05-01\n---\n\nThe harbour [opens](/gone).\n',
    'empty.md': '',
  });
  const shown: { path: string; old: string; now: string; kinds: string[] }[] = [];
  await archive.run({
    onStory: ({ path, old, now, changes }) =>
      void shown.push({ path, old: old.text, now, kinds: changes.map(({ kind }) => kind) }),
  });
  expect(shown).toMatchObject([
    {
      path: 'stories/2024/05/a/index.md',
      old: expect.stringContaining('harbour [opens](/gone)'),
      now: expect.stringContaining('harbour opens'),
      kinds: ['link-dead'],
    },
  ]);
});
