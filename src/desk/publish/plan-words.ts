import type { Foreseen } from '../../press/foresee.ts';
import { several } from '../../problems/counted.ts';
import { localTime } from '../../site/local-time.ts';

/** What publishing does, in words. */
export interface PlanWords {
  says: string[];
  /** A published story changes, so readers may have to be told. */
  question?: 'correction';
  /** How many pages change, or are new. */
  pages: number;
  /** ISO 8601. */
  waitsUntil?: string;
}

export interface PlanFacts {
  foreseen: Foreseen;
  /** What is published: a story, or anything else, such as a front. */
  isStory: boolean;
  isDraft: boolean;
  /** When a story is due, in ms, as its own text says. */
  due?: number | undefined;
  now: number;
  timeZone: string;
  /** Where the site is sent after it was built. */
  target?: string | undefined;
}

/** Says what a publish would do, from the press's plan. */
export function planWords(facts: PlanFacts): PlanWords {
  const { foreseen, isStory, isDraft, now, timeZone, target } = facts;
  const { before, after, pages, removed, problems } = foreseen;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    return {
      says: [`This cannot be published yet: ${several(errors, 'mistake')} must be corrected first.`],
      pages: 0,
    };
  const says: string[] = [];
  const due = after?.due ?? facts.due;
  const isWaiting = isStory && due !== undefined && due > now;
  const others = pages.filter((address) => address !== after?.address).length;
  const withOthers =
    others > 0 ? ` ${several(others, 'other page')} ${others === 1 ? 'changes' : 'change'} with it.` : '';
  if (isStory && after?.state === 'withdrawn') says.push(`The story stays withdrawn. Its page says why.${withOthers}`);
  else if (isWaiting && before?.isPublic)
    says.push(
      `The story disappears from the site now, and returns ${momentIn(due, timeZone)}.${goes(removed.length, 'removed')}`,
    );
  else if (isWaiting)
    says.push(
      `The story waits until ${momentIn(due, timeZone)}. It then goes out by itself, as long as the desk is open or  broadsheet watch  runs.`,
    );
  else if (isStory && before?.isPublic && before.digest === after?.digest && pages.length + removed.length === 0)
    says.push('Nothing changes for readers: the published story is the same.');
  else if (isStory && before?.isPublic) says.push(`The published story changes.${withOthers}`);
  else if (isStory) says.push(`${isDraft ? 'This draft' : 'The story'} goes out now.${withOthers}`);
  else
    says.push(
      pages.length === 0 && !foreseen.isAll
        ? 'Nothing changes for readers.'
        : `${several(pages.length, 'page')} ${pages.length === 1 ? 'changes' : 'change'}.`,
    );
  if (before && after && before.isPublic && before.address !== after.address && !isWaiting)
    says.push(
      `Its address changes from ${before.address} to ${after.address}. Add the old one to its aliases, so that links still work.`,
    );
  if (foreseen.isFirst)
    says.push(
      'The site was not built on this machine before, so all its pages are written now. This can take a while.',
    );
  else if (foreseen.isAll) says.push('The templates changed, so every page is written again. This can take a while.');
  if (target !== undefined) says.push(`Then the site is sent to ${target}.`);
  const isSameToReaders = before?.digest === after?.digest;
  const isTold =
    before !== undefined &&
    after !== undefined &&
    (after.corrections > before.corrections || after.updated !== before.updated);
  const asks =
    before?.isPublic === true && after?.isPublic === true && after.state === 'ready' && !isSameToReaders && !isTold;
  return {
    says,
    ...(asks && { question: 'correction' as const }),
    pages: pages.length,
    ...(isWaiting && { waitsUntil: new Date(due).toISOString() }),
  };
}

const goes = (count: number, what: string): string => (count > 1 ? ` ${several(count, 'page')} are ${what}.` : '');

/** "Friday, 4 December 2026, 06:00 (Dublin time)" */
export function momentIn(instant: number, timeZone: string): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(instant);
  const day = `${part({ weekday: 'long' })}, ${part({ day: 'numeric', month: 'long', year: 'numeric' })}`;
  const place = timeZone.includes('/') ? `${timeZone.split('/').at(-1)?.replaceAll('_', ' ')} time` : timeZone;
  return `${day}, ${localTime(instant, timeZone).slice(11, 16)} (${place})`;
}
