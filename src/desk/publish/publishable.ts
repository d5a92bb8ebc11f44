import { localTime } from '../../site/local-time.ts';
import { instantOf } from '../../site/zone.ts';
import type { FieldEdit, FieldValue } from '../document/edits.ts';

/** What an editor says about a change of a published story. */
export interface ChangeNote {
  kind: 'correction' | 'clarification' | 'update' | 'minor';
  /** As readers see it. Required for a correction and a clarification. */
  text?: string | undefined;
}

/** The time now, as stories of a newsroom are dated: to the minute, in the time zone of the site. */
export const dateNow = (now: number, timeZone: string): string => localTime(now, timeZone).slice(0, 16);

/**
 * The edits that make a story one that goes out: a draft is no draft any more, and is dated now, unless it is to wait
 * until a later time.
 */
export function editsToPublish(
  values: { readonly [key: string]: FieldValue },
  now: number,
  timeZone: string,
): FieldEdit[] {
  const isDraft = values.draft === true;
  const published = instantIn(values.published, timeZone);
  const edits: FieldEdit[] = isDraft ? [{ path: ['draft'] }] : [];
  if (
    published === undefined ? values.published === undefined || values.published === null : isDraft && published < now
  )
    edits.push({ path: ['published'], value: dateNow(now, timeZone) });
  return edits;
}

/** The edits that tell readers about a change of a published story, as the schema has them. */
export function editsToTell(
  values: { readonly [key: string]: FieldValue },
  { kind, text }: ChangeNote,
  now: number,
  timeZone: string,
): FieldEdit[] {
  const date = dateNow(now, timeZone);
  const note = text?.trim() ?? '';
  const corrections = Array.isArray(values.corrections) ? values.corrections.length : undefined;
  const correction = (type: string): FieldEdit =>
    corrections === undefined
      ? { path: ['corrections'], value: [{ date, type, text: note }] }
      : { path: ['corrections', corrections], insert: { date, type, text: note } };
  switch (kind) {
    case 'correction':
    case 'clarification':
      return [correction(kind)];
    case 'update':
      return [{ path: ['updated'], value: date }, ...(note === '' ? [] : [correction('update')])];
    case 'minor':
      return note === '' ? [] : [{ path: ['minor'], value: note }];
  }
}

/** The edits that withdraw a story. Its page then says when and why. */
export const editsToWithdraw = (reason: string, now: number, timeZone: string): FieldEdit[] => [
  { path: ['withdrawn'], value: { date: dateNow(now, timeZone), reason: reason.trim() } },
];

/** The instant that a date in a story means, or undefined if there is none or it is not a date. */
export function instantIn(value: FieldValue | undefined, timeZone: string): number | undefined {
  return typeof value === 'string' ? instantOf(value, timeZone) : undefined;
}

/** When a story goes out, as its text says: not before its embargo. */
export function dueOf(values: { readonly [key: string]: FieldValue }, timeZone: string): number | undefined {
  const dates = [values.published, values.embargo].flatMap((value) => instantIn(value, timeZone) ?? []);
  return dates.length > 0 ? Math.max(...dates) : undefined;
}
