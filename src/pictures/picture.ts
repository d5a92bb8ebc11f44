import type { PictureKind } from '../site/picture-kind.ts';
import type { Shape } from './crop.ts';

export { type PictureKind, pictureKinds } from '../site/picture-kind.ts';

/** The kinds of picture file that we read, by their bytes and not by their names. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg';

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
  /** More than one frame; the first is shown, and a link plays all of them. */
  isAnimated: boolean;
  /** Its colours go beyond sRGB, and its renditions keep its colour profile. */
  isWide?: true;
  /** Flat areas and hard edges, as in a screenshot or a chart: as PNG it is smaller than as JPEG. */
  isFlat?: true;
  /** The file is signed with Content Credentials (C2PA). Renditions cannot carry them. */
  hasCredentials?: true;
  /** What the photo desk should know of the file, in sentences; nothing that keeps it from being shown. */
  remarks?: string[];
  /** From IPTC/XMP: NFC, trimmed, without control characters. Absent when blank. */
  words: PictureWords;
  /** What every rendition carries in its XMP. Absent when neither the file nor its sidecar names anything of it. */
  rights?: PictureRights;
  /** From the sidecar, else the file's IPTC "Image Region". Absent: nobody says. */
  focus?: Focus;
  /** All IPTC fields of the file, for the photo desk; no page needs them, so `ShownPicture` comes without. */
  iptc?: IptcFields;
  /** Digest of what the sidecar changes in `rights` and `focus`: the same bytes are then another picture. */
  sidecar?: string;
  /** Which of the words a sidecar says. */
  sidecarKeys?: string[];
}

/**
 * What stands for a picture in the index and the press: its digest, or with a sidecar that changes what
 * renditions carry, a digest of both.
 */
export const pictureId = ({ digest, sidecar }: Pick<PictureFacts, 'digest' | 'sidecar'>): string => sidecar ?? digest;

/** Where the eye should land, in percent from the left and the top of the picture as shown. */
export interface Focus {
  xPercent: number;
  yPercent: number;
}

/** What the file (in the index: the file and its sidecar, which wins) says that may be printed with it. */
export interface PictureWords {
  /** IPTC "Alt Text (Accessibility)". */
  alt?: string;
  /** IPTC "Description". */
  caption?: string;
  /** IPTC "Credit Line", else Creator and Source; see `creditLine`. */
  credit?: string;
  /** IPTC "Extended Description (Accessibility)". */
  description?: string;
  /** The day it was made, ISO 8601 as exact as the file has it: `2021`, `2021-10`, `2021-10-20`. */
  date?: string;
  /** IPTC "Sublocation", "City", "Province or State", "Country", joined by commas. */
  place?: string;
  /** IPTC "Copyright Notice". */
  copyright?: string;
  /** IPTC "Web Statement of Rights", a complete https address; else from a sidecar. */
  licence?: string;
  /** Where the right to use it is sold or given: the first Licensor's URL. */
  reuse?: string;
  /** IPTC "Digital Source Type", the last part of its address, such as `trainedAlgorithmicMedia`. */
  sourceType?: string;
  /** Only a sidecar says these. */
  captionHtml?: string;
  kind?: PictureKind;
  decorative?: boolean;
  original?: 'publish';
  /** An animation moves on the page; without it a link plays it. */
  animation?: 'play';
}

/**
 * The rights that travel: of the file and its sidecar, never of a story, because stories share
 * renditions. They are part of a rendition's key. Plain text, in the file's own language.
 */
export interface PictureRights {
  creators?: string[];
  creditLine?: string;
  copyrightNotice?: string;
  /** Complete http(s) address. */
  webStatement?: string;
  licensors?: Licensor[];
  usageTerms?: string;
  /** Complete address in the IPTC vocabulary, `http://cv.iptc.org/newscodes/digitalsourcetype/…`. */
  digitalSourceType?: string;
  /** PLUS "Data Mining", a complete address. */
  dataMining?: string;
  /** IPTC "Description". May be long: cut it where it is written. */
  description?: string;
}

/** PLUS "Licensor": who is asked for the right to use a picture. */
export interface Licensor {
  name?: string;
  id?: string;
  url?: string;
  email?: string;
  phones?: string[];
  city?: string;
  country?: string;
}

/**
 * The fields of the IPTC Photo Metadata Standard that a photo desk fills in, precedence applied.
 * Names are the standard's.
 */
export interface IptcFields {
  title?: string;
  headline?: string;
  description?: string;
  altText?: string;
  extendedDescription?: string;
  creators?: string[];
  creatorJobTitle?: string;
  creditLine?: string;
  copyrightNotice?: string;
  source?: string;
  /** ISO 8601, as exact as the file has it, with the file's offset if it names one: `2021-10-20T21:01:01+00:00`. */
  dateCreated?: string;
  sublocation?: string;
  city?: string;
  state?: string;
  country?: string;
  countryCode?: string;
  personsShown?: string[];
  keywords?: string[];
  licensors?: Licensor[];
  webStatement?: string;
  usageTerms?: string;
  digitalSourceType?: string;
  dataMining?: string;
  instructions?: string;
  regions?: ImageRegion[];
  /** Which of the file's blocks each field was taken from. */
  from: Partial<Record<Exclude<keyof IptcFields, 'from' | 'unread'>, MetadataBlock>>;
  /** What could not be read and why, in words for an editor. */
  unread?: string[];
}

export type MetadataBlock = 'XMP' | 'IIM' | 'Exif';

/** IPTC "Image Region": all numbers are parts of width and height (0 to 1) of the picture as shown. */
export interface ImageRegion {
  shape: 'rectangle' | 'circle' | 'polygon';
  /** The smallest rectangle around it. */
  x: number;
  y: number;
  width: number;
  height: number;
  name?: string;
  /** Addresses of roles in IPTC's vocabulary `imageregionrole` or others. */
  roles?: string[];
  persons?: string[];
}

/** One encoded size of a picture. Its name says everything that its bytes depend on. */
export interface Rendition {
  /** File name under `/assets/pictures/`, such as `0f3a…-640.avif`. */
  name: string;
  format: 'avif' | 'webp' | 'jpeg' | 'png' | 'svg';
  widthPx: number;
  heightPx: number;
  /** A part of the picture of that shape; without it, the whole. */
  crop?: { shape: Shape; focus?: Focus };
  /** All frames of an animation. */
  isMoving?: true;
}

/** A picture with the words that are printed with it: what a template needs, and nothing else. */
export interface ShownPicture {
  /** Without `iptc`, and its words are empty: those to print stand beside it. */
  facts: PictureFacts;
  /** '' only when decorative. */
  alt: string;
  /** Plain text for lists, feeds and machines. */
  caption?: string;
  /** The caption as HTML, when it has links or emphasis. */
  captionHtml?: string;
  credit?: string;
  kind?: PictureKind;
  /** As the file or the editor has it: `2021`, `2021-10`, `2021-10-20`. */
  date?: string;
  place?: string;
  /** The long description, paragraphs apart by a line break. */
  description?: string;
  copyright?: string;
  /** Where the licence can be read; or its name alone, which has no address. */
  licence?: string;
  reuse?: string;
  sourceType?: string;
  focus?: Focus;
  /** The original is published beside the page, because an editor asked for it. */
  original?: 'publish';
  /** An animation moves on the page; without it a link plays it. */
  animation?: 'play';
}
