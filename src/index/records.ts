import type { ShownPicture } from '../pictures/picture.ts';
import type { FrontLayout } from '../site/front.ts';
import type { StoryDocument } from '../story/documents.ts';
import type { StoryDetail, StoryState } from '../story/record.ts';

/** Rows of the index, in the form in which `rows.ts` reads what `story-rows.ts` and `record-rows.ts` wrote. */

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
  /** Addresses with a page that redirects to the story. */
  aliases: string[];
  /** Old addresses that are only in the lists of redirects, because no file can hold them. Absent if it has none. */
  redirects?: string[];
  /** The lists that contain it while it is public. */
  lists: string[];
  names: string[];
  pictures: { path: string; digest: string; words: string[]; original?: 'publish'; isWide?: true }[];
  /** The year of each correction, in the time zone of the site. */
  correctionYears: string[];
  /** Absent if it prints none. */
  tables?: { path: string; digest: string }[];
  /** Absent if it links to none. */
  documents?: StoryDocument[];
}

export interface AuthorRecord {
  name: string;
  role?: string;
  bio?: string;
  picture?: ShownPicture;
  links: { title: string; url: string }[];
}

/** An editor's decisions about a front, with the names of stories as written. */
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
  /** Digests of what is printed of the pictures in the body: a new file with an old name makes a new page. */
  shown: string[];
  /** The identities of those whose original is published. */
  originals: string[];
  /** The identities of those that extend beyond the column. */
  wide: string[];
  /** Digests of the tables in the body, for the same reason. */
  tables?: string[];
  documents?: StoryDocument[];
}

/** A page of the newsroom in `theme/pages/`. What an `.astro` page shows is only in the file itself. */
export interface ThemePageRecord {
  /** Of the file. */
  fileDigest: string;
  address: string;
  headline?: string;
  standfirst?: string;
  description?: string;
  section?: string;
  language?: string;
}
