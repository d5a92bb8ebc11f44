import { localDay, zoneOffsetMs } from '../site/zone.ts';

/** Dates as readers see them: in the given language and time zone, never those of the machine. */
export interface Dates {
  /** "12 February 2025" */
  day(instant: number): string;
  /** "12 February 2025 at 18:00" */
  moment(instant: number): string;
  /** "12 February 2025" for a day without a time, otherwise "12 February 2025 at 18:00" */
  when(instant: number, isDay: boolean | undefined): string;
  /** "18:00" */
  time(instant: number): string;
  /** "12 Feb" */
  shortDay(instant: number): string;
  /** "Feb 2025" */
  shortMonth(instant: number): string;
  /** "12" */
  dayNumber(instant: number): string;
  /** "Wednesday 12 February" */
  weekday(instant: number): string;
  /** "2025-02" or "2025" as "February 2025" or "2025" */
  period(period: string): string;
  /** "2025-02" as "February" */
  monthName(period: string): string;
  /** `2025-02-12T18:00:00+00:00`, for programs */
  iso(instant: number): string;
  /** `2025-02-12`, for programs */
  isoDay(instant: number): string;
  /** `isoDay` for a day without a time, otherwise `iso` */
  isoWhen(instant: number, isDay: boolean | undefined): string;
  /**
   * `Wed, 12 Feb 2025 00:00:00 +0100`, for feeds, which do not support a day without a time. This way at least the day
   * is right
   */
  rfc822(instant: number): string;
}

/**
 * @param language BCP 47
 * @param timeZone a name from the time zone database
 */
export function datesOf(language: string, timeZone: string): Dates {
  const key = `${language} ${timeZone}`;
  let dates = known.get(key);
  if (!dates) {
    dates = createDates(language, timeZone);
    known.set(key, dates);
  }
  return dates;
}

// Creating a formatter takes about a tenth of a millisecond, and using it takes a thousandth.
const known = new Map<string, Dates>();

function createDates(language: string, timeZone: string): Dates {
  const formatter = (options: Intl.DateTimeFormatOptions, zone = timeZone) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone, calendar: 'gregory', ...options });
    return (instant: number) => format.format(instant);
  };
  const localUnit = (ms: number) => (instant: number) => Math.floor((instant + zoneOffsetMs(instant, timeZone)) / ms);
  const [dayOf, minuteOf] = [localUnit(864e5), localUnit(6e4)];
  const ofDay = (options: Intl.DateTimeFormatOptions) => remembered(formatter(options), dayOf);
  const ofPeriod = (options: Intl.DateTimeFormatOptions) => remembered(formatter(options, 'UTC'), (instant) => instant);
  const month = ofPeriod({ month: 'long', year: 'numeric' });
  const year = ofPeriod({ year: 'numeric' });
  const monthName = ofPeriod({ month: 'long' });
  const day = ofDay({ day: 'numeric', month: 'long', year: 'numeric' });
  const moment = formatter({ dateStyle: 'long', timeStyle: 'short' });
  const iso = remembered(
    (instant) => isoWithOffset(instant, timeZone),
    (instant) => instant,
  );
  const isoDay = remembered((instant) => localDay(instant, timeZone), dayOf);
  return {
    day,
    moment,
    when: (instant, isDay) => (isDay ? day : moment)(instant),
    time: remembered(formatter({ hour: '2-digit', minute: '2-digit' }), (instant) => minuteOf(instant) % 1440),
    shortDay: ofDay({ day: 'numeric', month: 'short' }),
    shortMonth: ofDay({ month: 'short', year: 'numeric' }),
    dayNumber: ofDay({ day: 'numeric' }),
    weekday: ofDay({ weekday: 'long', day: 'numeric', month: 'long' }),
    period: (period) => (period.length === 4 ? year : month)(Date.parse(period)),
    monthName: (period) => monthName(Date.parse(period)),
    iso,
    isoDay,
    isoWhen: (instant, isDay) => (isDay ? isoDay : iso)(instant),
    rfc822: (instant) => rfc822(instant, timeZone),
  };
}

const rememberedMax = 8192;

/**
 * Results are cached, because lists contain the same days over and over, and formatting takes longer than everything
 * else that is done for a line of a list.
 *
 * @param keyOf instants with the same key have the same text
 */
function remembered(say: (instant: number) => string, keyOf: (instant: number) => number): (instant: number) => string {
  const said = new Map<number, string>();
  return (instant) => {
    const key = keyOf(instant);
    let text = said.get(key);
    if (text === undefined) {
      text = say(instant);
      if (said.size >= rememberedMax) said.clear();
      said.set(key, text);
    }
    return text;
  };
}

function rfc822(instant: number, timeZone: string): string {
  const iso = isoWithOffset(instant, timeZone);
  const local = new Date(`${iso.slice(0, 19)}Z`).toUTCString();
  return local.replace('GMT', iso.slice(19).replace(':', ''));
}

function isoWithOffset(instant: number, timeZone: string): string {
  // ISO 8601 does not allow seconds in an offset, but time zones had them before standard time.
  const minutes = Math.round(zoneOffsetMs(instant, timeZone) / 6e4);
  const pad = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
  return new Date(instant + minutes * 6e4).toISOString().slice(0, 19) + offset;
}
