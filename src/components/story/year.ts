import type { Dates } from '../../i18n/dates.ts';

/**
 * A moment with its year apart, so that the year can be made plain. A page does not know when it is
 * read: an old story says its year as plainly on the day it appears as ten years on.
 */
export function yearApart(
  dates: Dates,
  instant: number,
  isDay?: boolean,
): { before: string; year: string; after: string } {
  const text = dates.when(instant, isDay);
  const year = dates.period(dates.isoDay(instant).slice(0, 4));
  const at = text.indexOf(year);
  return at < 0
    ? { before: text, year: '', after: '' }
    : { before: text.slice(0, at), year, after: text.slice(at + year.length) };
}
