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
}
