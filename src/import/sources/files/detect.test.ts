import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { detectKind } from '../../open-source.ts';
import { docxOf, p } from '../docx/docx.fixture.ts';
import { zipOf } from '../zip/zip.fixture.ts';
import { importFiles } from './import-files.fixture.ts';

const word = docxOf({ body: p('Text.') });
const odt = zipOf([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', isStored: true }]);
const google = zipOf([{ name: 'Story.html', data: '<html></html>' }]);

function kindOf(files: Record<string, string | Uint8Array>): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kind '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, data] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), data);
  }
  const names = Object.keys(files);
  return detectKind(names.length === 1 ? join(folder, names[0] ?? '') : folder);
}

test.each<[string, Record<string, string | Uint8Array>, string]>([
  ['a Word document', { 'a.docx': word }, 'docx'],
  ['a Word document with another name', { 'a.bin': word }, 'docx'],
  ['an OpenDocument text named .docx', { 'a.docx': odt }, 'odt'],
  ['an old Word document', { 'a.doc': Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1') }, 'docx'],
  ['a zip of Google Docs', { 'a.zip': google }, 'gdoc'],
  ['a page of Google Docs', { 'a.html': '<html><body class="c1 doc-content"><ul class="lst-kix_a-0">' }, 'gdoc'],
  ['a page', { 'a.html': '<!DOCTYPE html><html><p>Text' }, 'html'],
  ['a page in UTF-16', { 'a.html': Buffer.from('\ufeff<html><p>Text', 'utf16le') }, 'html'],
  ['a text', { 'a.txt': 'Harbour reopens' }, 'text'],
  ['a folder of documents with pictures', { 'a.docx': word, 'b.docx': word, 'c.jpg': 'x', 'notes.txt': 'x' }, 'docx'],
])('%s', (_, files, kind) => expect(kindOf(files)).toBe(kind));

test('every file of a mixed folder is accounted for', async () => {
  const { receipt } = await importFiles('docx', {
    'a.docx': docxOf({ body: p('The harbour reopened on Tuesday, the port said. Ferries follow on Thursday.') }),
    'b/c.odt': odt,
    'd.json': '{}',
    'e.jpg': 'no picture',
    '~$a.docx': 'a lock file of Word',
  });
  expect(receipt.files.in).toBe(1);
  expect(receipt.others.notUnderstood.sort()).toEqual(['b/c.odt', 'd.json']);
  expect(receipt.others.unused).toEqual(['e.jpg']);
});
