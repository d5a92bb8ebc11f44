import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSignature, MinisignError, readPublicKey, readSecretKey, readSignature, signText } from './minisign.ts';

/* Keys and signatures of the program minisign 0.11, which were made for these tests and protect nothing. */

const publicKey = `untrusted comment: minisign public key 2C8ABEA87B6D2140
RWRAIW17qL6KLIDfSnWrjh7XFRHAs3J2k3HuZbiZTk5yyskrETPhGAsf
`;
const secretKey = `untrusted comment: minisign encrypted secret key
RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQCFte6i+iizwdiUCkM1hyR1C60dwO2nGp//CDKD0bGyEi17iHrwU3oDfSnWrjh7XFRHAs3J2k3HuZbiZTk5yyskrETPhGAsfAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
`;
/** The signatures of `hello` and a line end: of its digest, which is the default, and of the text itself. */
const hashed = `untrusted comment: signature from minisign secret key
RURAIW17qL6KLF9wzebP3SvtbwF3+yr2B3gCcjPXYjDBwLAyiyk7FSlzfj545KS31TJnzUYYumEFgtDxeJPzlzL27nIufBUYKwk=
trusted comment: a fixed comment
XuFfTAVzuuSJ0gNmFgwOYoIHse69CaOjGbtKGTzj7oPLzhS2DT0/cfUHdEwM1C09aP667kpRsjXUHdA7qFMEDg==
`;
const legacy = `untrusted comment: signature from minisign secret key
RWRAIW17qL6KLD4e0ZrgY0Xoe+acQCwJPAFJqsl1ebtX+rgg9IgDrRPmMnKdPy04zY9zLLpXB4JH2vghsRJFwoW8yTkvgtEN1wI=
trusted comment: a fixed comment
6eIIN/GM+s1vd9Wjny2wzZZiQQjS/G71JCeha7UlZhov/KrEzX1ZD9NQvhQNaz+Yj8JQELYQ0BGQwDeDhBNHCA==
`;
const encryptedPublicKey = 'RWSUaXy0AWcBx/iKeATf4809iaFrtd4D8tN6JnnpzOuprl8PWwwD1D7k';
const encryptedSecretKey =
  'RWRTY0Iy3zctEm0INlORPUFk74Omf1Tpmd4/3eix3SMUQ/qlC88AAAACAAAAAAAAAEAAAAAA/uaTU4xTpmLLFFlMPtCP8CHSwXZmvK+VbwrTd2OxzDXoItSPijpWnbTtflC9Ed7pVDLJd4MeM18DB2Cx9fDmDhOFIPqHoQxlrIyuEJ0QdBUv99XuYqaz5Evoks4fLqVcnHVPSh3lbUs=';
const password = 'secret password';

const text = 'hello\n';
const comment = 'a fixed comment';

describe('what the program made', () => {
  test('its keys are read, as a file and as a line', () => {
    expect(readPublicKey(publicKey)).toMatchObject({ id: '2C8ABEA87B6D2140', text: publicKey.split('\n')[1] });
    expect(readPublicKey(publicKey.split('\n')[1]!).id).toBe('2C8ABEA87B6D2140');
    expect(readPublicKey(publicKey.replaceAll('\n', '\r\n')).id).toBe('2C8ABEA87B6D2140');
    expect(readSecretKey(secretKey).public.text).toBe(publicKey.split('\n')[1]);
    expect(readSecretKey(` ${secretKey.split('\n')[1]} `).public.id).toBe('2C8ABEA87B6D2140');
  });

  test.each([hashed, legacy])('its signatures are accepted', (signature) => {
    const found = readSignature(signature);
    expect(found).toMatchObject({ keyId: '2C8ABEA87B6D2140', trustedComment: comment });
    expect(() => checkSignature(readPublicKey(publicKey), text, found)).not.toThrow();
  });

  test('we make the same signature, each time', () => {
    expect(signText(readSecretKey(secretKey), text, comment)).toBe(hashed);
    expect(signText(readSecretKey(secretKey), text, comment)).toBe(hashed);
  });

  test('an encrypted key is opened with its password', { timeout: 60_000 }, () => {
    expect(readSecretKey(encryptedSecretKey, password).public.text).toBe(encryptedPublicKey);
    expect(() => readSecretKey(encryptedSecretKey)).toThrow('there is no password');
    expect(() => readSecretKey(encryptedSecretKey, 'wrong')).toThrow('password of the secret key is not correct');
  });
});

const program = (() => {
  try {
    return execFileSync('minisign', ['-v'], { encoding: 'utf8' }).startsWith('minisign');
  } catch {
    return false;
  }
})();

test('the program accepts our signature, and not that of another text', (context) => {
  if (!program) return context.skip('not run: needs minisign (Debian: minisign)');
  const home = mkdtempSync(join(tmpdir(), 'minisign-'));
  try {
    const [file, key] = [join(home, 'a.json'), join(home, 'own.key')];
    execFileSync('minisign', ['-G', '-W', '-p', join(home, 'own.pub'), '-s', key]);
    const verified = () =>
      execFileSync('minisign', ['-V', '-Q', '-p', join(home, 'own.pub'), '-m', file], { encoding: 'utf8' });
    writeFileSync(file, '{ "größe": 1 }\n');
    const own = readSecretKey(readFileSync(key, 'utf8'));
    writeFileSync(`${file}.minisig`, signText(own, readFileSync(file, 'utf8'), 'contents of https://größe.example/'));
    expect(verified()).toBe('contents of https://größe.example/\n');
    writeFileSync(file, '{ "größe": 2 }\n');
    expect(verified).toThrow();
  } finally {
    rmSync(home, { recursive: true });
  }
});

describe('refused', () => {
  const key = readPublicKey(publicKey);
  const check = (signature: string, signed = text) => checkSignature(key, signed, readSignature(signature));

  test('another text', () => expect(() => check(hashed, 'hello')).toThrow('does not match the text'));
  test('another text with a legacy signature', () =>
    expect(() => check(legacy, 'hello')).toThrow('does not match the text'));
  test('another comment', () =>
    expect(() => check(hashed.replace(comment, 'another'))).toThrow('does not match its comment'));
  test('another key', () =>
    expect(() => checkSignature(readPublicKey(encryptedPublicKey), text, readSignature(hashed))).toThrow(
      'signed with the key 2C8ABEA87B6D2140',
    ));
  test('another key with the same id', () => {
    const bytes = Buffer.from(key.text, 'base64');
    const forged = Buffer.concat([bytes.subarray(0, 10), Buffer.from(encryptedPublicKey, 'base64').subarray(10)]);
    expect(() => checkSignature(readPublicKey(forged.toString('base64')), text, readSignature(hashed))).toThrow(
      'does not match the text',
    );
  });

  const cut = (signature: string) => signature.split('\n').slice(0, 2).join('\n');
  test.each([
    '',
    'x',
    '<html>Not found</html>',
    cut(hashed),
    hashed.replace('RURA', 'RURB'),
    hashed.replace('RUR', 'XXX'),
  ])('a signature that is none: %j', (signature) => expect(() => check(signature)).toThrow(MinisignError));
  test.each(['', 'x', 'RWQ', secretKey, publicKey.replace('RWR', 'XWR'), `${key.text}AA`])(
    'a public key that is none: %j',
    (written) => expect(() => readPublicKey(written)).toThrow('not a public key'),
  );
  test.each(['', 'x', publicKey, secretKey.slice(0, -9)])('a secret key that is none: %j', (written) =>
    expect(() => readSecretKey(written)).toThrow('not a secret key'),
  );
  test('a damaged secret key', () =>
    expect(() => readSecretKey(secretKey.replace('diUCkM', 'diUCkN'))).toThrow('is damaged'));
});
