import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closing, opening, unmarked } from './borrowed.ts';
import { datesOf } from './dates.ts';
import { attributesOf, directionOf, languageName } from './language.ts';
import { wordsOf } from './words.ts';

const evening = Date.UTC(2025, 6, 12, 23, 30);

test('a date is in the site’s time zone, not in that of the machine or in UTC', () => {
  expect(datesOf('en-IE', 'Europe/Dublin').day(evening)).toBe('13 July 2025');
  expect(datesOf('de', 'America/New_York').day(evening)).toBe('12. Juli 2025');
});

test('dates for programs include the offset', () => {
  expect(datesOf('en', 'Europe/Dublin').iso(evening)).toBe('2025-07-13T00:30:00+01:00');
  expect(datesOf('en', 'Asia/Kolkata').iso(evening)).toBe('2025-07-13T05:00:00+05:30');
  expect(datesOf('en', 'America/St_Johns').iso(evening)).toBe('2025-07-12T21:00:00-02:30');
});

test('a period is named in the language, whatever the time zone is', () => {
  expect(datesOf('fr', 'Pacific/Auckland').period('2025-02')).toBe('février 2025');
  expect(datesOf('en', 'America/Los_Angeles').period('2025')).toBe('2025');
  expect(datesOf('es', 'UTC').monthName('2025-02')).toBe('febrero');
});

test('years are in the common calendar, even where another is usual', () => {
  expect(datesOf('fa', 'Asia/Tehran').iso(evening)).toMatch(/^2025-/);
  expect(datesOf('th', 'UTC').period('2025')).toContain('2025');
});

test('a cached text is used for another instant only if Intl gives the same text', () => {
  const zones = ['Europe/London', 'America/St_Johns', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const forms: ['day' | 'time' | 'shortDay' | 'shortMonth' | 'dayNumber' | 'weekday', Intl.DateTimeFormatOptions][] = [
    ['day', { day: 'numeric', month: 'long', year: 'numeric' }],
    ['time', { hour: '2-digit', minute: '2-digit' }],
    ['shortDay', { day: 'numeric', month: 'short' }],
    ['shortMonth', { month: 'short', year: 'numeric' }],
    ['dayNumber', { day: 'numeric' }],
    ['weekday', { weekday: 'long', day: 'numeric', month: 'long' }],
  ];
  for (const timeZone of zones) {
    const dates = datesOf('en-GB', timeZone);
    const formats = forms.map(([name, options]) => {
      const format = new Intl.DateTimeFormat('en-GB', { timeZone, calendar: 'gregory', ...options });
      return [name, format] as const;
    });
    // Close together, so that days occur more than once, around clock changes and before standard time.
    const instant = fc
      .integer({ min: 0, max: 9e5 })
      .chain((second) =>
        fc
          .constantFrom(-4e12, Date.UTC(2011, 11, 28), Date.UTC(2024, 2, 28), Date.UTC(2024, 9, 24))
          .map((from) => from + second * 1e3),
      );
    fc.assert(
      fc.property(instant, (at) => {
        for (const [name, format] of formats) expect(dates[name](at), name).toBe(format.format(at));
      }),
    );
  }
});

test('words are found by the language without its country, and English words are enclosed in markers', () => {
  expect(wordsOf('de-AT').by).toBe('Von');
  expect(wordsOf('tlh').by).toBe(`${opening}By${closing}`);
  expect(unmarked(wordsOf('tlh').by)).toBe('By');
  // A value that fills a gap is not English, and a punctuation mark is not a word.
  expect(wordsOf('tlh').moreFrom('Qo')).toBe(`${opening}More from ${closing}Qo`);
  expect(wordsOf('tlh').part(2, 5)).toBe(`${opening}Part 2 of 5${closing}`);
  expect(wordsOf('tlh').comma).toBe(', ');
});

test('Arabic in an English page is marked with its language and its direction', () => {
  expect(directionOf('ar-EG')).toBe('rtl');
  expect(attributesOf('ar', 'en')).toEqual({ lang: 'ar', dir: 'rtl' });
  expect(attributesOf('de', 'en')).toEqual({ lang: 'de' });
  expect(attributesOf('en', 'en')).toEqual({});
  expect(languageName('de-AT')).toBe('Deutsch');
});
