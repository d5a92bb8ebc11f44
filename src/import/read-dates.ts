import { readDate, type SourceDate } from '../site/read-date.ts';
import type { Site } from '../site/site.ts';
import type { FieldLog } from './receipt.ts';
import type { StoryFields, Take } from './story-fields.ts';

/** Hugo writes this for "no date". */
const isZeroDate = (value: unknown): boolean => typeof value === 'string' && value.startsWith('0001-01-01');

/**
 * A date as the archive gave it. Many tools write a day as midnight, although nobody said a time, so midnight is a day.
 */
function dayOrTime(value: unknown, zone: string): SourceDate | undefined {
  const date = isZeroDate(value) ? undefined : readDate(value, zone);
  const day =
    date === undefined ? undefined : /^(\d{4}-\d{2}-\d{2})T00:00:00(?:Z|[+-]\d{2}:\d{2})?$/.exec(date.text)?.[1];
  return day === undefined ? date : readDate(day, zone);
}

/** Reads when the story was published and updated, and from when on readers could see it. */
export function readDates(fields: StoryFields, take: Take, site: Site, log: FieldLog): void {
  for (const { key, value } of take('published')) {
    const date = dayOrTime(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.published) log.add('dropped', key, '', value, 'published is given twice');
    else {
      fields.published = date;
      log.add('mapped', key, 'published', value);
    }
  }
  for (const { key, value } of take('publishDate')) {
    const date = dayOrTime(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.published === undefined) {
      fields.published = date;
      log.add('mapped', key, 'published', value);
    } else if (date.instant > fields.published.instant) {
      fields.embargo = date;
      log.add('mapped', key, 'embargo', value);
    } else log.add('dropped', key, '', value, 'not after published');
  }
  for (const { key, value } of take('updated')) {
    const date = dayOrTime(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.updated) log.add('dropped', key, '', value, 'updated is given twice');
    else if (fields.published && date.instant < fields.published.instant)
      log.add('dropped', key, '', value, 'before published');
    else if (fields.published && date.instant === fields.published.instant)
      log.add('dropped', key, '', value, 'the same as published');
    else {
      fields.updated = date;
      log.add('mapped', key, 'updated', value);
    }
  }
  for (const { key, value } of take('embargo')) {
    const date = readDate(value, site.timeZone);
    if (date === undefined) log.add('dropped', key, '', value, 'not a date that exists');
    else if (fields.embargo && fields.embargo.instant >= date.instant)
      log.add('dropped', key, '', value, 'embargo is given twice');
    else {
      fields.embargo = date;
      log.add('mapped', key, 'embargo', value);
    }
  }
}
