import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { picture } from '../small-archive.fixture.ts';
import { dated, md, type Proof, prove } from './proof.fixture.ts';

// What the receipt says about names, addresses, redirects, encodings, and files, and that it is so.

const b = (more: string, body?: string): string => md(`title: B\ndate: 2015-01-02\n${more}`, body);
const skippedAlone = (receipt: { files: object }) => expect(receipt.files).toMatchObject({ in: 1, skipped: 1 });

const proofs: Record<string, Proof> = {
  'two stories with one name': {
    files: { 'x/a.md': dated(''), 'y/a.md': dated('') },
    says: 'renamed 2015/01/a → 2015/01/a-2: another story has the same name',
    has: ['2015/01/a/index.md', '2015/01/a-2/index.md'],
  },
  'names that differ in case': {
    files: { 'A.md': dated('') },
    prepare: ({ put }) => put('site/content/stories/2015/01/A.md', md('headline: Other\npublished: 2015-01-03')),
    says: 'differs from 2015/01/A only in case',
    has: ['2015/01/a-2/index.md', 'headline: Other'],
  },
  'a name that the site needs': {
    files: { 'a.md': md('title: A\nlayout: page\nslug: search') },
    says: '/search/ is reserved for the site itself',
    hasNot: ['pages/search.md'],
  },
  'a page whose address a story has': {
    files: { 'x/a.md': md('title: A\nlayout: page\nslug: about'), 'y/a.md': md('title: B\nlayout: page\nslug: about') },
    says: 'renamed /about/ → /about-2/: /about/ is the address of /about/',
    has: ['pages/about.md', 'pages/about-2.md'],
  },
  'a page whose address a file of the newsroom has': {
    files: { 'a.md': md('title: A\nlayout: page\nslug: about') },
    prepare: ({ put }) => put('site/public/about/index.html', '<p>Ours'),
    says: '/about/ is the address of a page or file in the newsroom',
    has: ['pages/about-2.md'],
  },
  'an address that is a template': {
    files: { 'a.md': dated('permalink: "/{{ page.date }}/{{ title }}/"') },
    says: 'a template, which only the old generator can evaluate',
    hasNot: ['aliases', '{{'],
  },
  'a pattern without a value': {
    files: { 'a.md': md('title: A\ndraft: true') },
    options: { permalinks: ['/:year/:title/'] },
    says: 'address /:year/:title/: a part of the pattern has no value',
    hasNot: ['aliases'],
  },
  'an address elsewhere': {
    files: { 'a.md': dated('aliases: [https://elsewhere.example/a/]') },
    options: { origin: 'https://old.example' },
    says: 'address https://elsewhere.example/a/: not an address on the old site',
    hasNot: ['elsewhere'],
  },
  'an address that another story has': {
    files: { 'a.md': dated('aliases: [/old/]'), 'b.md': b('aliases: [/old/]') },
    says: 'address /old/: already used by 2015/01/a',
    so: ({ written }) => expect(written.match(/aliases: \[\/old\/\]/g)).toHaveLength(1),
  },
  'an address that the site needs': {
    files: { 'a.md': dated('aliases: [/search/]') },
    says: 'address /search/: reserved for the site itself',
    hasNot: ['aliases'],
  },
  redirects: {
    files: { 'a.md': dated('permalink: /new/'), _redirects: '/old /new/\n/lost /nowhere/\n/x/* /y/:splat\n' },
    says: [
      'redirect /lost → /nowhere/: it does not lead to anything in this archive',
      'a redirect with a pattern stands for many addresses and was not kept: /x/*',
    ],
    has: ['/old'],
    hasNot: ['/lost', '/x/'],
  },
  'a day in the address': {
    files: {
      'config.toml': 'base_url = "https://old.example"',
      'content/a.md': '+++\ntitle = "A"\npath = "2015/03/04/a"\n+++\nWords.\n',
    },
    says: 'defaulted (none) → published: from the old address',
    has: ['published: 2015-03-04'],
  },
  'UTF-16': {
    files: { 'a.md': Buffer.from(`\ufeff${dated('', 'Café €.')}`, 'utf16le') },
    says: 'read as UTF-16',
    has: ['Café €.'],
  },
  'UTF-16, the other way round': {
    files: { 'a.md': Buffer.from(`\ufeff${dated('', 'Café €.')}`, 'utf16le').swap16() },
    says: 'read as UTF-16',
    has: ['Café €.'],
  },
  'windows-1252': {
    files: { 'a.md': Buffer.from(dated('', 'Café na\xefve.'), 'latin1') },
    says: 'not UTF-8; read as windows-1252',
    has: ['Café naïve.'],
  },
  'two encodings in one file': {
    files: { 'a.md': Buffer.concat([Buffer.from(dated('', 'Zoë’s café.\n')), Buffer.from('Na\xefve.\n', 'latin1')]) },
    says: 'not all of it is UTF-8; the other lines were read as windows-1252',
    has: ['Zoë’s café.', 'Naïve.'],
  },
  'a byte order mark and Windows line endings': {
    files: { 'a.md': `\ufeff${dated('').replaceAll('\n', '\r\n')}` },
    says: ['byte order mark dropped', 'line endings changed to \\n'],
    hasNot: ['\r', '\ufeff'],
  },
  'control characters, and letters in two parts': {
    files: { 'a.md': dated('', 'A\u0001b cafe\u0301.') },
    says: ['control characters dropped', 'characters composed (Unicode NFC)'],
    has: ['Ab caf\u00e9.'],
  },
  'front matter that is not valid JSON': {
    files: { 'a.md': ';;;\n"title": "A",\n"date": "2015-01-01"\nx\n;;;\nWords.\n' },
    says: 'front matter is not valid JSON; read line by line',
    has: ['headline: A\n'],
  },
  'front matter that is a program': {
    files: { 'a.md': '---js\ntitle: "A",\ndate: "2015-01-01",\nx: run()\n---\nWords.\n' },
    says: 'front matter is a program, which is not run; read line by line',
    has: ['headline: A\n'],
    hasNot: ['run()'],
  },
  'front matter that is not valid TOML': {
    files: { 'a.md': '+++\ntitle = "A"\ndate = 2015-01-01\nx = [\n+++\nWords.\n' },
    says: 'front matter is not valid TOML; read line by line',
    has: ['headline: A\n', 'published: 2015-01-01'],
  },
  'front matter that is not valid YAML': {
    files: { 'a.md': '---\ntitle: A\ndate: 2015-01-01\nx: [\n---\nWords.\n' },
    says: 'front matter is not valid YAML; read line by line',
    has: ['headline: A\n', 'published: 2015-01-01'],
  },
  'MDX that is none': {
    files: { 'a.mdx': dated('', 'A < b and <B.\n\nWords {.') },
    says: 'not valid MDX; read as Markdown',
    has: ['Words {.', 'index.md\n'],
  },
  'a row of signs, and a table that is too wide': {
    files: {
      'a.md': dated('', `Above.\n\n${'>'.repeat(300)} words\n\n${'* '.repeat(150)}\n\nBelow.`),
      'b.md': b('', `|${' a |'.repeat(300)}\n|${' - |'.repeat(300)}\n|${' x |'.repeat(300)}`),
    },
    says: ['changed markdown-changed', 'skipped b.md: a build would refuse the text: '],
    has: ['Above.', `\\${'>'.repeat(300)} words`, `\\${'* '.repeat(100)}`, 'Below.'],
  },
  'an empty file, a picture, and a large text': {
    files: { 'a.md': '', 'b.md': Buffer.from([0, 1, 2, 3]), 'c.md': dated('', 'word '.repeat(500_000)) },
    says: [
      'skipped a.md: empty',
      'skipped b.md: not text, although its name says so',
      'skipped c.md: more than 2 MB of text',
    ],
    so: ({ receipt }) => expect(receipt.files).toMatchObject({ in: 3, skipped: 3 }),
  },
  'links of the file system': {
    files: { 'a.md': dated('') },
    prepare: ({ root }) => {
      writeFileSync(join(root, 'secret.md'), 'Secret.');
      mkdirSync(join(root, 'secrets'));
      symlinkSync(join(root, 'secret.md'), join(root, 'in/b.md'));
      symlinkSync(join(root, 'secrets'), join(root, 'in/c'));
    },
    says: ['skipped b.md: a symbolic link, which is not followed', 'note c: a symbolic link, which is not followed'],
    hasNot: ['Secret'],
  },
  'a story that is there already': {
    files: { 'a.md': dated('') },
    prepare: ({ put }) => put('site/content/stories/2015/01/a/index.md', md('headline: Ours\npublished: 2015-01-03')),
    says: 'content/stories/2015/01/a/index.md already exists and was not written by this import',
    has: ['headline: Ours'],
    so: ({ receipt }) => skippedAlone(receipt),
  },
  'a picture that is none': {
    files: { 'a.md': dated('', '![A boat](boat.jpg)'), 'boat.jpg': 'no picture' },
    says: 'the picture boat.jpg was left out: ',
    so: ({ archive }) => expect(archive.list()).toEqual(['2015/01/a/index.md']),
  },
  'names with an underscore, resources, and collections': {
    files: {
      'hugo.toml': 'baseURL = "https://old.example"\n',
      'content/_x.md': dated(''),
      'content/p/index.md': b(''),
      'content/p/part.md': md('title: C\ndate: 2015-01-03'),
    },
    says: [
      'draft content/_x.md: its name begins with _, so it was not public',
      'draft content/p/part.md: a resource of a page in the same folder, not a page',
    ],
  },
  'a collection that was not published': {
    files: {
      '_config.yml': 'url: https://old.example\ncollections: {notes: {output: false}}\n',
      '_notes/a.md': dated(''),
    },
    says: 'draft _notes/a.md: the collection notes was not published',
  },
  'texts of list pages': {
    files: {
      'hugo.toml': 'baseURL = "https://old.example"\n',
      'content/_index.md': md('title: Home', 'Welcome to us.'),
      'content/sea/_index.md': md('title: Sea', 'All about the sea.'),
      'content/tags/_index.md': md('title: Tags', 'All our tags.'),
      'content/a.md': dated(''),
    },
    says: [
      'the text of the old home page was not imported, because a front has none: “Welcome to us.”',
      'the text of the old list page was not imported. The front of this section prints the description of the section "sea" in site.yaml: “All about the sea.”',
      'the text of the old list page “Tags” was not imported. The page of a topic or series prints its description in topics.yaml or series.yaml: “All our tags.”',
    ],
    hasNot: ['Welcome to us', 'All about the sea', 'All our tags'],
  },
  'front matter that nobody can read': {
    files: { 'a.md': '--- yaml\n- one\n- two\n---\nWords.\n' },
    says: 'front matter does not consist of keys with values; left out',
    has: ['Words.'],
  },
  'no ordinary file': {
    files: { 'a.md': dated('') },
    prepare: ({ root }) => void execFileSync('mkfifo', [join(root, 'in/b.md')]),
    says: 'skipped b.md: not an ordinary file',
  },
  'another newsroom': {
    files: {
      'content/site.yaml':
        'name: P\nurl: https://p.example\nlanguage: de\ntimeZone: Asia/Tokyo\nsections:\n  - { id: odd, title: Odd }\n',
      'content/stories/2015/01/a.md': md('headline: A\nsection: odd\npublished: 2015-01-01'),
      'content/stories/2015/01/b.md': md('headline: B\nwrong: 1\npublished: 2015-01-01'),
      'content/stories/2015/01/c.md': md('headline: Theirs\npublished: 2015-01-01'),
    },
    says: [
      'site.yaml has no section odd, so the story is in news',
      'the time zone there is Asia/Tokyo, here Europe/Dublin: dates without an offset now mean another time',
      'the language there is de, here ',
      'skipped content/stories/2015/01/b.md: ',
      'skipped content/stories/2015/01/c.md: it already exists here and was not written by an import',
    ],
    prepare: ({ put }) => put('site/content/stories/2015/01/c.md', md('headline: Ours\npublished: 2015-01-01')),
    has: ['section: news'],
    hasNot: ['section: odd', 'headline: B', 'headline: Theirs'],
  },
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});

test('files of the archive: used, unused, private, not understood, and left', async () => {
  await prove({
    files: {
      ...{ 'a.md': dated('image: boat.jpg'), 'boat.jpg': await picture(), 'other.jpg': await picture(), 'x.bin': 'x' },
      ...{
        '.git/config': 'x',
        '_config.yml': 'title: Old',
        '.DS_Store': 'x',
        '~$a.docx': 'x',
        '.odd': 'x',
        '.obsidian/x': 'x',
      },
    },
    says: 'mapped image → lead',
    has: ['lead: { src: boat.jpg'],
    so: ({ receipt, archive }) => {
      expect(archive.list()).toEqual(['2015/01/a/boat.jpg', '2015/01/a/index.md']);
      const { used, unused, generator, notUnderstood, left } = receipt.others;
      expect({ used, unused, generator, notUnderstood }).toEqual({
        ...{ used: ['boat.jpg'], unused: ['other.jpg'], generator: 1, notUnderstood: ['x.bin'] },
      });
      expect(left.map(({ kind, count }) => [kind, count])).toEqual([
        ...[
          ['editors', 1],
          ['other hidden files', 1],
          ['systems', 1],
          ['temporary files', 1],
          ['version control', 1],
        ],
      ]);
    },
  });
});
