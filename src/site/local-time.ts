import { zoneOffsetMs } from './zone.ts';

/** An instant as the clocks of a time zone show it: `2025-02-12 18:00:00`. */
export const localTime = (instant: number, timeZone: string): string =>
  new Date(instant + zoneOffsetMs(instant, timeZone)).toISOString().slice(0, 19).replace('T', ' ');

/** The same with the offset of the time zone: `2025-02-12T18:00:00+01:00`. */
export function isoInZone(instant: number, timeZone: string): string {
  const minutes = Math.round(zoneOffsetMs(instant, timeZone) / 60_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const ahead = Math.abs(minutes);
  const offset = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
  return localTime(instant, timeZone).replace(' ', 'T') + offset;
}
