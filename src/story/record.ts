import type { Correction } from '../site/correction.ts';
import type { Card } from './card.ts';

/** What the index keeps of a story besides its card: the rest of the front matter, resolved. */
export interface StoryDetail {
  summary?: string;
  dateline?: string;
  /** Ids, in the order of the story. */
  topics: string[];
  related: (string | { title: string; url: string })[];
  series?: string;
  source?: { name: string; url?: string; licence?: string };
  corrections: Correction[];
  note?: string;
  warning?: string;
  minor?: string;
  translationOf?: string;
  withdrawn?: { date: number; reason: string };
  /** Words for pictures of the body, by file name as written. */
  pictures: Record<string, { alt?: string; caption?: string; credit?: string; decorative?: boolean }>;
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
  /** Newsroom-relative paths and digests of the pictures it shows. */
  pictures: { path: string; digest: string }[];
  /** Newsroom-relative paths and digests of the tables it prints. */
  tables: { path: string; digest: string }[];
  /** As written, for the title of a topic. */
  spellings: { topic: string; spelling: string }[];
  /** The local day in the site's time zone, `2025-02-12`. */
  day: string;
  /** Other things of the newsroom it was derived from: `author:ID`, `picture:PATH`, `table:PATH`. */
  dependencies: string[];
}
