import { createHmac, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintOf, judgeHostKey, readKnownHosts, typesKnown } from './known-hosts.ts';

/** A key as a server shows it: its type with its length, and other bytes. */
const keyOf = (type: string, text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), Buffer.from(text)]);
};
const mine = keyOf('ssh-ed25519', 'mine');
const other = keyOf('ssh-ed25519', 'other');
const rsa = keyOf('ssh-rsa', 'mine');
const line = (names: string, key = mine) =>
  `${names} ${names === '' ? '' : 'ssh-ed25519'} ${key.toString('base64')} comment`;

const judge = (text: string, host = 'host.example', port = 22, key = mine) =>
  judgeHostKey(readKnownHosts(text), host, port, key);

const salt = randomBytes(20);
const hashed = (name: string) =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;

test.each([
  ['its name', line('host.example'), 'known'],
  ['one of several names', line('other.example,host.example'), 'known'],
  ['a hashed name', line(hashed('host.example')), 'known'],
  ['a pattern', line('*.example'), 'known'],
  ['a pattern that excludes it', line('*.example,!host.example'), 'unknown'],
  ['capital letters', line('HOST.example'), 'known'],
  ['another name', line('other.example'), 'unknown'],
  ['another port', line('[host.example]:2222'), 'unknown'],
  ['a pattern whose dot is not any character', line('hostXexample'), 'unknown'],
  ['another key of the same type', line('host.example', other), 'changed'],
  ['a key of another type only', line('host.example', rsa), 'unknown'],
  ['a revoked key', `@revoked ${line('host.example')}`, 'revoked'],
  ['a revoked key that is known, too', `${line('host.example')}\n@revoked ${line('*')}`, 'revoked'],
  ['an authority, which signs keys', `@cert-authority ${line('host.example')}`, 'unknown'],
  ['a comment', `# ${line('host.example')}`, 'unknown'],
  ['lines that mean nothing', `host.example\n\n   \n${line('host.example')}`, 'known'],
  ['nothing', '', 'unknown'],
] as const)('a file with %s', (_, text, judged) => {
  expect(judge(text)).toBe(judged);
});

test('a port other than 22 is part of the name', () => {
  expect(judge(line('[host.example]:2222'), 'host.example', 2222)).toBe('known');
  expect(judge(line(hashed('[host.example]:2222')), 'host.example', 2222)).toBe('known');
  expect(judge(line('host.example'), 'host.example', 2222)).toBe('unknown');
});

test('the types of the known keys are named', () => {
  const known = readKnownHosts(`${line('host.example')}\nhost.example ssh-rsa ${rsa.toString('base64')}`);
  expect(typesKnown(known, 'host.example', 22)).toEqual(['ssh-ed25519', 'ssh-rsa']);
});

test('a fingerprint is that of ssh', () => {
  expect(fingerprintOf(Buffer.from(''))).toBe('SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU');
});
