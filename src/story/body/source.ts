import type { StoryElement } from '../elements.ts';

export interface BodySource {
  /** Without front matter. Lines end with `\n`. */
  text: string;
  format: 'md' | 'mdx';
  /** Newsroom-relative, for problems. */
  file: string;
  /** The line of the file on which `text` begins. */
  firstLine: number;
}

export interface BodyOptions {
  /** BCP 47, for quotation marks and for the texts of footnotes and tables. */
  language: string;
  /**
   * The path of the site's address without a trailing slash, '' or '/paper'. It is put in front of links such as
   * `/about/`.
   */
  base: string;
  /** The components that a story can use. Defaults to the built-in ones. */
  known?: Record<string, StoryElement>;
  /**
   * HTML to print after each block of the text itself, not of what is inside it, for a preview that has to find them.
   *
   * @param line the line of the text on which the block begins, 1-based
   */
  afterBlock?: (line: number) => string;
}
