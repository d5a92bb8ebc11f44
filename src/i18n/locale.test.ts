import { expect, test } from 'vitest';
import { openGraphLocale } from './locale.ts';

test.each([
  ['en-GB', 'en_GB'],
  ['en', 'en_US'],
  ['de', 'de_DE'],
  ['de-AT', 'de_AT'],
  ['cy', 'cy_GB'],
  ['ga', 'ga_IE'],
  ['ar', 'ar_EG'],
  ['pt', 'pt_BR'],
  ['zh-Hant', 'zh_TW'],
  ['zh-Hant-HK', 'zh_HK'],
  ['sr-Latn-RS', 'sr_RS'],
  ['de-CH-1996', 'de_CH'],
  ['en-us', 'en_US'],
  ['es-419', undefined],
  ['eo', undefined],
  ['und', undefined],
])('%s is %s for previews', (language, locale) => {
  expect(openGraphLocale(language)).toBe(locale);
});
