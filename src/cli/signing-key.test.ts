import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmallNewsroom, siteYaml, smallNewsroom, story } from '../press/small-newsroom.fixture.ts';
import { manifestFile, signatureFile } from '../site/manifest.ts';
import { checkSignature, readPublicKey, readSecretKey, readSignature } from '../site/minisign.ts';
import { openSigner } from './signing-key.ts';

/** A secret key as `minisign -G -W` writes it. */
function newKey(): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const open = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const bytes = [Buffer.from('Ed\0\0B2', 'latin1'), Buffer.alloc(48), randomBytes(8), seed, open, Buffer.alloc(32)];
  return `untrusted comment: minisign encrypted secret key\n${Buffer.concat(bytes).toString('base64')}\n`;
}

let newsroom: SmallNewsroom;
let home: string;
const key = newKey();
const publicKey = readSecretKey(key).public.text;

beforeAll(() => {
  newsroom = smallNewsroom({ 'content/stories/2025/02/a.md': story() });
  home = mkdtempSync(join(tmpdir(), 'keys-'));
  writeFileSync(join(home, 'own.key'), key);
});
afterAll(() => {
  rmSync(newsroom.site, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const signer = (env: NodeJS.ProcessEnv) => openSigner(newsroom.site, { cwd: home, env });

describe('the key from the environment', () => {
  test('is none, a text, or a file', () => {
    expect(signer({})).toBeUndefined();
    expect(signer({ BROADSHEET_SIGNING_KEY: '' })).toBeUndefined();
    for (const env of [
      { BROADSHEET_SIGNING_KEY: key },
      { BROADSHEET_SIGNING_KEY: key.split('\n')[1] ?? '' },
      { BROADSHEET_SIGNING_KEY_FILE: 'own.key' },
      { BROADSHEET_SIGNING_KEY_FILE: join(home, 'own.key') },
    ])
      expect(signer(env)?.publicKey()).toBe(publicKey);
  });

  test.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['does not exist', { BROADSHEET_SIGNING_KEY_FILE: 'nowhere.key' }, /nowhere\.key, which cannot be read \(ENOENT\)/],
    ['is none', { BROADSHEET_SIGNING_KEY: 'secret' }, /BROADSHEET_SIGNING_KEY: This is not a secret key/],
    ['is the public key', { BROADSHEET_SIGNING_KEY: publicKey }, /This is not a secret key/],
  ])('that %s is refused', (_, env, message) => {
    expect(() => signer(env)?.publicKey()).toThrow(message);
  });

  test('inside the newsroom is refused, also behind a link', () => {
    newsroom.put('minisign.key', key);
    expect(() => signer({ BROADSHEET_SIGNING_KEY_FILE: join(newsroom.site, 'minisign.key') })).toThrow(
      'is inside the newsroom',
    );
    newsroom.remove('minisign.key');
  });

  test('that is not opened costs nothing, but a wrong one is noticed before anything is written', () => {
    const encrypted = Buffer.from(key.split('\n')[1] ?? '', 'base64');
    encrypted.write('Sc', 2);
    const locked = signer({ BROADSHEET_SIGNING_KEY: encrypted.toString('base64') });
    expect(() => locked?.publicKey()).toThrow('there is no password for it');
  });
});

describe('a publish', () => {
  const read = (file: string) => readFileSync(join(newsroom.site, 'dist', file), 'utf8');
  const site = (line: string) => newsroom.put('content/site.yaml', `${siteYaml}${line}`);

  test('signs with the key of the newsroom, with a comment that names the site', async () => {
    site(`publicKey: ${publicKey}\n`);
    const { warnings, publish } = await newsroom.press({ signer: signer({ BROADSHEET_SIGNING_KEY: key }) });
    expect(warnings).toEqual([]);
    const found = readSignature(read(signatureFile));
    expect(found.trustedComment).toBe('contents of https://post.example/');
    expect(() => checkSignature(readPublicKey(publicKey), read(manifestFile), found)).not.toThrow();
    expect(JSON.parse(read(manifestFile)).root).toBe(publish);
  });

  test('with another key changes nothing', async () => {
    const before = newsroom.dist();
    newsroom.put('content/stories/2025/02/a.md', story({ headline: 'Another headline' }));
    await expect(newsroom.press({ signer: signer({ BROADSHEET_SIGNING_KEY: newKey() }) })).rejects.toMatchObject({
      problems: [{ rule: 'signing-key', message: expect.stringContaining('does not belong to the public key') }],
    });
    expect(newsroom.dist()).toEqual(before);
  });

  test('without a key warns where the public key is', async () => {
    const { warnings } = await newsroom.press();
    expect(warnings).toMatchObject([{ rule: 'manifest-unsigned', file: 'content/site.yaml', line: 9 }]);
    expect(newsroom.dist().has(signatureFile)).toBe(false);
  });

  test('of a newsroom without a manifest needs no key', async () => {
    site(`publicKey: ${publicKey}\nmanifest: false\n`);
    expect((await newsroom.press()).warnings).toEqual([]);
    expect(await newsroom.press()).toMatchObject({ publish: null });
  });
});
