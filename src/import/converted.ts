import type { PictureEntry } from './body/context.ts';
import type { DocumentShelf } from './documents/document-shelf.ts';
import type { StoryDocuments } from './documents/story-documents.ts';
import type { LinkMap } from './links.ts';
import type { PictureShelf } from './picture-shelf.ts';
import type { Change } from './receipt.ts';
import type { ShortcodeUse } from './shortcode-log.ts';

export interface Lead {
  src?: string;
  /** The address of a picture that is not at hand. */
  wanted?: string;
  alt?: string;
  caption?: string;
  credit?: string;
  decorative?: true;
}

/** The text of a story, whatever form the archive had it in. */
export interface ConvertedStory {
  body: string;
  /** `mdx` if the body contains components. */
  format: 'md' | 'mdx';
  lead?: Lead;
  /** Pictures beside the story that convey no information. */
  decorative: readonly string[];
  /** What the front matter says about pictures in the body, by name. */
  entries?: ReadonlyMap<string, PictureEntry>;
  /** Related stories by name, and pages elsewhere. */
  related?: readonly (string | { title: string; url: string })[];
  changes: Change[];
  notes: string[];
  /** Complete path → name beside the story. */
  pictures: ReadonlyMap<string, string>;
  documents: StoryDocuments;
  shortcodes?: readonly ShortcodeUse[];
}

/** What converting a body needs of the whole archive. */
export interface ConvertTools {
  shelf: PictureShelf;
  documents: DocumentShelf;
  map: LinkMap;
  /** The time of the import, in ms. It decides which stories readers cannot see yet. */
  now: number;
}
