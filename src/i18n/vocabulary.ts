import type { PictureKind } from '../pictures/picture.ts';
import type { SourceLabel } from '../pictures/source-type.ts';

/** The kinds of stories and of corrections that have a name. Templates index by those of the schemas, so none can be missing. */
type StoryType =
  | 'news'
  | 'analysis'
  | 'opinion'
  | 'explainer'
  | 'feature'
  | 'interview'
  | 'review'
  | 'obituary'
  | 'live'
  | 'photo-essay';
type CorrectionType = 'correction' | 'clarification' | 'update' | 'editors-note';

/** The formats of feeds, as people call them. */
export type FeedName = 'RSS' | 'Atom' | 'JSON';

/**
 * All built-in words of a page. A language must be complete to compile.
 *
 * A function has a gap to fill, because the grammar of a language decides where the name goes.
 */
export interface Words {
  // Between phrases
  /** With its space. It separates items of a list, and phrases that would otherwise be read as one. */
  comma: string;
  /** With the spaces that the language requires around it. It separates a label and its value. */
  colon: string;

  // Navigation
  skipToStory: string;
  skipToNews: string;
  sections: string;
  archive: string;
  more: string;
  topics: string;
  feed: Record<FeedName, string>;
  feedOf: Record<FeedName, (section: string) => string>;
  /** For people who open a feed in a browser. */
  feedExplained: string;
  home: (paper: string) => string;

  // Fronts and lists
  latest: string;
  mostRecent: string;
  allOf: (section: string) => string;
  topic: string;
  author: string;
  years: string;
  months: string;
  periods: string;
  older: string;
  newer: string;
  part: (part: number, parts: number) => string;
  parts: string;
  archiveOf: (list: string) => string;
  storiesOf: (list: string, period: string) => string;
  storiesAbout: (topic: string) => string;
  storiesBy: (author: string) => string;
  frontOf: (paper: string) => string;
  noStories: string;
  links: string;
  breaking: string;
  inFocus: string;
  moreStories: string;
  days: string;
  seriesOf: (series: string) => string;
  previousPart: string;
  nextPart: string;
  allParts: (series: string) => string;

  // Corrections
  correctionsTitle: string;
  correctionsLead: string;
  correctionsOf: (year: string) => string;
  noCorrections: string;
  correctionIn: string;
  meaningsTitle: string;
  meanings: Record<Exclude<CorrectionType, 'update'>, string>;

  // Search
  search: string;
  searchLead: string;
  searchWords: string;
  searchBy: (name: string) => string;
  /** Instead of results, without scripts. */
  searchNeedsScript: string;
  searchFromDisk: string;
  searching: string;
  /** @param years those that were searched, such as `2026, 2025` */
  searchFound: (count: string, years: string) => string;
  searchNone: (years: string) => string;
  searchFailed: string;
  searchMore: string;
  /** A year follows. */
  searchOlder: string;
  searchSection: string;
  searchYear: string;
  searchSort: string;
  searchByRelevance: string;
  searchByDate: string;
  /** The first entry of a menu: no section, topic, author, or year is chosen. */
  searchAll: string;
  findTitle: string;
  findLead: string;
  seriesList: string;

  // Forms
  email: string;
  amount: string;
  tip: string;
  contact: string;
  sentTo: (host: string) => string;

  // A story
  by: string;
  published: string;
  updated: string;
  types: Record<StoryType, string>;
  corrections: Record<CorrectionType, string>;
  changes: string;
  note: string;
  minorChange: string;
  contentWarning: string;
  /** Above the addresses of a story's links, in print. */
  linksInText: string;
  paidBy: string;
  partnerOf: string;
  series: string;
  source: string;
  licence: string;
  related: string;
  readMore: string;
  keyPoints: string;
  timeline: string;
  questions: string;
  table: string;
  elsewhere: (provider: string) => string;
  nothingLoaded: string;
  emailStory: string;
  comments: string;
  showComments: string;
  commentsFrom: (host: string) => string;
  commentsNeedScript: string;
  commentsFailed: string;
  moreFrom: (section: string) => string;
  otherLanguages: string;

  // A picture
  pictureKinds: Record<PictureKind, string>;
  /** How a picture was made, where readers are told. */
  pictureSources: Record<SourceLabel, string>;
  /** Replaces a picture that the newsroom does not have. */
  pictureUnavailable: string;
  pictureDescription: string;
  pictureReuse: string;
  /** A link to the animated file. */
  pictureMoves: string;
  /** A link to the original, if the photo desk publishes it. */
  pictureOriginal: string;
  /** Before a part of the caption of two pictures side by side. */
  left: string;
  right: string;

  // A withdrawn story
  withdrawnHeadline: string;
  withdrawnOn: string;

  // Redirects and error pages
  movedHeadline: string;
  movedTo: string;
  lostHeadline: string;
  lostText: string;

  /** Inside the text of a story. */
  body: {
    footnotes: string;
    /** The accessible name of the link in the text, which shows only a number. @param number as printed */
    footnote: (number: string) => string;
    /** @param reference `1`, or `1-2` for the second place that refers to it */
    backTo: (reference: string) => string;
    /** Of an item of a list of tasks. */
    done: string;
    open: string;
    embedded: (host: string) => string;
    video: (host: string) => string;
    audio: (host: string) => string;
  };

  // In print
  page: string;
  pageOf: string;
}
