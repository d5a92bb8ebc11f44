import { expect, test } from 'vitest';
import { docxOf, image, p, run } from '../sources/docx/docx.fixture.ts';
import { odtOf, p as odtP } from '../sources/odt/odt.fixture.ts';
import { zipOf } from '../sources/zip/zip.fixture.ts';
import { type Proof, prove } from './proof.fixture.ts';

// What the receipt says about documents of Word, LibreOffice, and Google Docs, and that it is so.

type Rest = Omit<Proof, 'files' | 'kind' | 'says'>;
const prose = 'The harbour reopened on Tuesday after the longest closure in its history, the authority said.';
const head = (p: (words: string) => string) => p('Harbour reopens') + p('3 March 2026') + p(prose);
const docx = (body: string, says: Proof['says'], rest: Rest = {}, more = {}): Proof => ({
  ...{ kind: 'docx', files: { 'harbour.docx': docxOf({ body: head(p) + body, ...more }) }, says, ...rest },
});
const odt = (body: string, says: Proof['says'], rest: Rest = {}, more = {}): Proof => ({
  ...{ kind: 'odt', files: { 'harbour.odt': odtOf(head(odtP) + body, more) }, says, ...rest },
});
const refused = (kind: 'docx' | 'odt' | 'gdoc', name: string, bytes: string | Uint8Array, reason: string): Proof => ({
  ...{ kind, files: { [name]: bytes, 'other.txt': 'x' }, source: name, says: `skipped ${name}: ${reason}` },
  so: ({ receipt }) => expect(receipt.files).toMatchObject({ in: 1, skipped: 1, written: 0 }),
});
const google = (body: string): string =>
  `<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">.c1{font-weight:700}</style></head><body class="c0 doc-content"><h1><span class="c1">Harbour reopens</span></h1><p><span>${prose}</span></p>${body}</body></html>`;
const box = (words: string): string =>
  `<w:p><w:r><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>${p(words)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>`;
const isGone = (...words: string[]): Rest => ({ hasNot: words, has: ['The harbour reopened'] });

const proofs: Record<string, Proof> = {
  'Word: a text box': docx(
    box('Words in a box.'),
    'A text box was put below the paragraph that it belongs to: “Words in a box.”',
    {
      has: ['Words in a box.'],
    },
  ),
  'Word: hidden text': docx(
    p(run('Secret words', '<w:vanish/>') + run(' and open ones.')),
    'Hidden text was left out: “Secret words”',
    {
      has: ['and open ones.'],
      hasNot: ['Secret'],
    },
  ),
  'Word: a form field': docx(
    `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p('Click here to enter text.')}</w:sdtContent></w:sdt>`,
    'The prompt of a form field was left out: “Click here to enter text.”',
    isGone('Click here'),
  ),
  'Word: a formula': docx(
    '<w:p><w:r><w:t>So </w:t></w:r><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>',
    'A formula became plain text: “a+b”',
    { has: ['So a+b'] },
  ),
  'Word: a chart and a diagram': docx(
    '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
    ['A chart was left out. Save it as a picture', 'A chart or diagram was left out. Its words: “Tons 12”'],
    isGone('Tons'),
    { more: [{ name: 'word/charts/chart1.xml', data: '<c:chart><a:t>Tons</a:t><c:v>12</c:v></c:chart>' }] },
  ),
  'Word: a picture that only Word shows': docx(
    `<w:p>${image('rIdx', 'A map')}</w:p>`,
    'The picture rIdx.emf has a format that only Word shows. Save it as JPEG or PNG and put it beside the story.',
    { so: ({ archive }) => expect(archive.list().filter((name) => name.endsWith('.emf'))).toEqual([]) },
    { media: { 'rIdx.emf': Buffer.from('EMF') } },
  ),
  'Word: what mammoth cannot find': docx(
    '<w:p><w:r><w:sym w:font="Odd" w:char="F999"/></w:r><w:r><w:t>Words.</w:t></w:r></w:p>',
    'Word document: ',
    { has: ['Words.'] },
  ),
  'Word: properties': {
    kind: 'docx',
    files: {
      'harbour.docx': docxOf({
        body: p(prose),
        core: '<dc:title>The harbour</dc:title><dc:creator>Ann Lee</dc:creator><dcterms:created>2026-03-03T10:00:00Z</dcterms:created>',
      }),
    },
    says: [
      'The headline comes from the properties of the file: “The harbour”',
      'The byline comes from the properties of the file: “Ann Lee”. Check it.',
      'The text has no date. The day on which the file was created is used: 2026-03-03.',
    ],
    has: ['headline: The harbour', 'Ann Lee', 'published: 2026-03-03'],
  },
  'Word: tracked changes, accepted': docx(
    `<w:p><w:r><w:t>It was </w:t></w:r><w:ins w:author="Ed"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author="Ed"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>`,
    [
      'Tracked changes by Ed were accepted: 1 insertions and 1 deletions.',
      ': the document has tracked changes, which were accepted',
    ],
    { has: ['It was new'], hasNot: ['old'] },
  ),
  'Word: tracked changes, rejected': docx(
    `<w:p><w:r><w:t>It was </w:t></w:r><w:ins w:author="Ed"><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author="Ed"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>`,
    'Tracked changes by Ed were rejected: 1 insertions and 1 deletions.',
    { has: ['It was old'], hasNot: ['It was new'], options: { trackedChanges: 'reject' } },
  ),
  'Word: comments, headers, and footers': docx(
    '',
    [
      'A comment by Ed was left out: “Check this.”',
      'The header of the pages was left out: “Draft 3”',
      'The footer of the pages was left out: “Page of pages”',
    ],
    isGone('Check this', 'Draft 3', 'Page of pages'),
    { comments: [{ author: 'Ed', words: 'Check this.' }], header: 'Draft 3', footer: 'Page of pages' },
  ),
  'Word: entities': refused(
    'docx',
    'a.docx',
    zipOf([
      { name: '_rels/.rels', data: '<!DOCTYPE x [<!ENTITY a "b">]><Relationships/>' },
      { name: 'word/document.xml', data: '<w:document/>' },
      { name: '[Content_Types].xml', data: '<Types/>' },
    ]),
    'it defines entities, which no word processor does',
  ),
  'Word: nothing that mammoth reads': refused(
    'docx',
    'a.docx',
    zipOf([
      { name: '[Content_Types].xml', data: 'x' },
      { name: 'word/document.xml', data: 'x' },
    ]),
    'it is not a Word document that can be read: ',
  ),
  'Word: tables in tables': refused(
    'docx',
    'a.docx',
    docxOf({ body: `${'<w:tbl><w:tr><w:tc>'.repeat(9000)}${p('x')}${'</w:tc></w:tr></w:tbl>'.repeat(9000)}` }),
    'it is nested too deeply',
  ),
  'a password': refused(
    'docx',
    'a.docx',
    Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....', 'latin1'),
    'a document with a password, or from Word before 2007. Open it in Word and save it as .docx without a password',
  ),
  'Rich Text': refused(
    'docx',
    'a.docx',
    '{\\rtf1 x}',
    'a document in Rich Text Format. Open it in Word or LibreOffice and save it as .docx or .odt',
  ),
  'very old Word': refused(
    'docx',
    'a.doc',
    Buffer.from('\xdb\xa5-...', 'latin1'),
    'a document from a very old version of Word. Open it in Word or LibreOffice and save it as .docx',
  ),
  'a PDF': refused('docx', 'a.docx', '%PDF-1.4', 'a PDF file, although its name says that it is a document'),
  damaged: refused(
    'docx',
    'a.docx',
    'Just words.',
    'damaged: its bytes are not those of a document, although its name says so',
  ),
  'a flat OpenDocument file': refused(
    'odt',
    'a.fodt',
    '<office:document/>',
    'a flat OpenDocument file. Open it in LibreOffice and save it as .odt',
  ),
  'another kind': refused('odt', 'a.odt', docxOf({ body: p('x') }), 'not a file of the kind odt'),
  'LibreOffice: a password': refused(
    'odt',
    'a.odt',
    odtOf('', { entries: [{ name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' }] }),
    'it has a password. Save it without one',
  ),
  'LibreOffice: a table': refused(
    'odt',
    'a.odt',
    zipOf([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true },
      { name: 'content.xml', data: '<office:spreadsheet/>' },
    ]),
    'it is an OpenDocument file, but not a text',
  ),
  'LibreOffice: no content': refused(
    'odt',
    'a.odt',
    zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true }]),
    'it has no part content.xml',
  ),
  'LibreOffice: entities': refused(
    'odt',
    'a.odt',
    zipOf([
      { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true },
      { name: 'content.xml', data: '<!DOCTYPE x [<!ENTITY a "b">]><office:text>&a;</office:text>' },
    ]),
    'it defines entities, which no word processor does',
  ),
  'LibreOffice: an index, hidden text, and an object': odt(
    `<text:table-of-content><text:index-body>${odtP('What next? 3')}</text:index-body></text:table-of-content>${odtP('<text:span text:style-name="T3">Secret</text:span>Open.')}${odtP('<draw:frame><draw:object xlink:href="x"/></draw:frame>')}`,
    [
      'An index of the document was left out: “What next? 3”',
      'Hidden text was left out: “Secret”',
      'An embedded object, such as a formula or a chart, was left out.',
    ],
    isGone('What next', 'Secret'),
  ),
  'LibreOffice: a text box': odt(
    odtP(`<draw:frame><draw:text-box>${odtP('Words in a box.')}</draw:text-box></draw:frame>Open.`),
    'A text box was put below the paragraph that it belongs to: “Words in a box.”',
    { has: [/Open\.[\s\S]*Words in a box\./] },
  ),
  'LibreOffice: a picture that only office programs show': odt(
    odtP('<draw:frame><draw:image xlink:href="Pictures/map.svm"/></draw:frame>'),
    'The picture map.svm has a format that only office programs show.',
    { so: ({ archive }) => expect(archive.list().filter((name) => name.endsWith('.svm'))).toEqual([]) },
    { pictures: { 'map.svm': Buffer.from('x') } },
  ),
  'Google Docs: other Markdown': refused(
    'gdoc',
    'a.md',
    '# A\n\nWords.\n',
    'Markdown that does not come from Google Docs. Import it with  broadsheet import markdown',
  ),
  'Google Docs: a zip without a page': refused(
    'gdoc',
    'a.zip',
    zipOf([
      { name: 'images/a.png', data: 'x' },
      { name: 'b/x.html', data: google('') },
    ]),
    'it has no page, so it does not come from Google Docs',
  ),
  'Google Docs: a page that is no text': refused(
    'gdoc',
    'a.zip',
    zipOf([
      { name: 'a.html', data: Buffer.from([0, 1, 2, 3]) },
      { name: 'images/a.png', data: 'x' },
    ]),
    'its page is not text',
  ),
  'Google Docs: too much text': refused(
    'gdoc',
    'a.html',
    google('x'.repeat(4_100_000)),
    'more than 4 MB of text without its pictures',
  ),
  'Google Docs: a name that leads outside': {
    kind: 'gdoc',
    files: {
      'a.zip': zipOf([
        { name: 'a.html', data: google('') },
        { name: 'images/a.png', data: 'x' },
        { name: '../../out.png', data: 'x' },
      ]),
    },
    says: 'The name “../../out.png” in the zip leads outside of it, and was not unpacked.',
    has: ['The harbour reopened'],
  },
};

test.each(Object.entries(proofs))('%s', async (_, proof) => {
  await prove(proof);
});
