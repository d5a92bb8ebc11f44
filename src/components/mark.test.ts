import { expect, test } from 'vitest';
import { markOf } from './mark.ts';

const letterOf = (name: string, language = 'en') => />([^<]*)<\/text>/.exec(markOf({ name, language }))?.[1];

test('the icon of a paper is the first letter of its name, capitalised by the rules of its language', () => {
  expect(letterOf('The Example Post')).toBe('T');
  expect(letterOf('“éire” today')).toBe('É');
  expect(letterOf('istanbul', 'tr')).toBe('İ');
  expect(letterOf('النهار', 'ar')).toBe('ا');
  expect(letterOf('<24> hours')).toBe('2');
  expect(letterOf('☀')).toBe('');
});
