import type { Words } from '../../i18n/vocabulary.ts';
import type { PlainPicture } from '../../pictures/hrefs.ts';
import type { ShownPicture } from '../../pictures/picture.ts';
import type { Placeholder } from '../../queries/results.ts';
import type { Site } from '../../site/site.ts';

/** What the plain HTML of a text depends on besides the text. */
export interface Printing {
  site: Site;
  /** The built-in words, in the language of the story. */
  words: Words;
  /** The language of the story, BCP 47. */
  language: string;
  /** The complete address of the page. */
  page: string;
  /**
   * Where a picture is. Defaults to its rendition on the site.
   *
   * @param isPortrait it is the picture of an author, which the site shows only as a square
   */
  pictureAt?: (picture: ShownPicture, isPortrait: boolean) => PlainPicture & { class?: string };
  /** Prints a picture that the newsroom does not have. Defaults to a notice with its texts. */
  placeholder?: (placeholder: Placeholder) => string;
  /** Leaves out pictures, and what is only about them. */
  isWithoutPictures?: boolean;
  /** Links to places on the page itself stay short, because they work wherever the text is. */
  keepsFragments?: boolean;
}
