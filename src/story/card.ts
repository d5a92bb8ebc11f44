import type { ShownPicture } from '../pictures/picture.ts';
import type { Correction } from './correction.ts';

/** The author of a story, as printed. */
export interface BylineEntry {
  name: string;
  role?: string;
  organisation?: string;
  /** The id of `content/authors/ID.yaml`. Without it there is no author page. */
  author?: string;
  /** The author's picture, without texts, because the name is beside it. */
  portrait?: ShownPicture;
}

/** What bylines and cards show of an author's picture. Its texts appear only on the author's page. */
export const portraitOf = (picture: ShownPicture | undefined): Pick<BylineEntry, 'portrait'> =>
  picture ? { portrait: { facts: picture.facts, alt: '', ...(picture.focus && { focus: picture.focus }) } } : {};

export const storyTypes = [
  'news',
  'analysis',
  'opinion',
  'explainer',
  'feature',
  'interview',
  'review',
  'obituary',
  'live',
  'photo-essay',
] as const;
export type StoryType = (typeof storyTypes)[number];

/**
 * What fronts, lists, and feeds show of a story. The body is not part of it, so an edit of the body does not affect
 * them.
 */
export interface Card {
  id: string;
  /** The `id` in its front matter, if it has one. Feeds and exports identify it by this name. */
  name?: string;
  /** Without the site's base, decoded. */
  address: string;
  headline: string;
  standfirst?: string;
  kicker?: string;
  /** The id of a section in site.yaml. */
  section?: string;
  type: StoryType;
  byline: BylineEntry[];
  /** Milliseconds since 1970 UTC. For a day without a time, the beginning of the day in the time zone of the site. */
  published: number;
  updated?: number;
  /** The date was written as a day without a time, so no time is ever shown. */
  publishedIsDay?: true;
  updatedIsDay?: true;
  lead?: ShownPicture;
  /** BCP 47. Absent if it is the site's language. */
  language?: string;
  /** Who paid for the story, or made it together with the paper. */
  sponsor?: { name: string; url?: string; kind?: 'paid' | 'partner' };
}

/**
 * When a story was published, updated, or corrected, whichever is the latest.
 *
 * @param corrections in any order, without those that are not due
 */
export function modifiedOf(
  card: Pick<Card, 'published' | 'publishedIsDay' | 'updated' | 'updatedIsDay'>,
  corrections: readonly Pick<Correction, 'date' | 'isDay'>[],
): { instant: number; isDay?: boolean | undefined } {
  const { published, publishedIsDay, updated, updatedIsDay } = card;
  let latest =
    updated === undefined
      ? { instant: published, isDay: publishedIsDay as boolean | undefined }
      : { instant: updated, isDay: updatedIsDay as boolean | undefined };
  for (const { date, isDay } of corrections) if (date > latest.instant) latest = { instant: date, isDay };
  return latest;
}
