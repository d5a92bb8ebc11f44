import type { DevIndex } from '../../dev/dev-index.ts';
import type { DeskPreview } from '../preview/preview.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { DeskStore } from '../store/store.ts';
import type { StoryList } from '../stories/story-list.ts';
import type { DeskEvents } from './events.ts';
import type { KnownProblems } from './known-problems.ts';

/** What the handlers of the desk's server share. */
export interface DeskContext {
  /** The newsroom's folder, absolute, with every link resolved. */
  site: string;
  /** The cache folder, absolute. */
  cache: string;
  /** The index from which pages are previewed. `index.index` is its handle. */
  index: DevIndex;
  /** All stories, for lists and the search. */
  list: StoryList;
  /** The problems of the newsroom. */
  problems: KnownProblems;
  /** Shows unsaved texts as the press will print them. */
  preview: DeskPreview;
  /** Publishes, one publish at a time, and what is due by itself. */
  publisher: Publisher;
  /** Autosaves, versions, and settings. */
  store: DeskStore;
  /** Tells open pages of the desk what happened. */
  events: DeskEvents;
  /** What happened to the desk’s own data since it was started, in words. */
  notices: readonly string[];
  /** What every request to the API must send as `x-desk-token`. */
  token: string;
  /**
   * A part of an address that no other page can guess. Addresses under `/desk/preview/KEY/` are answered for frames
   * without an origin, which cannot send the token.
   */
  previewKey: string;
  /** Reports a bug, for the terminal. */
  tell(fault: unknown): void;
  /** The clock, in ms. */
  now(): number;
}
