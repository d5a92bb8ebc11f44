/** What a result of the search shows besides its headline and its text. Addresses are without the site's base. */
export interface FoundCard {
  /** As printed, in the language of the site. */
  date: string;
  /** For `<time datetime>`. */
  iso: string;
  section?: string;
  /** The language of the story and its direction, if they differ from the site's. */
  lang?: string;
  dir?: 'ltr' | 'rtl';
  /** Who paid for the story or made it with the paper, in the words of the site: "Paid for by Bank". */
  paid?: string;
  picture?: {
    src: string;
    /** `srcset` of the AVIF files. */
    avif?: string;
    widthPx: number;
    heightPx: number;
  };
}
