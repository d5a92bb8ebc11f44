import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import type { IndexHandle } from '../index/handle.ts';
import { readPictureFacts } from '../pictures/metadata.ts';
import { siteSchema } from '../site/site.ts';
import { cpuOf, growth } from '../story/growth.fixture.ts';
import { chooseColumns, readTable } from '../story/table-file.ts';
import { readAuthor, readFront, readPage, readSeries, readSidecar, readSite, readTopics } from './newsroom-files.ts';

const site = siteSchema.parse({ name: 'The Post', url: 'https://post.example' });
const root = mkdtempSync(join(tmpdir(), 'newsroom-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
/** The readers of files use nothing else of the index. */
const index = { root } as IndexHandle;

const repeat = (n: number, text: (i: number) => string) => Array.from({ length: n }, (_, i) => text(i)).join('');

const readers: Record<string, [file: string, start: string, read: (file: string) => Promise<unknown>]> = {
  'site.yaml': ['content/site.yaml', 'name: A\nurl: https://a.example/\n', () => readSite(index)],
  'topics.yaml': ['content/topics.yaml', '', () => readTopics(index, 'en')],
  'series.yaml': ['content/series.yaml', '', () => readSeries(index, 'en')],
  'an author': ['content/authors/ann.yaml', 'name: Ann\n', (file) => readAuthor(index, file)],
  'a front': ['content/fronts/home.yaml', '', (file) => readFront(index, file, site)],
  'a sidecar': ['content/pictures/a.jpg.yaml', 'alt: A\n', (file) => readSidecar(index, file, site)],
  'a page': ['content/pages/a.md', '---\nheadline: A\n', (file) => readPage(index, file)],
};

/** What a file of YAML can repeat, whether it makes sense there or not. */
const constructs: Record<string, (n: number) => string> = {
  keys: (n) => repeat(n, (i) => `k${i}: a\n`),
  'equal keys': (n) => repeat(n, () => 'k: a\n'),
  sections: (n) => `sections:\n${repeat(n, (i) => `  - { id: s${i}, title: T }\n`)}`,
  'equal sections': (n) => `sections:\n${repeat(n, () => '  - { id: s, title: T }\n')}`,
  'links of the navigation': (n) => `navigation:\n${repeat(n, (i) => `  - { title: T, url: /${i}/ }\n`)}`,
  'links of an author': (n) => `links:\n${repeat(n, (i) => `  - { title: T, url: "x y${i}" }\n`)}`,
  'titles of topics': (n) => repeat(n, (i) => `t${i}: { title: Same, aliases: [a${i}, A ${i}] }\n`),
  aliases: (n) => `t: { title: T, aliases: [${repeat(n, (i) => `a${i}, `)}] }\n`,
  packages: (n) => `packages:\n${repeat(n, (i) => `  - { stories: [a${i}] }\n`)}`,
  'a long caption': (n) => `caption: ${repeat(n, (i) => `[a](/${i}/) *b* `)}\n`,
  'a caption of open brackets': (n) => `caption: "${'['.repeat(n)}"\n`,
  'a long biography': (n) => `bio: ${'word '.repeat(n)}\n`,
  'nested lists': (n) => `a: ${'['.repeat(n)}\n`,
  'nested maps': (n) => `a: ${'{a: '.repeat(n)}\n`,
  'entries that are indented too far': (n) => `topics:\n${repeat(n, (i) => `${' '.repeat(1 + (i % 3))}- a\n`)}`,
  comments: (n) => repeat(n, () => '# a\n'),
  'values cut by a comment': (n) => repeat(n, (i) => `k${i}: a #b\n`),
  'quotation marks': (n) => `name: ${"'".repeat(n)}\n`,
  'typographic quotation marks': (n) => `topics: [${'“a”, '.repeat(n)}]\n`,
  'lines without a colon': (n) => repeat(n, () => 'a\n'),
  'lines of a block': (n) => `name: |\n${repeat(n, () => '  a\n')}`,
  'anchors and aliases': (n) => `a: &a x\nb: [${'*a, '.repeat(n)}]\n`,
  'documents in one file': (n) => repeat(n, () => '---\na: b\n'),
  tabs: (n) => repeat(n, () => '\ta: b\n'),
};

describe.each(Object.entries(readers))('%s is read in linear time', (_, [file, start, read]) => {
  test.each(Object.entries(constructs))('%s', async (_, make) => {
    const { isLinear, ms } = await growth((n) => {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${start}${make(n)}${file.endsWith('.md') ? '---\n\nText.\n' : ''}`);
      return cpuOf(() => read(file));
    });
    expect(isLinear, ms.join(' ms, ')).toBe(true);
  });
});

describe('a table is read in linear time', () => {
  test.each<[string, (n: number) => string]>([
    ['rows', (n) => `a,b\n${repeat(n, (i) => `${i},x\n`)}`],
    ['columns', (n) => `${repeat(n, (i) => `c${i},`)}z\n${'1,'.repeat(n)}2\n`],
    ['equal columns', (n) => `${'a,'.repeat(n)}b\n${'1,'.repeat(n)}2\n`],
    ['a long cell', (n) => `a,b\n"${'word '.repeat(n)}",x\n`],
    ['quotation marks', (n) => `a,b\n${'"a""b",c\n'.repeat(n)}`],
    ['open quotation marks', (n) => `a,b\n${'"a\n'.repeat(n)}`],
    ['rows that are too long', (n) => `a,b\n${'1,2,3,4\n'.repeat(n)}`],
    ['blank lines', (n) => `a,b\n${'\n'.repeat(n)}`],
    ['semicolons', (n) => `a;b\n${'1;2\n'.repeat(n)}`],
    ['characters that pages cannot contain', (n) => `a,b\n${'\u0001,x\n'.repeat(n)}`],
  ])('%s', async (_, make) => {
    const { isLinear, ms } = await growth((n) =>
      cpuOf(async () => {
        const read = await readTable(Buffer.from(make(n)));
        if ('table' in read) chooseColumns(read.table);
      }),
    );
    expect(isLinear, ms.join(' ms, ')).toBe(true);
  });
});

describe('the metadata of a picture is read in linear time', () => {
  const packet = (inner: string) =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`;
  const pictureWith = (inner: string) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
      .withXmp(packet(inner))
      .webp()
      .toBuffer();

  test('canary: it is really read', async () => {
    const facts = await readPictureFacts(await pictureWith('<photoshop:Credit>Ann/AP</photoshop:Credit>'));
    expect(JSON.stringify(facts.iptc)).toContain('Ann/AP');
  });

  test.each<[string, (n: number) => string]>([
    ['creators', (n) => `<dc:creator><rdf:Seq>${'<rdf:li>Ann</rdf:li>'.repeat(n)}</rdf:Seq></dc:creator>`],
    ['keywords', (n) => `<dc:subject><rdf:Bag>${repeat(n, (i) => `<rdf:li>k${i}</rdf:li>`)}</rdf:Bag></dc:subject>`],
    [
      'languages of a caption',
      (n) =>
        `<dc:description><rdf:Alt>${repeat(n, (i) => `<rdf:li xml:lang="x-${i}">a</rdf:li>`)}</rdf:Alt></dc:description>`,
    ],
    ['a long credit', (n) => `<photoshop:Credit>${'word '.repeat(n)}</photoshop:Credit>`],
    ['references in a credit', (n) => `<photoshop:Credit>${'&amp;'.repeat(n)}</photoshop:Credit>`],
    ['equal properties', (n) => '<photoshop:Credit>a</photoshop:Credit>'.repeat(n)],
    ['open elements', (n) => '<photoshop:Credit>'.repeat(n)],
    ['nested elements', (n) => `${'<photoshop:Credit>'.repeat(n)}a${'</photoshop:Credit>'.repeat(n)}`],
    ['namespaces', (n) => repeat(n, (i) => `<n${i}:a xmlns:n${i}="http://a.example/${i}">b</n${i}:a>`)],
    ['comments', (n) => '<!-- a -->'.repeat(n)],
  ])('%s', async (_, make) => {
    const { isLinear, ms } = await growth(async (n) => {
      const bytes = await pictureWith(make(n));
      // What is refused is refused in linear time, too.
      return cpuOf(() => readPictureFacts(bytes).catch(() => undefined));
    });
    expect(isLinear, ms.join(' ms, ')).toBe(true);
  });
});
