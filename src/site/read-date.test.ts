import { expect, test } from 'vitest';
import { readDate } from './read-date.ts';

const text = (value: unknown) => readDate(value, 'Europe/Dublin')?.text;

test.each([
  ['2015-03-04', '2015-03-04'],
  ['2015/3/4', '2015-03-04'],
  ['2015-01-01 10:00:00 +0100', '2015-01-01T10:00:00+01:00'],
  ['2015-01-01T10:00:00.000Z', '2015-01-01T10:00:00Z'],
  ['2015-01-01T10:00:00.250-05:00', '2015-01-01T10:00:00.250-05:00'],
  ['2015-01-01 10:00', '2015-01-01T10:00:00'],
  ['5 Jan 2015', '2015-01-05'],
  ['January 5th, 2015', '2015-01-05'],
  ['Jul 08 2022', '2022-07-08'],
  ['Tue, 15 Sep 2020 14:30:00 GMT', '2020-09-15T14:30:00Z'],
  ['March 5, 2015 at 3:07 pm', '2015-03-05T15:07:00'],
  [1420070400, '2015-01-01T00:00:00Z'],
  [1420070400000, '2015-01-01T00:00:00Z'],
  [20150304, '2015-03-04'],
])('%s is read', (value, expected) => expect(text(value)).toBe(expected));

test.each([
  '2015-02-30',
  '2015-13-01',
  '2015-01-01 25:00',
  '04/05/2015',
  'soon',
  '2015-01-01T10:00+99:00',
  '',
  true,
  null,
  {},
])('%s is not a date', (value) => expect(text(value)).toBeUndefined());

test('a time without an offset is in the time zone of the newsroom', () => {
  expect(readDate('2015-07-01 10:00', 'Europe/Dublin')?.instant).toBe(Date.UTC(2015, 6, 1, 9));
  expect(readDate('2015-07-01 10:00 +0200', 'Europe/Dublin')?.instant).toBe(Date.UTC(2015, 6, 1, 8));
});
