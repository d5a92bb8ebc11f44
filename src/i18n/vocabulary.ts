import type { PictureKind } from '../pictures/picture.ts';
import type { SourceLabel } from '../pictures/source-type.ts';
import type { Correction } from '../queries/results.ts';
import type { StoryType } from '../story/card.ts';

/**
 * Every word that a page says itself. A language is complete or it does not compile.
 *
 * A function has a gap to fill: the grammar of a language decides where the name stands.
 */
export interface Words {
  // Between phrases
  /** With its space: between items of a list, and between phrases that would be heard as one. */
  comma: string;
  /** With the spaces that the language wants around it: between a label and what it labels. */
  colon: string;

  // The way around
  skipToStory: string;
  skipToNews: string;
  sections: string;
  archive: string;
  more: string;
  topics: string;
  feed: string;
  feedOf: (section: string) => string;
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

  // What was corrected
  correctionsTitle: string;
  correctionsLead: string;
  correctionsOf: (year: string) => string;
  noCorrections: string;
  correctionIn: string;
  meaningsTitle: string;
  meanings: Record<Exclude<Correction['type'], 'update'>, string>;

  // Looking for a story
  search: string;
  searchLead: string;
  searchWords: string;
  searchBy: (name: string) => string;
  findTitle: string;
  findLead: string;
  seriesList: string;

  // What readers are asked
  email: string;
  amount: string;
  tip: string;
  contact: string;
  sentTo: (host: string) => string;

  // A story
  by: string;
  and: string;
  published: string;
  updated: string;
  types: Record<StoryType, string>;
  corrections: Record<Correction['type'], string>;
  changes: string;
  note: string;
  minorChange: string;
  contentWarning: string;
  /** Above the addresses of a story's links, on paper. */
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
  moreFrom: (section: string) => string;
  otherLanguages: string;

  // A picture
  pictureKinds: Record<PictureKind, string>;
  /** How a picture came to be, where readers are told. */
  pictureSources: Record<SourceLabel, string>;
  pictureDescription: string;
  pictureReuse: string;
  /** A link to the file in which an animation moves. */
  pictureMoves: string;
  /** A link to the original, when the photo desk publishes it. */
  pictureOriginal: string;
  /** Before a part of the caption of two pictures side by side. */
  left: string;
  right: string;

  // A story that was taken back
  withdrawnHeadline: string;
  withdrawnOn: string;

  // Signposts
  movedHeadline: string;
  movedTo: string;
  lostHeadline: string;
  lostText: string;

  // On paper
  page: string;
  pageOf: string;
}
