import { expect, test } from 'vitest';
import { fromWindows, nameOfCharacter, printable, printableData, unprintableAt } from './printable.ts';

test('characters that no page or feed can contain are removed', () => {
  for (
    let code = 0;
    code <= 0x10ffff;
    code += code < 0x3000 || (code > 0xd700 && code < 0xe100) || code > 0xfd00 ? 1 : 97
  ) {
    const sign = String.fromCodePoint(code);
    const isControl = (code < 32 && ![9, 10, 13].includes(code)) || (code >= 127 && code < 160);
    const isNone =
      (code >= 0xd800 && code < 0xe000) || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;
    const left = isControl || isNone ? ([11, 12, 133].includes(code) ? ' ' : '') : sign;
    if (printable(`a${sign}b`) !== `a${left}b`) expect([code, printable(`a${sign}b`)]).toEqual([code, `a${left}b`]);
    if ((unprintableAt(`a${sign}b`) === undefined) !== (left === sign)) expect(code).toBe('found or not');
  }
});

test('whole emoji, joined ones and letters of every script stay', () => {
  const text = '👩‍👩‍👧 naïve e\u0301 日本 שלום \u200f العربية \u00ad\u2028\ufeff';
  expect(printable(text)).toBe(text);
  expect(printable('\ud83d\ude00\ud83d')).toBe('😀');
});

test('lists and groups are cleaned, including their keys', () => {
  expect(printableData({ 'a\0': ['b\u000bc', { d: '\udc00', e: 1, f: null, g: true }] })).toEqual({
    a: ['b c', { d: '', e: 1, f: null, g: true }],
  });
});

test('editors are told which character it is', () => {
  expect(nameOfCharacter('\v')).toBe('U+000B (vertical tab)');
  expect(nameOfCharacter('\ud83d')).toBe('U+D83D (half of a character)');
  expect(nameOfCharacter('\uffff')).toBe('U+FFFF');
});

test('numeric references for Windows characters are read as browsers read them', () => {
  expect(fromWindows('\x91a\x92 \x96 \x85 \x80\x9f')).toBe('‘a’ – … €Ÿ');
});
