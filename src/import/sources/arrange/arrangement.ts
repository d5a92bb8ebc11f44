import type { BylineLine } from '../lines/byline-line.ts';
import type { Reading } from './block.ts';

export interface ArrangeOptions {
  /** The text was copied from a web page, an agency or an e-mail, so it has furniture, and captions without pictures. */
  isCopy: boolean;
  /** The pictures came along, so a line that looks like a caption belongs to no other one. */
  hasPictures?: boolean;
  /** The headline that the source names outside of its text, such as a document's title. */
  title?: string;
  /** Whether `04/05/2026` is 4 May, in the language of the text. */
  isDayFirst?: boolean;
}

/** What the parts of a story add to while they are arranged. */
export interface Arrangement {
  options: ArrangeOptions;
  fields: Map<string, unknown>;
  readings: Reading[];
  notes: string[];
  byline: BylineLine[];
  draft?: string;
  /** The address of the next picture that only has a caption. */
  nextPicture(): string;
}
