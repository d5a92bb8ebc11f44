import type { PictureFacts } from '../../pictures/picture.ts';

/** What becomes of an address in a link. */
export type LinkAnswer =
  | { kind: 'keep' }
  | { kind: 'story'; url: string }
  | { kind: 'old-site'; url: string }
  /** A file of the old site that comes along. */
  | { kind: 'document'; url: string }
  /** Written without a scheme, but on another site. */
  | { kind: 'complete'; url: string }
  /** A heading in the same text, by the id that it has now. */
  | { kind: 'place'; url: string }
  /** The text remains. */
  | { kind: 'dead' | 'unsafe' | 'scheme' };

/** The file that the address of a picture refers to. */
export type PictureAnswer =
  /** Copied beside the story under that name. */
  | { kind: 'local'; name: string; facts: PictureFacts }
  /**
   * Remote, missing, or unusable. `url` is where readers can see it, and `name` the name beside the story under which its
   * words are kept. An address that names no file, such as `data:`, has none.
   */
  | { kind: 'away'; url?: string; name?: string };

/** What the front matter says about a picture of the body. */
export interface PictureEntry {
  wanted?: string;
  caption?: string;
  credit?: string;
  decorative?: true;
}

export interface BodyContext {
  /** For the receipt. */
  file: string;
  /** Counts lines of the source file, which contains the body. */
  lineOf(offset: number): number;
  headline: string;
  link(url: string): LinkAnswer;
  picture(url: string): PictureAnswer;
}
