import type { PlannedStory } from './plan.ts';

/**
 * Whether readers cannot see a story, or not yet: a draft, an embargo, a date in the future, or a story that was
 * withdrawn. What only such a story links to must not become public before it.
 *
 * @param now in ms
 */
export function isHiddenFromReaders({ draft, fields }: PlannedStory, now: number): boolean {
  const isLater = [fields.embargo, fields.published].some((date) => date !== undefined && date.instant > now);
  return draft !== undefined || isLater || fields.own?.withdrawn !== undefined;
}
