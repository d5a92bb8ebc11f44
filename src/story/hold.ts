import type { StoryRecord } from './record.ts';

/** A story as it is at a given time. */
export interface Held {
  record: StoryRecord;
  /** When it changes by itself, or changed: milliseconds since 1970 UTC. */
  turns: number[];
}

/**
 * Holds back what a story dates after `now`: its `updated` date, corrections, and its withdrawal. The site never says
 * that something happened tomorrow. The text itself has no date, so it is not held back.
 *
 * @param now milliseconds since 1970 UTC
 */
export function holdBack(record: StoryRecord, now: number): Held {
  const { card, detail } = record;
  const turns = [
    ...(card.updated === undefined ? [] : [card.updated]),
    ...detail.corrections.map(({ date }) => date),
    ...(detail.withdrawn ? [detail.withdrawn.date] : []),
  ];
  if (record.state === 'draft') return { record, turns: [] };
  if (turns.every((instant) => instant <= now)) return { record, turns };
  const isPast = detail.corrections.map(({ date }) => date <= now);
  const isWithdrawn = detail.withdrawn !== undefined && detail.withdrawn.date <= now;
  return {
    record: {
      ...record,
      state: isWithdrawn ? 'withdrawn' : 'ready',
      card: card.updated !== undefined && card.updated > now ? withoutUpdate(card) : card,
      detail: {
        ...detail,
        corrections: detail.corrections.filter((_, i) => isPast[i]),
        withdrawn: isWithdrawn ? detail.withdrawn : undefined,
      },
      correctionYears: record.correctionYears.filter((_, i) => isPast[i]),
    },
    turns,
  };
}

const withoutUpdate = ({ updated, updatedIsDay, ...card }: StoryRecord['card']): StoryRecord['card'] => card;
