import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { zipOf } from './zip.fixture.ts';
import { archiveLimits, ZipReader } from './zip-reader.ts';

function fileOf(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'a.zip'), bytes);
  return join(folder, 'a.zip');
}

function readAll(bytes: Uint8Array, bytesMax = 1_000_000): string {
  const zip = new ZipReader(fileOf(bytes));
  try {
    return zip
      .names()
      .map((name) => zip.read(name, bytesMax).toString())
      .join();
  } finally {
    zip.close();
  }
}

const good = zipOf([{ name: 'a.txt', data: 'words '.repeat(50) }]);
const patched = (at: number, ...values: number[]): Buffer => {
  const bytes = Buffer.from(good);
  values.forEach((value, index) => {
    bytes[(at < 0 ? bytes.length + at : at) + index] = value;
  });
  return bytes;
};
const directoryAt = good.readUInt32LE(good.length - 6);

test('a zip is read', () => expect(readAll(good)).toBe('words '.repeat(50)));

test.each<[string, string, Uint8Array]>([
  ['nothing', 'it is truncated', Buffer.from('PK')],
  ['words', 'it is truncated, or not a zip file', Buffer.from('words '.repeat(50))],
  ['a file that is cut', 'it is truncated, or not a zip file', good.subarray(0, good.length - 30)],
  ['a directory that is elsewhere', 'it is truncated', patched(-6, 0xff, 0xff, 0xff, 0x7f)],
  ['a directory that is none', 'its directory is damaged', patched(directoryAt, 1, 2, 3, 4)],
  ['more parts than there are', 'its directory is damaged', patched(-12, 9)],
  ['a large directory that is not there', 'its directory is damaged', patched(-12, 0xff, 0xff)],
  ['a part without its head', 'its part a.txt is damaged', patched(0, 1, 2, 3, 4)],
  ['a part with other bytes', 'its part a.txt is damaged', patched(35, 0xff, 0xff, 0xff, 0xff)],
  ['another way to compress', 'its part a.txt is compressed in a way that is not known', patched(directoryAt + 10, 99)],
  ['a password', 'it is encrypted', zipOf([{ name: 'a.txt', data: 'x', isEncrypted: true }])],
  [
    'a part that is larger than it says',
    'its part a.txt is larger than it claims',
    zipOf([{ name: 'a.txt', data: 'x'.repeat(99), claims: 9 }]),
  ],
  ['a part of 3 GB', 'its part a.txt would unpack to ', zipOf([{ name: 'a.txt', data: 'x', claims: 3_000_000_000 }])],
  ['a bomb', 'its part a.txt is a zip bomb (20 MB in ', zipOf([{ name: 'a.txt', data: Buffer.alloc(20_000_000) }])],
  [
    'many large parts',
    'it would unpack to more than ',
    zipOf(Array.from({ length: 200 }, (_, at) => ({ name: `${at}.txt`, data: 'x', claims: 9_900_000 }))),
  ],
])('%s', (_, reason, bytes) => expect(() => readAll(bytes)).toThrow(reason));

test('a part that is too large for its purpose', () =>
  expect(() => readAll(good, 10)).toThrow('its part a.txt is too large (0 MB)'));

test('names that lead outside of the zip are listed, and never read', () => {
  const names = ['../a', 'a/../../b', '/etc/a', 'C:\\a', 'b\0c', 'ok/a'];
  const zip = new ZipReader(fileOf(zipOf(names.map((name) => ({ name, data: 'x' })))), archiveLimits);
  expect(zip.names()).toEqual(['ok/a']);
  expect(zip.unsafe).toHaveLength(5);
  expect(() => zip.read('../a', 100)).toThrow('it has no part ../a');
  zip.close();
});
