import { hash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOfForm } from '../site/compressed-form.ts';
import { compressedForms } from './compress.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'newsroom-compress-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const digestOf = (bytes: Uint8Array) => ({ sha256: hash('sha256', bytes, 'hex'), size: bytes.length });

/** @returns the forms, and the paths that were read for them */
async function formsOf(files: Record<string, string | Buffer>) {
  const read: string[] = [];
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, digestOf(Buffer.from(text))]));
  const forms = await compressedForms(contents, {
    folder,
    bytesOf: async (path) => {
      read.push(path);
      return Buffer.from(files[path] ?? '');
    },
  });
  return { forms, read };
}

const page = '<p>The harbour reopens after the storm.</p>'.repeat(50);

test('a page gets both forms, and they contain its bytes', async () => {
  const { forms } = await formsOf({ 'index.html': page });
  expect([...forms.keys()].sort()).toEqual(['index.html.br', 'index.html.gz']);
  const [br, gz] = [forms.get('index.html.br')!, forms.get('index.html.gz')!];
  expect(brotliDecompressSync(await readFile(br.from)).toString()).toBe(page);
  expect(gunzipSync(await readFile(gz.from)).toString()).toBe(page);
  for (const { from, sha256, size } of [br, gz]) expect(digestOf(await readFile(from))).toEqual({ sha256, size });
});

test('pictures, fonts of the web, and empty files get none, and neither does what would not be smaller', async () => {
  const { forms } = await formsOf({
    'assets/pictures/a.avif': page,
    'assets/a.woff2': page,
    'paper.zip': page,
    'empty.txt': '',
    'short.txt': 'a',
    'random.json': randomBytes(5000),
  });
  expect([...forms.keys()]).toEqual([]);
});

test('a form is made once for each digest, also if it was not smaller, and whatever the name of its file', async () => {
  const files = { 'index.html': page, 'random.json': randomBytes(5000) };
  expect((await formsOf(files)).read.sort()).toEqual(['index.html', 'random.json']);
  const again = await formsOf({ ...files, 'other.html': page });
  expect(again.read).toEqual([]);
  expect([...again.forms.keys()].sort()).toEqual(['index.html.br', 'index.html.gz', 'other.html.br', 'other.html.gz']);
});

test('a form that was deleted from the cache is made again', async () => {
  const { forms } = await formsOf({ 'index.html': page });
  rmSync(forms.get('index.html.br')!.from);
  const again = await formsOf({ 'index.html': page });
  expect(again.read).toEqual(['index.html']);
  expect(again.forms.get('index.html.br')).toEqual(forms.get('index.html.br'));
});

test('the same bytes give the same form on every machine', async () => {
  const { forms } = await formsOf({ 'index.html': page });
  rmSync(folder, { recursive: true });
  expect((await formsOf({ 'index.html': page })).forms).toEqual(forms);
});

test.each([
  ['index.html.br', 'index.html'],
  ['assets/a.css.gz', 'assets/a.css'],
  ['paper.zip.gz', undefined],
  ['archive.gz', undefined],
  ['.br', undefined],
  ['a.html', undefined],
])('%s is the form of %s', (path, file) => {
  expect(fileOfForm(path)).toBe(file);
});

test('forms of bytes that the site no longer has are deleted', async () => {
  const { forms } = await formsOf({ 'index.html': page });
  await formsOf({ 'index.html': `${page}!` });
  expect(existsSync(forms.get('index.html.br')!.from)).toBe(false);
  expect((await formsOf({ 'index.html': page })).read).toEqual(['index.html']);
});
