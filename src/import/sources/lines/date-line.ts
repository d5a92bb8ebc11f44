import { isWeekday, monthOf } from './months.ts';

/** A line of a story copy that says nothing but when it was published. */
export interface DateLine {
  published?: string;
  updated?: string;
  /** The place before the date: `Madrid - 3 MAR 2026`. */
  place?: string;
}

const updatedWords =
  /(?<![\p{L}])(?:updated|last updated|last modified|modified|revised|amended|aktualisiert(?:\s+am)?|zuletzt\s+aktualisiert|stand|mis\s+à\s+jour|mise\s+à\s+jour|modifié|actualizado|actualizada|actualización|modificado|aggiornato|aggiornamento|modificato|atualizado|atualizada|bijgewerkt|gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty|zaktualizowano|aktualizacja|aktualizováno|обновлено|оновлено)(?![\p{L}])/iu;

/** Words around a date that add nothing to it, in many languages. */
const smallWords = new Set(
  'published publication posted first on at the of a date created veröffentlicht erschienen publiziert am um uhr den der vom publié publiée paru le la à a las de del du el hora horas h publicado publicada pubblicato pubblicata il alle ore dei gepubliceerd geplaatst op om uur publisert publicerad publiceret den kl klo julkaistu opublikowano godz dnia r publikováno v ve опубликовано в г года o’clock and às kl. em ds dp il date: issued released for immediate release'
    .split(' ')
    .filter((word) => word !== 'a'),
);

/** Zones that mean one offset. "CST" and "IST" mean several, so they are not here, and the time is then left out. */
const zones: Readonly<Record<string, string>> = {
  utc: 'Z',
  gmt: 'Z',
  z: 'Z',
  cet: '+01:00',
  mez: '+01:00',
  cest: '+02:00',
  mesz: '+02:00',
  bst: '+01:00',
  wet: 'Z',
  eet: '+02:00',
  eest: '+03:00',
  msk: '+03:00',
  est: '-05:00',
  edt: '-04:00',
  et: '',
  pst: '-08:00',
  pdt: '-07:00',
  mst: '-07:00',
  mdt: '-06:00',
  cdt: '-05:00',
  jst: '+09:00',
  hkt: '+08:00',
  aest: '+10:00',
  aedt: '+11:00',
  nzst: '+12:00',
  nzdt: '+13:00',
};

/** "Updated 2 hours ago" beside a date says nothing once it has been copied. */
const relative =
  /\s*[·•|,–—-]?\s*(?:(?:last )?(?:updated|modified|published)\s+)?(?:\d+|an?|one) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago\b/giu;

interface Found {
  start: number;
  end: number;
  day: string;
}

/**
 * Reads a line that consists of one or two dates, with words such as "Published" and "Updated". Other lines, such as a
 * sentence with a date, are undefined. A time is kept only if it is certain: `04/05/2026` is no date, because either
 * number can be the month, and a time with an ambiguous zone is left out.
 *
 * @param isDayFirst whether `04/05/2026` is 4 May, if the language of the text says so
 */
export function readDateLine(line: string, isDayFirst?: boolean): DateLine | undefined {
  const text = line
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(relative, '')
    .trim();
  if (text.length > 160 || !/\d/.test(text)) return undefined;
  const dates = findDates(text, isDayFirst);
  if (dates.length === 0 || dates.length > 2) return undefined;
  const result: DateLine = {};
  let from = 0;
  for (const [index, date] of dates.entries()) {
    let before = text.slice(from, date.start);
    const place =
      index === 0 ? /^(\p{Lu}[\p{L}\p{M}.'’]*(?: \p{L}[\p{L}\p{M}.'’]*){0,2})\s*[-–—|]\s*$/u.exec(before) : null;
    if (place !== null && !isOnlySmall(before)) {
      result.place = place[1];
      before = '';
    }
    const until = dates[index + 1]?.start ?? text.length;
    const time = readTime(text.slice(date.end, until));
    const early = time === undefined ? readTime(before) : undefined;
    const used = time ?? early;
    const residue = `${early ? early.rest : before} ${time ? time.rest : text.slice(date.end, until)}`;
    const nextLabel = dates.length === 2 && index === 0;
    if (!isOnlySmall(nextLabel ? residue.replace(updatedWords, ' ') : residue)) return undefined;
    const value = used?.clock === undefined ? date.day : `${date.day}T${used.clock}`;
    if (updatedWords.test(before) || (index === 1 && result.published !== undefined)) result.updated ??= value;
    else result.published ??= value;
    from = until === text.length ? text.length : date.end + (time?.used ?? 0);
  }
  return result;
}

function findDates(text: string, isDayFirst: boolean | undefined): Found[] {
  const found: Found[] = [];
  const add = (match: RegExpMatchArray, year: number, month: number | undefined, day: number) => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (month === undefined || !exists(year, month, day)) return;
    if (found.some((other) => start < other.end && other.start < end)) return;
    found.push({ start, end, day: `${year}-${two(month)}-${two(day)}` });
  };
  for (const match of text.matchAll(/(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/gu))
    add(match, Number(match[1]), Number(match[2]), Number(match[3]));
  for (const match of text.matchAll(/\b((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?=\b|T)/g))
    add(match, Number(match[1]), Number(match[2]), Number(match[3]));
  for (const match of text.matchAll(/(?<![\d./-])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?!\d)/g))
    add(match, Number(match[3]), Number(match[2]), Number(match[1]));
  for (const match of text.matchAll(/(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d{2})(?!\d)/g)) {
    const [one, other] = [Number(match[1]), Number(match[2])];
    if (one > 12 || isDayFirst === true) add(match, Number(match[3]), other, one);
    else if (other > 12 || isDayFirst === false) add(match, Number(match[3]), one, other);
    else if (one === other) add(match, Number(match[3]), one, one);
  }
  // "3 March 2026", "3. März 2026", "3 de marzo de 2026", "1er mars 2026", "3rd of March, 2026"
  for (const match of text.matchAll(
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of|de|d['’])?\s*(\p{L}[\p{L}\p{M}]*)\.?,?\s*(?:de|del)?\s*((?:19|20)\d{2})(?!\d)/gu,
  ))
    add(match, Number(match[3]), monthOf(match[2] ?? ''), Number(match[1]));
  // "March 3, 2026"
  for (const match of text.matchAll(/(\p{L}[\p{L}\p{M}]*)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?!\d)/gu))
    add(match, Number(match[3]), monthOf(match[1] ?? ''), Number(match[2]));
  return found.sort((a, b) => a.start - b.start);
}

/** The first time of day in a text. `clock` is undefined if its zone is ambiguous. */
function readTime(text: string): { clock?: string; rest: string; used: number } | undefined {
  const match =
    /(?<![\d:])(\d{1,2})(?:\s?[:h]\s?(\d{2})(?::(\d{2})(?:\.\d+)?)?|\.(\d{2})(?=\s*(?:uhr|klo|kl|uur|h\b|$|[,|·•–—-]|[ap]\.?m|[a-z]{2,4}\b|[+-]\d{2}))|(?=\s*(?:[ap]\.?\s?m\b|uhr\b)))\s*([ap])?(?:\.?\s?m\b\.?)?(?:\s*(?:uhr|uur|hrs?|h)\b)?\s*(z\b|[+-]\d{2}:?\d{2}|\(?[a-z]{2,4}\)?(?![\p{L}]))?/iu.exec(
      text,
    );
  if (!match) return undefined;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? match[4] ?? 0);
  const half = match[5]?.toLowerCase();
  if (hour > 23 || minute > 59 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  const zoneWord = match[6]?.replace(/[()]/g, '').toLowerCase() ?? '';
  let offset = '';
  let isCertain = true;
  let { length } = match[0];
  if (/^[+-]/.test(zoneWord)) offset = zoneWord.replace(/^(.\d{2}):?(\d{2})$/, '$1:$2');
  else if (zoneWord in zones) {
    offset = zones[zoneWord] ?? '';
    isCertain = zoneWord !== 'et';
  } else if (/^(?:cst|ist|ast|pt|ct|mt)$/.test(zoneWord)) isCertain = false;
  else length -= match[6]?.length ?? 0;
  const end = match.index + length;
  return {
    ...(isCertain ? { clock: `${two(hour)}:${two(minute)}:${match[3] ?? '00'}${offset}` } : {}),
    rest: `${text.slice(0, match.index)} ${text.slice(end)}`,
    used: end,
  };
}

/** Whether a text has no word that an editor would miss. */
function isOnlySmall(text: string): boolean {
  const words =
    text
      .replace(updatedWords, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}’]+/gu) ?? [];
  return words.every((word) => smallWords.has(word) || isWeekday(word) || word === 't');
}

const two = (number: number): string => String(number).padStart(2, '0');

function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
