import { instantOf, localDay } from '../../../site/zone.ts';
import { readSite } from '../../stories/newsroom-lists.ts';
import { ApiError, type ApiRequest, type Handler } from '../api.ts';
import { rowsWith } from './stories.ts';

const dayMs = 86_400_000;
const daysMax = 400;

/** What is due, and what was published, on each day from `from` to `to`, in the time zone of the newsroom. */
export const getCalendar: Handler = async (context, request) => {
  const { timeZone } = readSite(context.site);
  const from = dayAsked(request, 'from', timeZone);
  const to = dayAsked(request, 'to', timeZone) + dayMs;
  if (to <= from || to - from > daysMax * dayMs)
    throw new ApiError(400, `The calendar shows from 1 to ${daysMax} days.`);
  const toRow = rowsWith(context);
  const days = new Map<string, object[]>();
  const last = localDay(to - dayMs, timeZone);
  for (const story of context.list.rows.between(from, to + dayMs, context.now())) {
    const day = localDay(story.due ?? from, timeZone);
    if (day > last) continue;
    days.set(day, [...(days.get(day) ?? []), toRow(story)]);
  }
  return { json: { days: [...days].sort().map(([day, stories]) => ({ day, stories })), timeZone } };
};

function dayAsked(request: ApiRequest, name: string, timeZone: string): number {
  const text = request.query(name) ?? '';
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? instantOf(text, timeZone) : undefined;
  if (instant === undefined) throw new ApiError(400, `The calendar needs "${name}" as a day such as 2026-03-01.`);
  return instant;
}
