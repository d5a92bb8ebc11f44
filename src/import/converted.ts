import type { LinkMap } from './links.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Change } from './receipt.ts';
import type { Lead } from './story-file.ts';

/** The text of a story, whatever form the archive had it in. */
export interface ConvertedStory {
  body: string;
  /** `mdx` if the body contains components. */
  format: 'md' | 'mdx';
  lead?: Lead;
  /** Pictures beside the story that convey no information. */
  decorative: readonly string[];
  changes: Change[];
  notes: string[];
  /** Complete path → name beside the story. */
  pictures: ReadonlyMap<string, string>;
}

/** What converting a body needs of the whole archive. */
export interface ConvertTools {
  shelf: PictureShelf;
  map: LinkMap;
}
