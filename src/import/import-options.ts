import type { FetchOptions } from './fetch/downloads.ts';
import type { ImportedStory } from './receipt-page/story-view.ts';

export interface ImportOptions {
  /** The file or folder of the archive, as a complete path. */
  source: string;
  /** The newsroom, as a complete path. It contains `content/site.yaml`. */
  site: string;
  /** The cache folder of the newsroom. Defaults to `.broadsheet` in the newsroom. */
  cache?: string;
  /** The address of the old site, such as `https://old.example`, or several, the main one first. */
  origin?: string | readonly string[];
  /** Patterns of old addresses, such as `/blog/{path}/`. */
  permalinks: string[];
  /** The section of stories that name none. Defaults to the first in site.yaml. */
  section?: string;
  /** The folder of pictures whose addresses begin at the root, as a complete path. */
  publicFolder?: string;
  /** The folder of pictures for the captions of a plain text, as a complete path. */
  pictures?: string;
  /** Whether tracked changes of documents become part of the text. Defaults to `accept`. */
  trackedChanges?: 'accept' | 'reject';
  /** Category, as a slug → the id of a section, `topic`, or `none`. */
  categories?: ReadonlyMap<string, string>;
  /** Key of a story → keys of the archive. */
  map?: ReadonlyMap<string, readonly string[]>;
  /** Overwrite stories that were edited since they were imported. */
  force?: boolean;
  /** Decide and count everything, but write nothing. */
  dryRun: boolean;
  /** Downloads pictures that are not in the archive, from hosts that the newsroom owns. */
  fetch?: FetchOptions;
  /** The time of the import, in ms. Defaults to the current time. */
  now?: number;
  /** Called for each story that is in the newsroom after the import, with its old text and the new one. */
  onStory?(story: ImportedStory): void | Promise<void>;
  /**
   * @param done items, of `total` if that is known. Reading comes before converting
   * @param bytes that were downloaded, if the items are files to download
   */
  onProgress?(phase: ImportPhase, done: number, total: number | undefined, bytes?: number): void;
}

export type ImportPhase = 'reading' | 'looking for pictures' | 'downloading' | 'converting';
