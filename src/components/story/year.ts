import type { Dates } from '../../i18n/dates.ts';

/**
 * A date with its year separate, so that the year can be emphasised. A page does not know when it is read, so a story
 * emphasises its year from the first day on.
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
