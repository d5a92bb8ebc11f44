import { expect, test } from 'vitest';
import { addressBytesMax, canWindowsHold, measureAddress, partBytesMax } from './address-limits.ts';

test('a part of an address can have 255 bytes, as a disk counts them, not letters', () => {
  expect(measureAddress(`/2025/02/${'y'.repeat(partBytesMax)}/`)).toBeUndefined();
  expect(measureAddress(`/2025/02/${'y'.repeat(partBytesMax + 1)}/`)).toMatchObject({
    rule: 'address-too-long',
    severity: 'error',
    message: expect.stringContaining('256 characters'),
  });
  expect(measureAddress(`/topics/${'é'.repeat(127)}/`)).toBeUndefined();
  expect(measureAddress(`/topics/${'é'.repeat(128)}/`)?.message).toContain('256 bytes');
  expect(measureAddress(`/topics/${'港'.repeat(86)}/`)?.rule).toBe('address-too-long');
  expect(measureAddress(`/files/${'🌊'.repeat(64)}`)?.rule).toBe('address-too-long');
});

test('decomposed letters are measured as they are written: composed', () => {
  expect(measureAddress(`/topics/${'e\u0301'.repeat(127)}/`)).toBeUndefined();
  // Some letters are longer when composed.
  expect(measureAddress(`/topics/${'\u0958'.repeat(43)}/`)?.rule).toBe('address-too-long');
});

test('a whole address leaves room for the folder that contains dist', () => {
  const deep = `/${'abcdefghi/'.repeat(addressBytesMax / 10 - 1)}`;
  expect(measureAddress(deep)).toBeUndefined();
  expect(measureAddress(`${deep}abcdefghi/`)?.rule).toBe('address-too-long');
});

test.each([
  '/con/',
  '/AUX/',
  '/2025/02/nul/',
  '/com1/',
  '/lpt9/',
  '/files/con.txt',
  '/aux',
  '/files/com1',
  '/com¹/',
  '/a:b/',
  '/wh?t/',
  '/files/a.',
  '/x /',
  '/a|b',
  '/<b>/',
  '/"q"/',
  '/a*/',
])('Windows cannot store %s, which is a warning', (address) => {
  expect(measureAddress(address)).toMatchObject({ rule: 'address-for-windows', severity: 'warning' });
});

test.each(['/concert/', '/auxiliary/', '/com10/', '/null/', '/lpt/', '/2025/02/a.b/', '/console/', '/icon/'])(
  'Windows can store %s',
  (address) => {
    expect(measureAddress(address)).toBeUndefined();
  },
);

test.each(['/a\u0000b/', '/a\u000bb/', '/a\u0085/', '/half \ud83d/'])('there is no page at %j', (address) => {
  expect(measureAddress(address)?.rule).toBe('address-characters');
});

test('canary: a name is checked whatever its case and extension', () => {
  expect(['CoN', 'con.tar.gz', 'con ', 'LPT1.pdf'].map(canWindowsHold)).toEqual([false, false, false, false]);
});
