import type { PictureFacts } from '../../pictures/picture.ts';

/** What becomes of an address in a link. */
export type LinkAnswer =
  | { kind: 'keep' }
  | { kind: 'story'; url: string }
  | { kind: 'old-site'; url: string }
  /** Written without a scheme; another site all the same. */
  | { kind: 'complete'; url: string }
  /** The words remain. */
  | { kind: 'dead' | 'unsafe' | 'scheme' };

/** What stands behind a picture's address. */
export type PictureAnswer =
  /** Copied beside the story under that name. */
  | { kind: 'local'; name: string; facts: PictureFacts }
  /** Remote, missing or not to be used; `url` is where a reader may see it. */
  | { kind: 'away'; url?: string };

export interface BodyContext {
  /** For the receipt. */
  file: string;
  /** Counts lines of the source file, which the body is a part of. */
  lineOf(offset: number): number;
  headline: string;
  link(url: string): LinkAnswer;
  picture(url: string): PictureAnswer;
}
