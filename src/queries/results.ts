import type { ShownPicture } from '../pictures/picture.ts';
import type { ListKey } from '../site/address.ts';
import type { FrontLayout } from '../site/front.ts';
import type { BylineEntry, Card } from '../story/card.ts';
import type { Correction } from '../story/correction.ts';
import type { ShownTable } from '../story/table-file.ts';

/**
 * What the index returns to the templates. It is plain data, and every address is without the site's base (see
 * `hrefOf`).
 */

/** A body with its pictures and links resolved. Print the parts in order. */
export type ShownBody = ShownPart[];
export type ShownPart =
  | { kind: 'html'; html: string }
  | { kind: 'picture'; picture: ShownPicture; size?: 'wide' | 'full' | 'half' }
  | ShownElement;

/** A component of a story, with what its attributes name. */
export interface ShownElement {
  kind: 'element';
  name: string;
  attributes: Record<string, string | boolean>;
  children: ShownBody;
  /** The level of the heading that it prints. */
  level?: number;
  picture?: ShownPicture;
  /** With the complete `href`. Absent while the story is not public. */
  story?: Card & { href: string };
  table?: ShownTable;
  author?: ShownAuthor;
}

/** An author as a story shows them. They have `href` and a picture only while they have a page. */
export interface ShownAuthor {
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  href?: string;
}

/**
 * A text with a link. Without `href`, only the text is printed (a story that is not public yet). `href` is complete or
 * already includes the base.
 */
export interface ShownLink {
  title: string;
  href?: string;
  /** The id of a story. */
  card?: Card;
  /** BCP 47, for a story. Absent for other pages, whose titles an editor wrote in the language of the story. */
  language?: string;
}

export interface StoryResult {
  card: Card;
  body: ShownBody;
  /** The number of words in the body. */
  words: number;
  summary?: string;
  dateline?: string;
  topics: TopicName[];
  related: ShownLink[];
  /** The position of the story in it is a separate query (`SeriesPlace`), because feeds do not need it. */
  series?: { id: string; title: string; part?: number };
  source?: { name: string; url?: string; licence?: string };
  /** In the order of the story. */
  corrections: Correction[];
  note?: string;
  warning?: string;
  /** A small change that readers are told about without a correction. */
  minor?: string;
  /** The same story in other languages, including the original. */
  translations: { language: string; href: string; headline: string }[];
  /** If set, nothing else of the story is given: headline, body, and everything else are empty. */
  withdrawn?: { date: number; reason: string };
}

export interface TopicName {
  id: string;
  title: string;
}
export interface TopicResult extends TopicName {
  description?: string;
}
export interface SeriesResult extends TopicName {
  description?: string;
}
/** A page of a series. */
export interface SeriesPage {
  cards: Card[];
  /** The number of pages of the series. */
  pages: number;
  /** The number of its stories on the previous pages. */
  before: number;
}
/** The series of a story, and the stories before and after it in that series. */
export interface SeriesPlace {
  series: TopicName;
  previous?: NextStory;
  next?: NextStory;
}
export interface NextStory {
  address: string;
  headline: string;
  language?: string;
}
/** An editor's decisions about a front. Stories that are not public are left out. */
export interface FrontResult {
  layout: FrontLayout;
  stories: Package[];
  pinned?: Card;
  /** Absent after its time is over, and before the story that it links to is public. */
  banner?: { text: string; story?: Card };
}
/** A story and those that belong to it. */
export interface Package {
  card: Card;
  with: Card[];
}
/** A correction, with its story. */
export interface CorrectedResult {
  date: number;
  type: Correction['type'];
  text: string;
  story: NextStory;
}
/** A page of the corrections of a year, newest first. */
export interface CorrectionsPage {
  corrections: CorrectedResult[];
  parts: number;
  older?: string;
  newer?: string;
}
export interface AuthorResult {
  id: string;
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  links: { title: string; url: string }[];
}
export interface PageResult {
  id: string;
  address: string;
  headline: string;
  standfirst?: string;
  language?: string;
  body: ShownBody;
}

/** One archive page of a list. Stories are in order of time, oldest first. */
export interface PeriodResult {
  list: ListKey;
  /** `2026-03` or `2026`. */
  period: string;
  part: number;
  /** The number of parts of the period. */
  parts: number;
  cards: Card[];
  /** The nearest periods that have stories. */
  older?: string;
  newer?: string;
}

export type { BylineEntry, Card, Correction, ShownPicture };

/** The sitemap: addresses, or the parts that it is split into. */
export type SitemapResult =
  | { kind: 'urls'; urls: { address: string; lastmod?: number; isDay?: boolean }[] }
  | { kind: 'parts'; parts: { address: string }[] };
