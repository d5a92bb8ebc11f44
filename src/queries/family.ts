import type { IndexHandle } from '../index/handle.ts';
import type { StorySeen } from '../index/story-rows.ts';
import type { ListKey } from '../site/address.ts';
import type { AnyKind } from './kind.ts';

/** A story that was added, changed, or deleted: what the rest of the site saw of it, and what it sees now. */
export interface StoryEdit {
  before?: StorySeen | undefined;
  after?: StorySeen | undefined;
  /** True if no list can show a difference. */
  isSameCard: boolean;
}

/** A period of a list in which something changed. The counts are the numbers of its stories, and may be equal. */
export interface PeriodEdit {
  list: ListKey;
  period: string;
  before: number;
  after: number;
}

/** A list in which something changed, with the number of its stories. */
export interface ListEdit {
  list: ListKey;
  before: number;
  after: number;
}

/** A series in which something changed, with the number of its stories. */
export interface SeriesEdit {
  series: string;
  before: number;
  after: number;
}

/** What an edit affects. The press collects it and plans from it. */
export interface Touched {
  /** The queries about these subjects run again. */
  subjects: Set<string>;
  /** Digests of pictures that are newly used or no longer used. */
  pictures: Set<string>;
  /** A page that has to exist from now on. If it exists already, its trace decides whether it is rendered. */
  want(address: string): void;
  /** Pages that exist, from one address up to another in binary order. */
  addresses(from: string, to: string): string[];
  /** A page to remove, unless something else claims the address. */
  drop(address: string): void;
}

/**
 * A family of queries and pages. Its file contains the queries, their results and subjects, and which edits affect
 * them. Every family is one line in `families.ts`.
 */
export interface Family {
  kinds?: readonly AnyKind[];
  /** A file other than a story was added, changed, or deleted: `site`, `author/ID`, `topic/ID`, `series/ID`, `page/ID`, `front/ID`. */
  record?(key: string, touched: Touched): void;
  story?(index: IndexHandle, edit: StoryEdit, touched: Touched): void;
  period?(index: IndexHandle, edit: PeriodEdit, touched: Touched): void;
  list?(index: IndexHandle, edit: ListEdit, touched: Touched): void;
  series?(index: IndexHandle, edit: SeriesEdit, touched: Touched): void;
  /** Pages that exist even without any story. */
  fixed?: readonly string[];
  /** Pages that exist only if needed, or that a newsroom can replace with its own file, and whether they exist. */
  optional?(index: IndexHandle): [address: string, isThere: boolean][];
  /** All other pages of the family, for a publish that plans everything. Pages in the table `address` are planned anyway. */
  addresses?(index: IndexHandle): Iterable<string>;
}

/** The story before and after the edit, as far as lists contain it. */
export const listed = ({ before, after }: StoryEdit): StorySeen[] =>
  [before, after].filter((story) => story?.isListed === true) as StorySeen[];

/**
 * Adds and removes the parts of something that is split into pages, given the old and the new number of its stories.
 */
export function touchParts(
  partsOf: (stories: number) => number,
  { before, after }: { before: number; after: number },
  addressOf: (part: number) => string,
  touched: Touched,
): void {
  const [had, has] = [before > 0 ? partsOf(before) : 0, after > 0 ? partsOf(after) : 0];
  for (let part = had + 1; part <= has; part++) touched.want(addressOf(part));
  for (let part = has + 1; part <= had; part++) touched.drop(addressOf(part));
}
