import type { ShownPicture } from '../pictures/picture.ts';

/** Who wrote a story, as printed. */
export interface BylineEntry {
  name: string;
  role?: string;
  organisation?: string;
  /** The id of `content/authors/ID.yaml`; without it there is no author page. */
  author?: string;
  /** Of the author, without words: the name stands beside it. */
  portrait?: ShownPicture;
}

/** What bylines and cards show of an author's picture; its words stay on the author's own page. */
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

/** What fronts, lists and feeds show of a story. The body is no part of it: an edit of the body leaves them alone. */
export interface Card {
  id: string;
  /** Without the site's base, decoded. */
  address: string;
  headline: string;
  standfirst?: string;
  kicker?: string;
  /** The id of a section of site.yaml. */
  section?: string;
  type: StoryType;
  byline: BylineEntry[];
  /** Milliseconds since 1970 UTC. Of a day without a time, its beginning in the time zone of the site. */
  published: number;
  updated?: number;
  /** Written as a day without a time: then no time is ever said. */
  publishedIsDay?: true;
  updatedIsDay?: true;
  lead?: ShownPicture;
  /** BCP 47; absent when it is the site's. */
  language?: string;
  /** Who paid for it, or made it with the paper. */
  sponsor?: { name: string; url?: string; kind?: 'paid' | 'partner' };
}
