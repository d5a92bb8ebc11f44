import { expect, test } from 'vitest';
import { instantOf, localDay, zoneOffsetMs } from './zone.ts';

const iso = (text: string, timeZone: string) => {
  const instant = instantOf(text, timeZone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

test.each([
  ['a date alone is midnight of the site', '2025-02-12', 'Asia/Tokyo', '2025-02-11T15:00:00.000Z'],
  ['a time is one of the site', '2025-07-12 18:00', 'Europe/Dublin', '2025-07-12T17:00:00.000Z'],
  ['with T and seconds', '2025-02-12T18:00:30', 'America/New_York', '2025-02-12T23:00:30.000Z'],
  ['an offset wins over the site', '2025-02-12T18:00:00+05:30', 'Europe/Dublin', '2025-02-12T12:30:00.000Z'],
  ['Z wins over the site', '2025-02-12 18:00Z', 'Asia/Tokyo', '2025-02-12T18:00:00.000Z'],
  ['a short offset', '2025-02-12T18:00-03', 'UTC', '2025-02-12T21:00:00.000Z'],
  // On 26 October 2025, the hour from two to three occurs twice in Berlin. Summer time ends at 01:00Z.
  ['of a doubled hour the first', '2025-10-26 02:30', 'Europe/Berlin', '2025-10-26T00:30:00.000Z'],
  ['the first instant after a doubled hour', '2025-10-26 03:00', 'Europe/Berlin', '2025-10-26T02:00:00.000Z'],
  // On 30 March 2025, there is no hour from two to three in Berlin.
  ['a skipped hour moves forward', '2025-03-30 02:30', 'Europe/Berlin', '2025-03-30T01:30:00.000Z'],
  ['the last minute before a skipped hour', '2025-03-30 01:59', 'Europe/Berlin', '2025-03-30T00:59:00.000Z'],
  [
    'west of Greenwich: the first of a doubled hour',
    '2025-11-02 01:30',
    'America/New_York',
    '2025-11-02T05:30:00.000Z',
  ],
  ['west of Greenwich: a skipped hour', '2025-03-09 02:30', 'America/New_York', '2025-03-09T07:30:00.000Z'],
  ['half an hour is skipped on Lord Howe', '2025-10-05 02:15', 'Australia/Lord_Howe', '2025-10-04T15:45:00.000Z'],
  ['a midnight that is skipped', '2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00.000Z'],
  ['a day that Samoa never had moves forward', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['the 29th of a leap year', '2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
])('%s: %s in %s', (_, text, timeZone, expected) => expect(iso(text, timeZone)).toBe(expected));

test.each([
  '2025-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-04-31 10:00',
  '2025-02-12 24:00',
  '2025-02-12T18:60',
  '0025-02-30',
  '12.2.2025',
  '2025-2-1',
  'tomorrow',
  '',
  '2025-02-12T18:00+25:00',
])('%j is not a date that exists', (text) => expect(instantOf(text, 'Europe/Berlin')).toBeUndefined());

test('in every zone and at every hour of a year with clock changes, a time that exists means itself', () => {
  for (const timeZone of [
    'Europe/Dublin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kathmandu',
  ])
    for (let hour = 0; hour < 366 * 24; hour++) {
      const instant = Date.UTC(2025, 0, 1, hour);
      const local = new Date(instant + zoneOffsetMs(instant, timeZone)).toISOString().slice(0, 16);
      const back = instantOf(local, timeZone)!;
      // The later of two repeated hours is read as the earlier.
      if (back !== instant) expect(instant - back, `${local} ${timeZone}`).toBeLessThanOrEqual(36e5);
      if (back !== instant) expect(zoneOffsetMs(back, timeZone)).toBeGreaterThan(zoneOffsetMs(instant, timeZone));
    }
});

test('the day of an instant is that of the site', () => {
  const instant = Date.UTC(2025, 0, 31, 23, 30);
  expect(localDay(instant, 'UTC')).toBe('2025-01-31');
  expect(localDay(instant, 'Europe/Berlin')).toBe('2025-02-01');
  expect(localDay(Date.UTC(2025, 1, 1, 3), 'America/New_York')).toBe('2025-01-31');
});
