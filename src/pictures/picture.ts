/** The kinds of picture file that we read, by their bytes and not by their names. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** What we know of a picture file, once per content digest. */
export interface PictureFacts {
  /** 32 hex characters of the SHA-256 of the file's bytes; stands in the names of its renditions. */
  digest: string;
  format: PictureFormat;
  /** In pixels as shown: orientation is applied. */
  widthPx: number;
  heightPx: number;
  /** Whether some pixel is or may be transparent. */
  hasAlpha: boolean;
  /** More than one frame; the first is shown. */
  isAnimated: boolean;
  /** From IPTC/XMP: NFC, trimmed, without control characters. Absent when blank. */
  words: PictureWords;
}

export interface PictureWords {
  /** IPTC "Alt Text (Accessibility)". */
  alt?: string;
  /** IPTC "Description". */
  caption?: string;
  /** IPTC "Credit Line", else Creator and Source; see `creditLine`. */
  credit?: string;
}

/** One encoded size of a picture. Its name says everything that its bytes depend on. */
export interface Rendition {
  /** File name under `/assets/pictures/`, such as `0f3a…-640.avif`. */
  name: string;
  format: 'avif' | 'webp' | 'jpeg' | 'png';
  widthPx: number;
  heightPx: number;
}

/** A picture with the words that are printed with it: what a template needs, and nothing else. */
export interface ShownPicture {
  facts: PictureFacts;
  /** '' only when decorative. */
  alt: string;
  caption?: string;
  credit?: string;
}
