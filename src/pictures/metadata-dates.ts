/* The dates in the metadata of pictures, each block in its own form. All become the form of XMP, or undefined. */

/** `2021`, `2021-10`, `2021-10-20`, or that with a time, as XMP allows. Anything else is not a date. */
export function isoDate(text: string | undefined): string | undefined {
  const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/;
  const [, year, month, day, time = ''] = form.exec(text ?? '') ?? [];
  return dateOf(year, month, day, time);
}

/** IIM: `20211020` (with zeros for unknown parts) and `210101+0000`. */
export function iimDate(day: string | undefined, time: string | undefined): string | undefined {
  const [, year, month, date] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(day?.trim() ?? '') ?? [];
  const [, h, m, s, offset] = /^(\d{2}):?(\d{2}):?(\d{2})([+-]\d{2}:?\d{2})?$/.exec(time?.trim() ?? '') ?? [];
  const zone = offset?.replace(/^(...):?(..)$/, '$1:$2') ?? '';
  return dateOf(year, month, date, h === undefined ? '' : `T${h}:${m}:${s}${zone}`);
}

/** Exif: `2021:10:20 21:01:01`, and the offset in another tag. */
export function exifDate(text: string | undefined, offset: string | undefined): string | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text ?? '') ?? [];
  const zone = /^[+-]\d{2}:\d{2}$/.test(offset ?? '') ? offset : '';
  return dateOf(year, month, day, time === undefined ? '' : `T${time}${zone}`);
}

function dateOf(year = '', month = '00', day = '00', time = ''): string | undefined {
  if (!/^\d{4}$/.test(year) || year === '0000') return undefined;
  if (month === '00') return year;
  if (Number(month) > 12) return undefined;
  if (day === '00') return `${year}-${month}`;
  const isDay = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
  return isDay ? `${year}-${month}-${day}${time}` : undefined;
}
