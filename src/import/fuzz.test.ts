import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { archives } from './bad-input.fixture.ts';
import { contractProblems, smallArchive } from './small-archive.fixture.ts';
import type { SourceKind } from './source.ts';
import { docxOf, run as docxRun, image, p } from './sources/docx/docx.fixture.ts';
import { odtOf, p as odtP } from './sources/odt/odt.fixture.ts';
import { zipOf } from './sources/zip/zip.fixture.ts';
import { ZipReader } from './sources/zip/zip-reader.ts';

// Broken archives of every kind: no item can end a run, every item is counted, and what is skipped is kept as it was.
// BROADSHEET_FUZZ_RUNS and BROADSHEET_FUZZ_SEED try more, and again.

const runs = Number(process.env.BROADSHEET_FUZZ_RUNS ?? 4);
const seed = Number(process.env.BROADSHEET_FUZZ_SEED ?? 1);

const mixedText =
  '<p>Words <b>and</b> more.</p><figure><img src="a.jpg" alt="A"><figcaption>C</figcaption></figure><div class="x" data-attrs="{&quot;url&quot;:&quot;https://x.example/&quot;}"><a href="/y">z</a></div><ul><li>a</li></ul>';
const wxr = `<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version><link>https://old.example</link>${[1, 2, 3].map((n) => `<item><title>Post ${n}</title><link>https://old.example/${n}/</link><content:encoded><![CDATA[<p>Words <b>${n}</b></p><!-- wp:image {"id":${n}} --><figure><img src="a.jpg"/><figcaption>C</figcaption></figure><!-- /wp:image -->]]></content:encoded><wp:post_id>${n}</wp:post_id><wp:post_date>2015-01-0${n} 10:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`).join('')}</channel></rss>`;
const ghost = JSON.stringify({
  db: [
    {
      meta: { version: '5.0.0' },
      data: {
        posts: [1, 2].map((n) => ({
          id: `${n}`,
          title: `Post ${n}`,
          slug: `p${n}`,
          html: '<p>Words</p>',
          status: 'published',
          visibility: 'public',
          type: 'post',
          published_at: '2015-01-01T10:00:00.000Z',
        })),
        users: [{ id: '1', name: 'Ann', slug: 'ann' }],
        posts_authors: [{ post_id: '1', author_id: '1' }],
        tags: [],
        posts_tags: [],
      },
    },
  ],
});
const ninjs = JSON.stringify({
  uri: 'urn:x:1',
  standard: { name: 'ninjs', version: '2.1' },
  headlines: [{ value: 'Harbour opens' }],
  bodies: [{ role: 'main', contenttype: 'text/html', value: '<p>Words.</p>' }],
  versioncreated: '2015-01-01T10:00:00Z',
});
const newsml = `<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="1"><itemMeta><versionCreated>2015-01-01T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>Harbour opens</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words.</p></body></html></inlineXML></contentSet></newsItem>`;

const seeds: [SourceKind, string, string][] = [
  [
    'markdown',
    'a.md',
    '---\ntitle: "A: b"\ndate: 2015-01-01\ntags: [x, y]\nimage: {src: a.jpg, caption: C}\n---\n\n# A\n\n<figure><img src="a.jpg"><figcaption>C</figcaption></figure>\n\n| a | b |\n| - | - |\n| c | d |\n\n{{< figure src="a.jpg" >}} [x](/y) ![z](b.jpg "c")\n',
  ],
  ['markdown', 'a.mdx', '---\ntitle: A\ndate: 2015-01-01\n---\nimport X from "./x"\n\n<X a={1}>**b** {c}</X>\n'],
  ['wordpress', 'a.xml', wxr],
  ['ghost', 'a.json', ghost],
  [
    'html',
    'a.html',
    '<!doctype html><html><head><title>A</title><meta property="article:published_time" content="2015-01-01"></head><body><article><h1>A</h1><p>Words and more words, at the harbour.</p><figure><img src="data:image/gif;base64,R0lGOD"><figcaption>C</figcaption></figure></article></body></html>',
  ],
  [
    'gdoc',
    'a.html',
    '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style>.c1{font-weight:700}</style></head><body class="c0 doc-content"><h1><span class="c1">A</span></h1><p><span>Words.</span></p></body></html>',
  ],
  [
    'text',
    'a.txt',
    'Harbour opens\n\nBy Ann Lee\n\nDUBLIN, Jan 1 - Words at the harbour.\n\nRead more:\nAnother story\n',
  ],
  ['ninjs', 'a.json', ninjs],
  ['newsml', 'a.xml', newsml],
  ['blogger', 'blog.xml', archives.blogger({ text: mixedText }).files['blog.xml'] as string],
  ['docx', 'a.docx', 'PK\x03\x04\x14\x00\x00\x00\x08\x00word/document.xml'],
  ['odt', 'a.odt', 'PK\x03\x04\x14\x00\x00\x00\x00\x00mimetypeapplication/vnd.oasis.opendocument.text'],
]; // prettier-ignore

/** A generator of numbers that is the same in every run (mulberry32). @returns from 0 to below 1 */
function numbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bytes that are broken in one of the ways in which files break, and in some in which only attackers break them. */
function broken(whole: Buffer, next: () => number): Buffer {
  const at = (length: number) => Math.floor(next() * length);
  const bytes = Buffer.from(whole);
  switch (at(6)) {
    case 0:
      return Buffer.from(Array.from({ length: at(400) }, () => at(256)));
    case 1:
      return bytes.subarray(0, at(bytes.length));
    case 2:
      return Buffer.concat([bytes.subarray(at(bytes.length)), bytes.subarray(0, at(bytes.length))]);
    case 3: {
      const from = at(bytes.length);
      return Buffer.concat([...Array.from({ length: 40 }, () => bytes.subarray(from, from + 30)), bytes]);
    }
    case 4:
      return Buffer.concat([
        Buffer.from([0xff, 0xfe]),
        Buffer.from(bytes.toString('latin1'), 'utf16le').subarray(at(3)),
      ]);
    default:
      for (let count = 0; count < 12; count++) bytes[at(bytes.length)] = (bytes[at(bytes.length)] ?? 0) ^ (1 << at(8));
      return bytes;
  }
}

test.each(seeds)('%s (%s) survives broken files', { timeout: 600_000 }, async (kind, name, whole) => {
  for (let run = 0; run < runs; run++) {
    const number = seed * 1000 + run;
    const bytes = broken(Buffer.from(whole, 'latin1'), numbers(number));
    const archive = smallArchive({ [name]: bytes });
    try {
      const receipt = await archive.runAs(kind, kind === 'markdown' ? '' : name);
      const { files, skipped } = receipt;
      expect(files.stories + files.pages + files.drafts + files.skipped).toBe(files.in);
      expect(skipped).toHaveLength(files.skipped);
      expect(await contractProblems(archive.stories)).toEqual([]);
      for (const { kept } of skipped) {
        if (kept === undefined || files.in !== 1) continue;
        const copy = join(archive.root, 'site', kept);
        expect(existsSync(copy)).toBe(true);
        // A file that is one item is kept as it was. Of an export, only the item is kept.
        if (!['wordpress', 'ghost', 'blogger'].includes(kind)) expect(readFileSync(copy).equals(bytes)).toBe(true);
      }
    } catch (error) {
      // An archive that cannot be read at all is refused with a sentence for the user.
      if (error instanceof Error && error.name === 'ImportError') continue;
      throw new Error(`BROADSHEET_FUZZ_SEED: ${number}: ${error instanceof Error ? error.stack : error}`);
    }
  }
});

/** The files of an export that is a folder, and the one that is broken. */
const folders: [SourceKind, string, Record<string, string | Uint8Array>][] = (['substack', 'medium'] as const).flatMap(
  (kind) => {
    const { files } = archives[kind]({ text: mixedText });
    return Object.keys(files).map((name): [SourceKind, string, typeof files] => [kind, name, files]);
  },
);

test.each(folders)('an export of %s with a broken %s', { timeout: 600_000 }, async (kind, name, files) => {
  for (let run = 0; run < runs; run++) {
    const number = seed * 1000 + run;
    const bytes = broken(Buffer.from(files[name] ?? ''), numbers(number));
    await survives(kind, { ...files, [name]: bytes }, '', number);
  }
});

const table = '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>';
const documents: [SourceKind, string, () => Buffer][] = [
  [
    'docx',
    'generated.docx',
    () =>
      docxOf({
        body: `${p('Harbour opens', 'H1')}${p('1 January 2015')}${p('Words at the harbour.')}<w:p><w:ins w:author="Ed">${docxRun('new')}</w:ins><w:del w:author="Ed"><w:r><w:delText>old</w:delText></w:r></w:del>${image('rIdx', 'A boat')}</w:p>${table}`,
        ...{
          styles: { H1: { name: 'heading 1' } },
          footnotes: ['A note.'],
          comments: [{ author: 'Ed', words: 'Hm.' }],
        },
        ...{ media: { 'rIdx.png': Buffer.from('PNG') }, header: 'Draft', core: '<dc:title>T</dc:title>' },
      }),
  ],
  [
    'odt',
    'generated.odt',
    () =>
      odtOf(
        `${odtP('Harbour opens', 'P1')}${odtP('Words <text:span text:style-name="T1">at</text:span> the harbour.<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note>')}<table:table><table:table-row><table:table-cell>${odtP('a')}</table:table-cell></table:table-row></table:table>${odtP('<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>')}`,
        { meta: '<dc:title>T</dc:title>', pictures: { 'a.png': Buffer.from('PNG') } },
      ),
  ],
  ...realDocuments(),
];

/** Documents of Word that are not part of this repository, if they are beside it. */
function realDocuments(): typeof documents {
  const folder = process.env.BROADSHEET_WORD_FILES ?? join(import.meta.dirname, '../../../shared/data/word');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.docx'))
    .map((name) => ['docx', name, () => readFileSync(join(folder, name))]);
}

test.each(documents)('%s: %s survives broken parts', { timeout: 600_000 }, async (kind, name, read) => {
  for (let run = 0; run < runs; run++) {
    const number = seed * 1000 + run;
    const bytes = brokenPart(read(), numbers(number));
    await survives(
      kind,
      { [`a.${kind}`]: bytes, [`broken-${name}`]: broken(bytes, numbers(number + 500)) },
      '',
      number,
    );
  }
});

/** A zip with one broken part. Random changes to the bytes of the zip itself would nearly always damage only its compression. */
function brokenPart(whole: Buffer, next: () => number): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.zip'), whole);
  const zip = new ZipReader(join(folder, 'a.zip'));
  try {
    const parts = zip
      .names()
      .map((name) => ({ name, data: zip.read(name, 20_000_000), isStored: name === 'mimetype' }));
    const chosen = parts.filter(({ name }) => /\.(?:xml|rels)$/.test(name));
    const part = chosen[Math.floor(next() * chosen.length)];
    if (part) part.data = broken(part.data, next);
    return zipOf(parts);
  } finally {
    zip.close();
  }
}

/** Whatever is broken, the sums are right, what was written can be built, and a fault is no fault of the program. */
async function survives(kind: SourceKind, files: Record<string, string | Uint8Array>, source: string, number: number) {
  const archive = smallArchive(files);
  try {
    const { files: sums, skipped } = await archive.runAs(kind, source);
    expect(sums.stories + sums.pages + sums.drafts + sums.skipped).toBe(sums.in);
    expect(skipped).toHaveLength(sums.skipped);
    expect(await contractProblems(archive.stories)).toEqual([]);
    for (const { kept } of skipped)
      if (kept !== undefined) expect(existsSync(join(archive.root, 'site', kept))).toBe(true);
  } catch (error) {
    if (error instanceof Error && error.name === 'ImportError') return;
    throw new Error(`BROADSHEET_FUZZ_SEED: ${number}: ${error instanceof Error ? error.stack : error}`);
  }
}
