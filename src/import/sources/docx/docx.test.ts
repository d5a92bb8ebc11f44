import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { picture } from '../../small-archive.fixture.ts';
import { importFiles } from '../files/import-files.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { type Docx, docxOf, image, p, pictureElement, run } from './docx.fixture.ts';

const prose =
  'The harbour of Galway reopened on Tuesday after the longest closure in its history, the port authority said.';
const dated = p('3 March 2026');

const importDocx = (docx: Docx, options: Parameters<typeof importFiles>[2] = {}) =>
  importFiles('docx', { 'harbour FINAL v3.docx': docxOf(docx) }, options);

describe('styles', () => {
  test.each([
    ['English', 'Title', 'Subtitle', 'heading 2', 'Quote'],
    ['German', 'Titel', 'Vorspann', 'Zwischentitel', 'Zitat'],
    ['French', 'Titre', 'Chapô', 'Intertitre', 'Citation'],
    ['Spanish', 'Título', 'Entradilla', 'Ladillo', 'Cita'],
    ['Italian', 'Titolo', 'Sottotitolo', 'Titoletto', 'Citazione'],
    ['Dutch', 'Kop', 'Inleiding', 'Tussenkop', 'Citaat'],
    ['Swedish', 'Rubrik', 'Ingress', 'Mellanrubrik', 'Citat'],
    ['a newsroom', 'Story Title', 'Standfirst', 'Crosshead', 'Blockquote'],
  ])('in %s', async (_, title, standfirst, subhead, quote) => {
    const { text, body, errors } = await importDocx({
      styles: { a: { name: title }, b: { name: standfirst }, c: { name: subhead }, d: { name: quote } },
      body: [
        p('Harbour reopens', 'a'),
        p('Ferries sail again', 'b'),
        dated,
        p(prose),
        p('What next?', 'c'),
        p(prose),
        p('We were lucky.', 'd'),
      ].join(''),
    });
    expect(errors).toEqual([]);
    expect(text).toContain('headline: Harbour reopens\nstandfirst: Ferries sail again\n');
    expect(text).toContain('published: 2026-03-03');
    expect(body).toBe(`${prose}\n\n## What next?\n\n${prose}\n\n> We were lucky.\n`);
  });

  test('by what a style is based on, even in a circle', async () => {
    const { body, text } = await importDocx({
      styles: {
        Hed: { name: 'House 1', basedOn: 'T' },
        T: { name: 'Title' },
        a: { name: 'House 2', basedOn: 'b' },
        b: { name: 'House 3', basedOn: 'a' },
        c: { name: 'House 4', level: 1 },
      },
      body: [p('Harbour reopens', 'Hed'), dated, p(prose, 'a'), p('What next?', 'c'), p(prose)].join(''),
    });
    expect(text).toContain('headline: Harbour reopens');
    expect(body).toBe(`${prose}\n\n## What next?\n\n${prose}\n`);
  });

  test('without styles, a first bold line is the headline, and a byline and a date are found', async () => {
    const { text, notes } = await importDocx({
      body: [p(run('Harbour reopens', '<w:b/>')), p('By Ann Example'), dated, p(prose), p(prose)].join(''),
    });
    expect(text).toContain('headline: Harbour reopens');
    expect(text).toContain('byline:\n  - { name: Ann Example }');
    expect(notes).toContain('“By Ann Example” became the byline');
  });

  test('the properties of the file fill only what the text leaves open, and are named', async () => {
    const core =
      '<dc:title>Harbour reopens</dc:title><dc:creator>Ann Example</dc:creator><dcterms:created>2026-03-03T10:00:00Z</dcterms:created>';
    const { text, notes } = await importDocx({ body: p(prose), core });
    expect(text).toContain('headline: Harbour reopens');
    expect(text).toContain('published: 2026-03-03\n');
    expect(notes.join('\n')).toMatch(/headline comes from the properties[\s\S]*byline comes from the properties/);
    const other = await importDocx({
      body: p(prose) + p(prose),
      core: '<dc:title>Document1</dc:title><dc:creator>Microsoft Office User</dc:creator>',
    });
    expect(other.text).toContain('headline: harbour FINAL v3');
    expect(other.text).not.toContain('byline');
    expect(other.receipt.drafts).toHaveLength(1);
  });
});

describe('pictures', () => {
  test('have their alt text, the caption below, and its credit', async () => {
    const { text, body, stories, errors } = await importDocx({
      styles: { Caption: { name: 'caption' }, Title: { name: 'Title' } },
      media: { 'quay.png': await picture(), 'boat.jpg': await picture() },
      body: [
        p('Harbour reopens', 'Title'),
        dated,
        p(image('quay', 'A quay wall')),
        p('The quay on Tuesday. Photo: Ann Example / AP', 'Caption'),
        p(prose),
        p(`${run(prose)}${image('boat', 'A boat')}`),
        p('Boats wait outside (Photo: Bob Test)'),
      ].join(''),
    });
    expect(errors).toEqual([]);
    expect(text).toMatch(
      /lead: \{ src: quay\.png, alt: A quay wall, caption: .?The quay on Tuesday\..?, credit: Ann Example \/ AP \}/,
    );
    expect(body).toBe(
      `${prose}\n\n${prose}\n\n<Picture src="boat.jpg" alt="A boat" caption="Boats wait outside" credit="Bob Test" />\n`,
    );
    expect(stories[0]?.files).toEqual(['boat.jpg', 'index.mdx', 'quay.png']);
  });

  test('in a group, in an old document, and on another computer are not lost', async () => {
    const group = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wp:docPr id="1" name="g"/><a:graphic><a:graphicData><wpg:wgp>${pictureElement('quay', 'A quay wall')}${pictureElement('boat', 'A boat')}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`;
    const vml = '<w:r><w:pict><v:shape><v:imagedata r:id="boat" o:title="x" xmlns:o="o"/></v:shape></w:pict></w:r>';
    const linked =
      '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A pier"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="far"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    const { body, stories, errors } = await importDocx({
      media: { 'quay.png': await picture(), 'boat.jpg': await picture() },
      pictureLinks: { far: 'https://old.example/a&amp;b.jpg' },
      body: [p(prose), p(group), p(prose), p(vml), p(linked)].join(''),
    });
    expect(errors).toEqual([]);
    expect(stories[0]?.files).toEqual(['boat.jpg', 'index.mdx', 'quay.png']);
    expect(body).toContain('A quay wall');
    expect(body).toContain('<Figure wanted="https://old.example/a&b.jpg" alt="A pier" />');
  });

  test('that only Word shows are named', async () => {
    const { notes, body } = await importDocx({
      media: { 'graph.emf': Buffer.from('emf') },
      body: p(prose) + p(image('graph', 'A graph of ferries')) + p(prose),
    });
    expect(notes.join('\n')).toContain('The picture graph.emf has a format that only Word shows');
    expect(body).toContain('<Figure wanted="graph.emf" alt="A graph of ferries" />');
  });
});

describe('words outside of the running text', () => {
  test('footnotes, links, emphasis, lists, fields, and formulas', async () => {
    const { body, errors } = await importDocx({
      links: { link: 'https://harbour.example/' },
      footnotes: ['Minutes of the council.'],
      body: [
        p(prose),
        p(
          `${run('Read ')}<w:hyperlink r:id="link">${run('the times')}</w:hyperlink>${run(' now', '<w:b/>')}<w:r><w:footnoteReference w:id="1"/></w:r>`,
        ),
        p(
          `<w:fldSimple w:instr=" DATE ">${run('Tuesday')}</w:fldSimple>${run(' and ')}<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>`,
        ),
      ].join(''),
    });
    expect(errors).toEqual([]);
    expect(body).toBe(
      `${prose}\n\nRead [the times](https://harbour.example/) **now**[^1]\n\nTuesday and a=b\n\n[^1]: Minutes of the council.\n`,
    );
  });

  test('text boxes in both of their forms stand once, below their paragraph', async () => {
    const words = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${words('Ferries in figures')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:rect><v:textbox>${words('Ferries in figures')}</v:textbox></v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>`;
    const old = `<w:r><w:pict><v:oval><v:textbox>${words('An old box')}</v:textbox></v:oval></w:pict></w:r>`;
    const { body } = await importDocx({ body: p(`${run(prose)}${box}`) + p(`${run('After it.')}${old}`) });
    expect(body).toBe(`${prose}\n\nFerries in figures\n\nAfter it.\n\nAn old box\n`);
  });

  test('comments, headers, hidden text, and a table of contents are left out and named', async () => {
    const { body, notes } = await importDocx({
      styles: { toc1: { name: 'toc 1' } },
      comments: [{ author: 'Bob', words: 'Is this true?' }],
      header: 'The Post, internal',
      footer: 'Page 1 of 3',
      body: [
        p('Chapter one 3', 'toc1'),
        p(`${run(prose)}<w:r><w:commentReference w:id="0"/></w:r>`),
        p(`${run('Seen. ')}${run('Unseen.', '<w:vanish/>')}`),
      ].join(''),
    });
    expect(body).toBe(`${prose}\n\nSeen.\n`);
    expect(notes.join('\n')).toContain('A comment by Bob was left out: “Is this true?”');
    expect(notes.join('\n')).toContain('The header of the pages was left out: “The Post, internal”');
    expect(notes.join('\n')).toContain('The footer of the pages was left out: “Page 1 of 3”');
    expect(notes.join('\n')).toContain('Hidden text was left out: “Unseen.”');
    expect(notes.join('\n')).toContain('A line of the table of contents was left out: “Chapter one 3”');
  });

  test('tables have their header row and merged cells', async () => {
    const cell = (words: string, properties = '') => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(words)}</w:tc>`;
    const { body, errors } = await importDocx({
      body: `${p(prose)}<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell('Port')}${cell('Ferries')}</w:tr><w:tr>${cell('Galway')}${cell('12')}</w:tr></w:tbl>${p(prose)}<w:tbl><w:tr>${cell(run('Port', '<w:b/>'))}${cell(run('Ferries', '<w:b/>'))}</w:tr><w:tr>${cell('All ports', '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell('Cork')}${cell('9')}</w:tr></w:tbl>`,
    });
    expect(errors).toEqual([]);
    expect(body).toContain('| Port | Ferries |\n| - | - |\n| Galway | 12 |');
    expect(body).toMatch(/Port[\s\S]*Ferries[\s\S]*All ports[\s\S]*Cork[\s\S]*9/);
  });
});

describe('tracked changes', () => {
  const changed = [
    p(prose),
    p(
      `${run('The vote is on ')}<w:ins w:author="Bob">${run('Tuesday')}</w:ins><w:del w:author="Bob"><w:r><w:delText>Monday</w:delText></w:r></w:del>${run('.')}`,
    ),
    `<w:p><w:pPr><w:rPr><w:ins w:author="Bob"/></w:rPr></w:pPr><w:ins w:author="Bob">${run('A new paragraph.')}</w:ins></w:p>`,
    p('The end.'),
  ].join('');

  test('are accepted by default, and the story is a draft that says so', async () => {
    const { body, receipt, notes } = await importDocx({ body: changed + dated });
    expect(body).toContain('The vote is on Tuesday.\n\nA new paragraph.\n\nThe end.');
    expect(receipt.drafts[0]?.reason).toBe('the document has tracked changes, which were accepted');
    expect(notes.join('\n')).toContain('Tracked changes by Bob were accepted: 3 insertions and 1 deletions.');
  });

  test('are rejected if that is wanted', async () => {
    const { body, receipt } = await importDocx({ body: changed }, { trackedChanges: 'reject' });
    expect(body).toContain('The vote is on Monday.\n\nThe end.');
    expect(body).not.toContain('Tuesday.\n');
    expect(receipt.drafts[0]?.reason).toContain('rejected');
  });
});

test('importing again writes nothing, and keeps what an editor has changed', async () => {
  const { again, archive } = await importDocx({ body: p(prose), media: { 'a.png': await picture() } });
  const second = await again();
  expect(second.files).toMatchObject({ written: 0, unchanged: 1, skipped: 0 });
  expect(archive.list().length).toBeGreaterThan(0);
});

describe('bad input stops no other file', () => {
  const entries = (document: string) => [
    {
      name: '[Content_Types].xml',
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    { name: 'word/document.xml', data: document },
  ];
  const document = (body: string) =>
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  const good = docxOf({ body: p(prose) });
  const bomb = '<w:p/>'.repeat(4_000_000);

  test.each<[string, Uint8Array, RegExp]>([
    ['empty', Buffer.alloc(0), /^empty$/],
    ['truncated', good.subarray(0, good.length - 200), /truncated/],
    ['cut in its middle', Buffer.concat([good.subarray(0, 300), good.subarray(500)]), /damaged|truncated/],
    ['a picture', Buffer.from('\xff\xd8\xff\xe0 a picture', 'latin1'), /not those of a document/],
    ['an old document', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old', 'latin1'), /before 2007/],
    ['Rich Text', Buffer.from('{\\rtf1 text}'), /Rich Text/],
    ['a zip of something else', zipOf([{ name: 'a.txt', data: 'a' }]), /not a Word document/],
    [
      'a bomb that admits it',
      zipOf([...entries(document(p(prose))), { name: 'word/media/a.png', data: Buffer.alloc(30_000_000) }]),
      /bomb/,
    ],
    [
      'a bomb that lies',
      zipOf([
        { ...entries('')[0]!, name: '[Content_Types].xml' },
        { name: 'word/document.xml', data: bomb, claims: 1000 },
      ]),
      /larger than it claims/,
    ],
    [
      'a text that is too large',
      zipOf(entries(document(`${'<w:p><w:r><w:t>'}${'a'.repeat(13_000_000)}${'</w:t></w:r></w:p>'}`))),
      /too large|bomb/,
    ],
    [
      'entities',
      zipOf(entries(`<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>${document(p('&c;'))}`)),
      /entities/,
    ],
    [
      'an external entity',
      zipOf(entries(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${document(p('&b;'))}`)),
      /entities/,
    ],
    [
      'encrypted parts',
      zipOf(entries(document(p(prose))).map((entry) => ({ ...entry, isEncrypted: true }))),
      /encrypted/,
    ],
    ['not XML', zipOf(entries('\0\0\0')), /not a Word document/],
  ])('%s', async (_, bytes, reason) => {
    const { receipt, stories, errors } = await importFiles('docx', { 'bad.docx': bytes, 'good.docx': good });
    expect(receipt.skipped.map(({ file }) => file)).toEqual(['bad.docx']);
    expect(receipt.skipped[0]?.reason).toMatch(reason);
    expect(receipt.skipped[0]?.kept).toBeDefined();
    expect(stories.map(({ file }) => file)).toEqual(['good.docx']);
    expect(errors).toEqual([]);
  });

  test.each<[string, Uint8Array]>([
    [
      '5,000 levels',
      zipOf(
        entries(
          document(`${'<w:sdt><w:sdtContent>'.repeat(5000)}${p(prose)}${'</w:sdtContent></w:sdt>'.repeat(5000)}`),
        ),
      ),
    ],
    [
      'names that lead outside',
      docxOf({
        body: p(prose),
        more: [
          { name: '../../evil.txt', data: 'x' },
          { name: '/etc/evil', data: 'x' },
        ],
      }),
    ],
    [
      'UTF-16',
      zipOf(entries('')).length > 0
        ? zipOf([
            entries('')[0]!,
            { name: 'word/document.xml', data: Buffer.from(`\ufeff${document(p(prose))}`, 'utf16le') },
          ])
        : good,
    ],
    ['a bare ampersand', zipOf(entries(document(p('Fish & chips'))))],
  ])('%s does no harm', async (_, bytes) => {
    const { receipt, errors, archive } = await importFiles('docx', { 'odd.docx': bytes, 'good.docx': good });
    expect(receipt.files.in).toBe(2);
    expect(receipt.files.stories + receipt.files.drafts + receipt.files.skipped).toBe(2);
    expect(errors).toEqual([]);
    expect(existsSync(join(archive.root, 'evil.txt'))).toBe(false);
  });
});

const realDocuments = join(import.meta.dirname, '../../../../../shared/data/word');
test('real documents are imported without a loss', async (context) => {
  if (!existsSync(realDocuments)) return context.skip('not run: needs ../shared/data/word');
  const files = Object.fromEntries(
    readdirSync(realDocuments).map((name) => [name, readFileSync(join(realDocuments, name))]),
  );
  const { receipt, errors } = await importFiles('docx', files);
  expect(receipt.files.in).toBe(Object.keys(files).length);
  expect(receipt.skipped).toEqual([]);
  expect(errors).toEqual([]);
});
