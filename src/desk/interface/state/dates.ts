import type { Instant } from '../contract.ts';
import { session } from './session.ts';

/*
 * Dates as the desk prints them: in English, and in the newsroom's time zone, whatever that of the machine is.
 */

const zone = (): string => session.value?.site.timeZone ?? 'UTC';

const format = (value: Instant | Date, options: Intl.DateTimeFormatOptions): string => {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone(), ...options }).format(date);
};

/** `12:03` */
export const timeOf = (value: Instant | Date): string => format(value, { hour: '2-digit', minute: '2-digit' });

/** `27 Nov 2026` */
export const dayOf = (value: Instant | Date): string =>
  format(value, { day: 'numeric', month: 'short', year: 'numeric' });

/** `Friday 27 November` */
export const longDayOf = (value: Instant | Date): string =>
  format(value, { weekday: 'long', day: 'numeric', month: 'long' });

/** `27 Nov 2026, 12:03` */
export const momentOf = (value: Instant | Date): string => `${dayOf(value)}, ${timeOf(value)}`;

/** `2026-11-27` in the newsroom's time zone. */
export const dayKeyOf = (value: Instant | Date): string => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone(),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(new Date(value));
};

/** `12:03` today, otherwise `27 Nov 2026, 12:03`. */
export const shortMomentOf = (value: Instant | Date): string =>
  dayKeyOf(value) === dayKeyOf(new Date()) ? timeOf(value) : momentOf(value);
