import { readDate } from '../../site/read-date.ts';
import { instantOf } from '../../site/zone.ts';
import { unquoted } from './edits.ts';

/** What a date could mean, and why it cannot be used as written. */
export interface DateCure {
  /** The date as it should be written, the most likely first. Empty if it cannot be known. */
  dates: string[];
  hint: string;
}

/**
 * Reads a date as a person would: `27.11.2026`, `Nov 27, 2026`, `2026-11-27 7am`, `27. November 2026, 7 Uhr`.
 *
 * @param text as written
 * @param language the language of the site, for the names of months and for whether 04/05 is in April
 */
export function cureDate(text: string, language: string, timeZone: string): DateCure {
  const plain = unquoted(latinDigits(text.normalize('NFKC')));
  if (/^\d{1,2}[:.h]\d{2}$/.test(plain))
    return {
      dates: [],
      hint: `Write the day before the time, such as  2026-11-27 ${timeOf(plain)?.text ?? '07:00'} .`,
    };
  const dates = [...new Set(readings(plain, language, timeZone))].filter(
    (date) => instantOf(date, timeZone) !== undefined,
  );
  const [first, second] = dates;
  if (first && second) return { dates, hint: `Write  ${first}  or  ${second} , depending on which one you mean.` };
  if (first) return { dates, hint: `Write  ${first} .` };
  return {
    dates,
    hint: noSuchDay(plain) ?? 'Write it as  2026-11-27 ,  2026-11-27 18:00  or  2026-11-27T18:00:00+01:00 .',
  };
}

const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) =>
    String(((digit.codePointAt(0)! & 0xf) % 16) - (digit >= '\u0966' ? 6 : 0)),
  );

const two = (number: number): string => String(number).padStart(2, '0');
const fullYear = (year: number): number => (year < 100 ? (year < 70 ? 2000 : 1900) + year : year);

function readings(text: string, language: string, timeZone: string): string[] {
  const known = readDate(text.replace(/(\d)\s*h\s*(\d\d)/, '$1:$2'), timeZone)?.text;
  if (known)
    return [
      known
        .replace(/T00:00:00$/, '')
        .replace(/T(\d\d:\d\d):00$/, ' $1')
        .replace(/T(\d\d:\d\d):00(?=Z|[+-])/, 'T$1:00'),
    ];
  const worded = wordsDate(text, language);
  const found = worded ?? numbersDate(text, language);
  return found.flatMap(({ year, month, day, rest }) => {
    const date = `${fullYear(year)}-${two(month)}-${two(day)}`;
    const time = timeOf(rest);
    if (rest.trim() === '') return [date];
    if (time === undefined) return [];
    return [`${date} ${time.text}`];
  });
}

interface Day {
  year: number;
  month: number;
  day: number;
  /** The rest is a time. */
  rest: string;
}

function numbersDate(text: string, language: string): Day[] {
  const iso = /^(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})\.?(?:[T,\s]+|$)(.*)$/i.exec(text);
  if (iso) return [{ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), rest: iso[4] ?? '' }];
  const compact = /^(\d{4})(\d{2})(\d{2})(?:[T\s]+(\d{2}):?(\d{2})(?::?\d{2})?)?$/i.exec(text);
  if (compact)
    return [
      {
        year: Number(compact[1]),
        month: Number(compact[2]),
        day: Number(compact[3]),
        rest: compact[4] ? `${compact[4]}:${compact[5]}` : '',
      },
    ];
  const local = /^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:[T,\s]+|$)(.*)$/i.exec(text);
  if (!local) return [];
  const [a, b, year] = [Number(local[1]), Number(local[3]), Number(local[4])];
  const rest = local[5] ?? '';
  const dayFirst = { year, month: b, day: a, rest };
  const monthFirst = { year, month: a, day: b, rest };
  // Wherever full stops separate numbers, the day comes first.
  if (local[2] === '.' || a > 12) return [dayFirst];
  if (b > 12) return [monthFirst];
  return /^en-(?:US|PH)$/i.test(language) || language === 'en' ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
}

/** A date with the name of a month, in the language of the site or in English. */
function wordsDate(text: string, language: string): Day[] | undefined {
  const words = text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const month = words.map((word) => monthOf(word, language)).find((found) => found > 0);
  if (!month) return undefined;
  const name = words.find((word) => monthOf(word, language) > 0)!;
  const numbers = [...text.matchAll(/\d+/g)];
  const year = numbers.find(([number]) => number.length === 4);
  const day = numbers.find((match) => match !== year && match[0].length <= 2);
  if (!year || !day) return undefined;
  const after = Math.max(year.index + 4, day.index + day[0].length, text.indexOf(name) + name.length);
  return [{ year: Number(year[0]), month, day: Number(day[0]), rest: text.slice(after).replace(/^[\s,.]+/, '') }];
}

const monthNames = new Map<string, string[][]>();

function monthOf(word: string, language: string): number {
  const folded = fold(word);
  if (folded.length < 3) return 0;
  for (const tag of [language, 'en']) {
    const at = namesOf(tag).findIndex((names) =>
      names.some((name) => name === folded || (folded.length >= 3 && name.startsWith(folded))),
    );
    if (at >= 0) return at + 1;
  }
  return 0;
}

function namesOf(language: string): string[][] {
  let names = monthNames.get(language);
  if (!names) {
    const styles: Intl.DateTimeFormatOptions[] = [
      { month: 'long' },
      { month: 'short' },
      { month: 'long', day: 'numeric' },
      { month: 'short', day: 'numeric' },
    ];
    names = Array.from({ length: 12 }, (_, month) =>
      styles.map((style) => {
        const parts = new Intl.DateTimeFormat(language, {
          ...style,
          timeZone: 'UTC',
          calendar: 'gregory',
        }).formatToParts(Date.UTC(2026, month, 15));
        return fold(parts.find(({ type }) => type === 'month')?.value ?? '');
      }),
    );
    monthNames.set(language, names);
  }
  return names;
}

const fold = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\p{M}.]/gu, '');

/** A time of day, with an offset if one is given, or undefined if it is not a time. */
function timeOf(written: string): { text: string } | undefined {
  const text = written
    .trim()
    .replace(/^(?:at|um|à|a las|às|alle|kl\.?|,)\s*/i, '')
    .replace(/\s*(?:uhr|hrs?|h|o'clock)\.?$/i, '')
    .trim();
  const match =
    /^(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?(?::\d{2})?(?:\.\d+)?\s*([ap])?\.?\s*(?:m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (!match || (match[2] === undefined && match[3] === undefined && !/uhr|h$|o'clock/i.test(written.trim())))
    return undefined;
  let hour = Number(match[1]);
  if (/p/i.test(match[3] ?? '') && hour < 12) hour += 12;
  if (/a/i.test(match[3] ?? '') && hour === 12) hour = 0;
  const zone = match[4] === undefined ? '' : /^[+-]/.test(match[4]) ? match[4].replace(/^(...)(\d\d)$/, '$1:$2') : 'Z';
  const clock = `${two(hour)}:${match[2] ?? '00'}`;
  return { text: zone ? `${clock}:00${zone}` : clock };
}

/** "February 2026 has 28 days." */
function noSuchDay(text: string): string | undefined {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(text) ?? []).map(Number);
  if (month < 1 || month > 12) return month ? 'Months are numbered 01 to 12, between the year and the day.' : undefined;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1));
  return day < 1 || day > days ? `${name} ${year} has ${days} days.` : undefined;
}
