import { instantOf } from './zone.ts';

/** A date as stored in the story, and the instant that it means. */
export interface SourceDate {
  /**
   * ISO: `2015-03-04`, or with a time, with or without an offset. Without an offset, the newsroom's time zone applies.
   */
  text: string;
  /** Milliseconds since 1970 UTC. */
  instant: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const yearMin = 1600;
const offsetMinutesMax = 14 * 60;

/**
 * Reads the forms of dates that archives use: all forms of ISO, Jekyll's `2015-01-01 10:00:00 +0100`, `2015/1/5`, `5
 * Jan 2015`, `January 5, 2015` (also with a weekday, a time, and a zone, as in email), and seconds or milliseconds
 * since 1970. `04/05/2015` is not read, because it is ambiguous which number is the month.
 *
 * @param zone the newsroom's time zone, for dates without an offset
 * @returns undefined if the date does not exist. 30 February does not become 2 March
 */
export function readDate(value: unknown, zone: string): SourceDate | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : readDate(value.toISOString(), zone);
  if (typeof value === 'number') return fromNumber(value, zone);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{10}$|^\d{13}$/.test(text)) return fromNumber(Number(text), zone);
  const numeric = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[Tt]|,?\s+)(.*))?$/.exec(text);
  if (numeric) return build(Number(numeric[1]), Number(numeric[2]), Number(numeric[3]), numeric[4], zone);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact) return build(Number(compact[1]), Number(compact[2]), Number(compact[3]), undefined, zone);
  const worded = text.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+/i, '');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(.*))?$/i.exec(worded);
  if (dayFirst) return build(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]), dayFirst[4], zone);
  const monthFirst = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(.*))?$/i.exec(worded);
  if (monthFirst)
    return build(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]), monthFirst[4], zone);
  return undefined;
}

function monthOf(name: string | undefined): number {
  const short = (name ?? '').toLowerCase().slice(0, 3);
  return months.indexOf(short) + 1;
}

function fromNumber(value: number, zone: string): SourceDate | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value >= 1e8 && value < 1e11) return readDate(new Date(value * 1000).toISOString(), zone);
  if (value >= 1e11 && value < 1e14) return readDate(new Date(value).toISOString(), zone);
  return /^\d{8}$/.test(String(value)) ? readDate(String(value), zone) : undefined;
}

function build(
  year: number,
  month: number,
  day: number,
  rest: string | undefined,
  zone: string,
): SourceDate | undefined {
  const midnight = Date.UTC(year, month - 1, day);
  const check = new Date(midnight);
  if (year < yearMin || check.getUTCMonth() !== month - 1 || check.getUTCDate() !== day || month < 1) return undefined;
  const date = check.toISOString().slice(0, 10);
  const time = rest?.trim().replace(/\s*\([^)]*\)$/, '') ?? '';
  if (time === '') return { text: date, instant: instantOf(date, zone) ?? midnight };
  const parts =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(Z|UTC|GMT|(?:UTC|GMT)?\s*[+-]\d{1,2}:?(?:\d{2})?)?$/i.exec(
      time,
    );
  if (!parts) return undefined;
  let hour = Number(parts[1]);
  if (parts[5] && (hour < 1 || hour > 12)) return undefined;
  if (parts[5]?.toLowerCase() === 'pm' && hour < 12) hour += 12;
  if (parts[5]?.toLowerCase() === 'am' && hour === 12) hour = 0;
  const minute = Number(parts[2]);
  const second = Number(parts[3] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = (parts[4] ?? '').slice(0, 3).padEnd(3, '0');
  const wall = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + Number(fraction);
  const clock = new Date(wall).toISOString().slice(11, 19) + (fraction === '000' ? '' : `.${fraction}`);
  if (parts[6] === undefined) {
    const text = `${date}T${clock}`;
    return { text, instant: instantOf(text, zone) ?? wall };
  }
  const offset = offsetOf(parts[6]);
  if (offset === undefined) return undefined;
  return { text: `${date}T${clock}${offset.text}`, instant: wall - offset.minutes * 60_000 };
}

function offsetOf(text: string): { text: string; minutes: number } | undefined {
  const found = /([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (!found) return { text: 'Z', minutes: 0 };
  const hours = Number(found[2]);
  const minutes = Number(found[3] ?? 0);
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > offsetMinutesMax) return undefined;
  if (total === 0) return { text: 'Z', minutes: 0 };
  const two = (number: number) => String(number).padStart(2, '0');
  return { text: `${found[1]}${two(hours)}:${two(minutes)}`, minutes: found[1] === '-' ? -total : total };
}
