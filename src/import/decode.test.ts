import { expect, test } from 'vitest';
import { decode } from './decode.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

test('UTF-8 stays; a byte order mark and Windows line ends go, and the receipt hears of it', () => {
  expect(decode(bytes('é'))).toEqual({ text: 'é', notes: [] });
  expect(decode(bytes([0xef, 0xbb, 0xbf], 'a\r\nb'))).toEqual({
    text: 'a\nb',
    notes: ['byte order mark dropped', 'line endings changed to \\n'],
  });
});

test('what is not UTF-8 is read as windows-1252', () => {
  expect(decode(bytes('caf', [0xe9, 0x20, 0x93], 'x', [0x94]))).toEqual({
    text: 'café “x”',
    notes: ['not UTF-8; read as windows-1252'],
  });
});

test('UTF-16 is text, with its mark or without; a picture under a wrong name is none', () => {
  expect(decode(Buffer.from('\ufeffhé', 'utf16le'))?.text).toBe('hé');
  for (const words of ['Hafen\n\nDer Hafen öffnet.', 'Порт\n\nПорт відкрито.', '海港开放了。\n海港\n']) {
    const little = Buffer.from(words, 'utf16le');
    expect(decode(little)).toEqual({ text: words, notes: ['read as UTF-16'] });
    expect(decode(Buffer.from(little).swap16())?.text).toBe(words);
  }
  expect(decode(bytes([0, 1, 0, 2, 0, 3, 0, 4, 0, 5]))).toBeUndefined();
  expect(decode(bytes('abcd', [0, 0]))).toBeUndefined();
  expect(decode(bytes([0x89], 'PNG', [0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]))).toBeUndefined();
});

test('a letter and its mark become one character; a rare Chinese character stays itself', () => {
  expect(decode(bytes('Jose\u0301 \u1112\u1161\u11ab \ufa19'))).toEqual({
    text: 'Jos\u00e9 \ud55c \ufa19',
    notes: ['characters composed (Unicode NFC)'],
  });
});
