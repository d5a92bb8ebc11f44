import { readDate, type SourceDate } from '../site/read-date.ts';

/** A date with a time, as a program wrote it. Parts of a second mean nothing to readers. */
export function readMoment(value: string, zone: string): SourceDate | undefined {
  const read = value === '' || value.startsWith('0000') ? undefined : readDate(value, zone);
  return read && { ...read, text: read.text.replace(/\.\d+(?=Z|[+-]\d\d:\d\d$|$)/, '') };
}
