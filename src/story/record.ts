import type { LinkTarget } from '../site/link-target.ts';
import type { Card } from './card.ts';
import type { Correction } from './correction.ts';
import type { StoryDocument } from './documents.ts';
import type { Placeholder } from './placeholder.ts';
import type { FrontMatter } from './schema.ts';

/** What the index stores of a story besides its card: the rest of the front matter, resolved. */
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
  /** False if readers cannot comment on it. */
  comments?: false;
  translationOf?: string;
  withdrawn?: { date: number; reason: string };
  /** Other newsrooms can republish it. Absent if they cannot. */
  isOnWire?: true;
  /** Texts for pictures in the body, by file name as written. */
  pictures: NonNullable<FrontMatter['pictures']>;
  /** What is printed instead of a lead that the newsroom does not have. */
  leadPlaceholder?: Placeholder;
}

/** A link to an address on this site, or `story:NAME` with the heading that it leads to. */
export interface AddressLink extends LinkTarget {
  line: number;
}

export interface StorySeries {
  /** The slug of its title. */
  id: string;
  /** As spelled in the story. */
  title: string;
  /** Its number, if the story gives one. */
  part?: number;
}

export type StoryState = 'ready' | 'draft' | 'withdrawn';

/** A story as the index stores it: everything that follows from its file and the rest of the newsroom. */
export interface StoryRecord {
  /** The path under `content/stories`, without the extension or `/index`. */
  id: string;
  /** The newsroom-relative path of the file. */
  file: string;
  /** The digest of the file's bytes. */
  fileDigest: string;
  state: StoryState;
  /** Readers can see the story from this instant on. Absent for a draft. Milliseconds since 1970 UTC. */
  due?: number;
  card: Card;
  detail: StoryDetail;
  /** The names of the story: its path and its `id`. */
  names: string[];
  /** Old addresses. Those with a query string are only in the list of redirects. */
  aliases: string[];
  /** The names of other stories that it links to, with the line. */
  links: { name: string; line: number }[];
  /**
   * Where its links lead within the site, other than links by name, and the headings of other stories that it names.
   */
  addressLinks: AddressLink[];
  /**
   * The newsroom-relative paths of the pictures that it shows, the identity of each, and digests of what is printed
   * with it. `isWide` is set if it extends beyond the column.
   */
  pictures: { path: string; digest: string; words: string[]; original?: 'publish'; isWide?: true }[];
  /** The newsroom-relative paths and digests of the tables that it prints. */
  tables: { path: string; digest: string }[];
  /** Documents that its text links to. They are published while the story is. */
  documents: StoryDocument[];
  /** As written, for the title of a topic. */
  spellings: { topic: string; spelling: string }[];
  /** The local day in the site's time zone, `2025-02-12`. */
  day: string;
  /** The year of each correction, in the site's time zone. */
  correctionYears: string[];
  /** Other parts of the newsroom that it was derived from: `author:ID`, `picture:PATH`, `table:PATH`. */
  dependencies: string[];
}
