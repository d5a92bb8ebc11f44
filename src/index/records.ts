import type { ShownPicture } from '../pictures/picture.ts';
import type { FrontLayout } from '../site/front.ts';
import type { StoryDocument } from '../story/documents.ts';
import type { StoryDetail, StoryState } from '../story/record.ts';

/** Rows of the index, as `rows.ts` reads what `story-rows.ts` and `record-rows.ts` wrote. */

export interface StoryRow {
  id: string;
  file: string;
  state: StoryState;
  isPublic: number;
  digest: string;
  card: string;
  cardDigest: string;
  record: string;
}

/** The JSON in `story.record`. */
export interface StoredRecord {
  detail: StoryDetail;
  fileDigest: string;
  day: string;
  published: number;
  /** Addresses with a page that leads to the story. */
  aliases: string[];
  /** Lists that it is in while it is public. */
  lists: string[];
  names: string[];
  pictures: { path: string; digest: string; words: string[]; original?: 'publish'; isWide?: true }[];
  /** The year of each correction, in the time zone of the site. */
  correctionYears: string[];
  /** Absent when it prints none. */
  tables?: { path: string; digest: string }[];
  /** Absent when it links to none. */
  documents?: StoryDocument[];
}

export interface AuthorRecord {
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  links: { title: string; url: string }[];
}

/** What an editor decided about a front; names of stories as they were written. */
export interface FrontRecord {
  layout: FrontLayout;
  stories: { story: string; with: string[] }[];
  pinned?: string;
  banner?: { text: string; story?: string };
}

export interface PageRecord {
  id: string;
  file: string;
  fileDigest: string;
  address: string;
  headline: string;
  standfirst?: string;
  language?: string;
  pictures: StoryDetail['pictures'];
  /** Digests of what is printed of the pictures in the body: a new file under an old name is a new page. */
  shown: string[];
  /** What stands for those of them whose original is published. */
  originals: string[];
  /** What stands for those that stand out of the column. */
  wide: string[];
  /** Digests of the tables in the body, for the same reason. */
  tables?: string[];
}
