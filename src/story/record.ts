import type { LinkTarget } from '../site/link-target.ts';
import type { Card } from './card.ts';
import type { Correction } from './correction.ts';
import type { StoryDocument } from './documents.ts';
import type { FrontMatter } from './schema.ts';

/** What the index keeps of a story besides its card: the rest of the front matter, resolved. */
export interface StoryDetail {
  summary?: string;
  dateline?: string;
  /** Ids, in the order of the story. */
  topics: string[];
  related: (string | { title: string; url: string })[];
  series?: StorySeries;
  source?: { name: string; url?: string; licence?: string };
  corrections: Correction[];
  note?: string;
  warning?: string;
  minor?: string;
  translationOf?: string;
  withdrawn?: { date: number; reason: string };
  /** Words for pictures of the body, by file name as written. */
  pictures: NonNullable<FrontMatter['pictures']>;
}

/** A link to an address of this site, or `story:NAME` with the heading that it leads to. */
export interface AddressLink extends LinkTarget {
  line: number;
}

export interface StorySeries {
  /** The slug of its title. */
  id: string;
  /** As the story spells it. */
  title: string;
  /** Its place, if the story says one. */
  part?: number;
}

export type StoryState = 'ready' | 'draft' | 'withdrawn';

/** A story as the index takes it in: everything that follows from its file and the newsroom around it. */
export interface StoryRecord {
  /** The path under `content/stories` without extension or `/index`. */
  id: string;
  /** Newsroom-relative path of the file. */
  file: string;
  /** Of the file's bytes. */
  fileDigest: string;
  state: StoryState;
  /** From this instant on readers may see it; absent for a draft. Milliseconds since 1970 UTC. */
  due?: number;
  card: Card;
  detail: StoryDetail;
  /** Names it answers to: its path and its `id`. */
  names: string[];
  /** Old addresses; those with a query string go to the list of redirects only. */
  aliases: string[];
  /** Names of other stories that it links to, with the line. */
  links: { name: string; line: number }[];
  /** Where its links lead within the site besides those by name; and headings of other stories that it names. */
  addressLinks: AddressLink[];
  /** Newsroom-relative paths of the pictures it shows, what stands for each, and digests of what is printed with it; `isWide` where it stands out of the column. */
  pictures: { path: string; digest: string; words: string[]; original?: 'publish'; isWide?: true }[];
  /** Newsroom-relative paths and digests of the tables it prints. */
  tables: { path: string; digest: string }[];
  /** Documents that its text links to; published while it is. */
  documents: StoryDocument[];
  /** As written, for the title of a topic. */
  spellings: { topic: string; spelling: string }[];
  /** The local day in the site's time zone, `2025-02-12`. */
  day: string;
  /** The year of each correction, in the site's time zone. */
  correctionYears: string[];
  /** Other things of the newsroom it was derived from: `author:ID`, `picture:PATH`, `table:PATH`. */
  dependencies: string[];
}
