/** Dates as an editor writes them, and as a reader sees them in the site's time zone. */

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * The instant that a date means.
 *
 * A date without a time is 00:00. A time without an offset is read in `timeZone`. If a clock change repeats an hour,
 * the first one is meant. If it skips an hour, a time in that hour moves forward (the "compatible" rule of ECMAScript's
 * Temporal).
 *
 * @param text such as `2025-02-12`, `2025-02-12 18:00` or `2025-02-12T18:00:00+01:00`
 * @param timeZone a name from the time zone database
 * @returns milliseconds since 1970 UTC, or undefined if this is not a date or if that day or time does not exist
 */
export function instantOf(text: string, timeZone: string): number | undefined {
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millisecond = Number((match[7] ?? '0').padEnd(3, '0').slice(0, 3));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  const check = new Date(asUtc);
  // Checks the year too, because Date.UTC reads 25 as 1925.
  const isDay = check.getUTCFullYear() === year && check.getUTCMonth() === month - 1 && check.getUTCDate() === day;
  if (!isDay || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = match[8];
  if (offset) {
    const ahead = offsetMs(offset);
    return ahead === undefined ? undefined : asUtc - ahead;
  }
  // The offsets one day before and one day after. They are equal except around a clock change.
  const before = zoneOffsetMs(asUtc - 864e5, timeZone);
  const after = zoneOffsetMs(asUtc + 864e5, timeZone);
  // Tries the earlier instant first. An instant is right if the zone really has that offset at that time.
  const found = [asUtc - before, asUtc - after].find((instant) => asUtc - zoneOffsetMs(instant, timeZone) === instant);
  return found ?? asUtc - before; // a skipped hour, read with the offset before the change, lands after the change
}

/**
 * Whether a date that `instantOf` reads is a day without a time. Such a date is printed and stored as a day everywhere.
 */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text.trim());

/** The year, month, and day of an instant in a time zone, as `2025-02-12`. */
export function localDay(instant: number, timeZone: string): string {
  return new Date(instant + zoneOffsetMs(instant, timeZone)).toISOString().slice(0, 10);
}

/** Undefined for an offset that no place on earth has or had. */
function offsetMs(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 15 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 6e4;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Cached, because the formatter is slow and is needed for every story. If the offset of a zone is the same at both ends
 * of eight days, it was the same all the time, because no two clock changes are that close together (the closest known
 * ones, around Ramadan in Morocco, are four weeks apart). If the ends differ, the change is located once.
 */
const windowMs = 8 * 864e5;
/** The offset before the change, the offset from the change on, and the instant of the change. */
interface Window {
  before: number;
  after: number;
  change: number;
}
/** Cached by zone and number. */
const windows = new Map<string, Map<number, Window>>();
/** The window of the last call, kept because most dates come in order. */
let last: { timeZone: string; number: number; window: Window } | undefined;

/** How far a time zone is ahead of UTC at an instant, in ms. */
export function zoneOffsetMs(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  const number = Math.floor(instant / windowMs);
  if (last?.number !== number || last.timeZone !== timeZone)
    last = { timeZone, number, window: windowOf(number, timeZone) };
  const { before, after, change } = last.window;
  return instant < change ? before : after;
}

function windowOf(number: number, timeZone: string): Window {
  let ofZone = windows.get(timeZone);
  if (!ofZone) {
    ofZone = new Map();
    windows.set(timeZone, ofZone);
  }
  let window = ofZone.get(number);
  if (!window) {
    const start = number * windowMs;
    // Each window ends where the next begins.
    const before = ofZone.get(number - 1)?.after ?? formattedOffsetMs(start, timeZone);
    const after = ofZone.get(number + 1)?.before ?? formattedOffsetMs(start + windowMs, timeZone);
    window = windowFrom(start, before, after, timeZone);
    ofZone.set(number, window);
  }
  return window;
}

function windowFrom(start: number, before: number, after: number, timeZone: string): Window {
  // Clocks change at a whole second, so bisecting a number of seconds ends at the change.
  let [low, high] = [start / 1000, (start + windowMs) / 1000];
  while (before !== after && high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (formattedOffsetMs(middle * 1000, timeZone) === before) low = middle;
    else high = middle;
  }
  return { before, after, change: high * 1000 };
}

function formattedOffsetMs(instant: number, timeZone: string): number {
  let format = formatters.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, format);
  }
  const second = Math.floor(instant / 1000) * 1000;
  const part = Object.fromEntries(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - second;
}

/** "1 November 2031, 06:00" */
export function momentWords(instant: number, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(instant);
  return `${part({ day: 'numeric', month: 'long', year: 'numeric' })}, ${part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
}
