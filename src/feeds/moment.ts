import { datesOf } from '../i18n/dates.ts';
import type { Site } from '../site/site.ts';

/** A time in a feed. */
export interface Moment {
  /** ms */
  instant: number;
  /** It was written as a day. Feeds have no days without a time, so they get the beginning of the day. */
  isDay?: boolean | undefined;
}

/**
 * A time as formats print it. The beginning of a day is printed in the time zone of the site, so that at least the day
 * is right in every feed reader.
 */
export class FeedDate extends Date {
  readonly #site: Pick<Site, 'language' | 'timeZone'>;
  readonly #isDay: boolean;

  constructor({ instant, isDay = false }: Moment, site: Pick<Site, 'language' | 'timeZone'>) {
    super(instant);
    this.#site = site;
    this.#isDay = isDay;
  }

  override toUTCString(): string {
    return this.#isDay ? this.#dates().rfc822(this.getTime()) : super.toUTCString();
  }

  override toISOString(): string {
    return this.#isDay ? this.#dates().iso(this.getTime()) : super.toISOString().replace('.000Z', 'Z');
  }

  #dates() {
    return datesOf(this.#site.language, this.#site.timeZone);
  }
}

/** The latest of some times. Of two that are the same, one that is a day. 1970 if there is none. */
export const latestOf = (moments: readonly Moment[]): Moment =>
  moments.reduce(
    (latest, moment) =>
      moment.instant > latest.instant || (moment.instant === latest.instant && moment.isDay) ? moment : latest,
    { instant: 0 },
  );
