import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manifestFile, partFile, signatureFile } from '../site/manifest.ts';
import { readSecretKey, type SecretKey, signText } from '../site/minisign.ts';
import { siteInFolder } from './folder.ts';
import { publishedSite, put } from './published.fixture.ts';
import { verifySite } from './verify.ts';

let folder: string;
beforeEach(() => {
  folder = publishedSite().folder;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const verified = (key?: SecretKey) => verifySite(siteInFolder(folder), { key: key?.public });

describe('a folder', () => {
  test('that nobody touched is as published', async () => {
    expect(await verified()).toMatchObject({
      changed: [],
      missing: [],
      added: [],
      files: 9,
      isListed: true,
      signature: { state: 'none' },
      publish: expect.stringMatching(/^[\da-f]{64}$/),
    });
  });

  test('what was changed, is missing, and was added is named', async () => {
    writeFileSync(join(folder, 'index.html'), '<p>Home</p> ');
    writeFileSync(join(folder, 'feed.xml'), '<RSS/>'); // the same size
    rmSync(join(folder, '2025/02'), { recursive: true });
    put(folder, 'wp-login.php', 'x');
    put(folder, '.well-known/broadsheet/shell.php', 'x');
    put(folder, '.hidden', 'x');
    expect(await verified()).toMatchObject({
      changed: ['feed.xml', 'index.html'],
      missing: ['2025/02/ferry/index.html'],
      added: ['.hidden', '.well-known/broadsheet/shell.php', 'wp-login.php'],
    });
  });

  test('a page in whose place there is a folder, and a link in place of a folder, are noticed', async () => {
    rmSync(join(folder, 'index.html'));
    put(folder, 'index.html/x.html', 'x');
    rmSync(join(folder, '2025/02'), { recursive: true });
    symlinkSync(join(folder, '2025/03'), join(folder, '2025/02'));
    const { missing, added } = await verified();
    expect(missing).toEqual(['2025/02/ferry/index.html', 'index.html']);
    expect(added).toEqual(['2025/02', 'index.html/x.html']);
  });

  test('a compressed form belongs to its file if it has the same bytes, and is a change if it has others', async () => {
    const page = readFileSync(join(folder, 'index.html'));
    writeFileSync(join(folder, 'index.html.br'), brotliCompressSync(page));
    writeFileSync(join(folder, 'index.html.gz'), gzipSync(page));
    expect(await verified()).toMatchObject({ changed: [], added: [] });
    writeFileSync(join(folder, 'index.html.br'), brotliCompressSync('<script src="//evil.example"></script>'));
    writeFileSync(join(folder, 'index.html.gz'), 'not compressed');
    writeFileSync(join(folder, 'nothing.html.gz'), gzipSync(page));
    const { changed, added, reasons } = await verified();
    expect([changed, added]).toEqual([['index.html.br', 'index.html.gz'], ['nothing.html.gz']]);
    expect(reasons.get('index.html.br')).toContain('other bytes than those of index.html');
  });

  test('what others keep in a folder is not part of the site', async () => {
    put(folder, '.git/HEAD', 'x');
    put(folder, '.well-known/acme-challenge/token', 'x');
    expect(await verified()).toMatchObject({ added: [] });
  });

  test('without a manifest nothing can be said', async () => {
    rmSync(join(folder, manifestFile));
    await expect(verified()).rejects.toMatchObject({ problems: [{ rule: 'manifest-missing' }] });
  });

  test.each([manifestFile, partFile('2025-02')])('a changed manifest is reported as such: %s', async (file) => {
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(/[\da-f]{64}/, '0'.repeat(64)));
    await expect(verified()).rejects.toMatchObject({ problems: [{ rule: 'manifest-damaged', file }] });
  });
});

describe('a signature', () => {
  const newKey = (): SecretKey => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
    const open = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const bytes = [Buffer.from('Ed\0\0B2', 'latin1'), Buffer.alloc(48), randomBytes(8), seed, open, Buffer.alloc(32)];
    return readSecretKey(Buffer.concat(bytes).toString('base64'));
  };
  const signWith = (key: SecretKey) =>
    put(folder, signatureFile, signText(key, readFileSync(join(folder, manifestFile), 'utf8'), 'a comment'));

  test('is checked with the key, and is not checked without one', async () => {
    const key = newKey();
    signWith(key);
    expect(await verified(key)).toMatchObject({
      added: [],
      signature: { state: 'valid', keyId: key.public.id, comment: 'a comment' },
    });
    expect(await verified()).toMatchObject({ signature: { state: 'unchecked', keyId: key.public.id } });
  });

  test('that is missing, by another key, of another manifest, or none at all is said plainly', async () => {
    const key = newKey();
    await expect(verified(key)).rejects.toMatchObject({ problems: [{ rule: 'signature-missing' }] });
    signWith(newKey());
    await expect(verified(key)).rejects.toMatchObject({ problems: [{ rule: 'signature-wrong' }] });
    signWith(key);
    // Another site, whose own digests match.
    const other = publishedSite({ 'index.html': 'another front page' });
    for (const file of [manifestFile, partFile('top'), 'index.html'])
      put(folder, file, readFileSync(join(other.folder, file)));
    rmSync(other.folder, { recursive: true });
    expect(await verified()).toMatchObject({ changed: [], missing: [], added: [] });
    await expect(verified(key)).rejects.toMatchObject({
      problems: [{ rule: 'signature-wrong', message: expect.stringContaining('does not match the text') }],
    });
    put(folder, signatureFile, 'none');
    await expect(verified()).rejects.toMatchObject({ problems: [{ rule: 'signature-wrong' }] });
  });
});
