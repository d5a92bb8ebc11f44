import type { PictureKind } from '../site/picture-kind.ts';
import type { Shape } from './crop.ts';
import type { Focus } from './focus.ts';

export { type PictureKind, pictureKinds } from '../site/picture-kind.ts';

/** The formats of picture files that we read, judged by their bytes and not by their names. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'svg';

/** What is known of a picture file, stored once for each content digest. */
export interface PictureFacts {
  /** 32 hexadecimal characters of the SHA-256 of the file's bytes. They are part of the names of its renditions. */
  digest: string;
  format: PictureFormat;
  /** In pixels as shown, with the orientation applied. */
  widthPx: number;
  heightPx: number;
  /** Whether some pixel is or could be transparent. */
  hasAlpha: boolean;
  /** The picture has more than one frame. The first is shown, and a link plays all of them. */
  isAnimated: boolean;
  /** The colours go beyond sRGB, and the renditions keep the colour profile. */
  isWide?: true;
  /** The picture has flat areas and hard edges, as in a screenshot or a chart, so PNG is smaller than JPEG. */
  isFlat?: true;
  /** The file is signed with Content Credentials (C2PA). Renditions cannot contain them. */
  hasCredentials?: true;
  /** Sentences about the file for the photo desk. None of them prevents the picture from being shown. */
  remarks?: string[];
  /** From IPTC/XMP: NFC, trimmed, without control characters. Absent if blank. */
  words: PictureWords;
  /** The XMP content of every rendition. Absent if neither the file nor its sidecar has any. */
  rights?: PictureRights;
  /** From the sidecar, or from the IPTC "Image Region" of the file. Absent if neither has one. */
  focus?: Focus;
  /** All IPTC fields of the file, for the photo desk. No page needs them, so `ShownPicture` omits them. */
  iptc?: IptcFields;
  /**
   * The digest of what the sidecar changes in `rights` and `focus`. With it, the same bytes count as a different picture.
   */
  sidecar?: string;
  /** The texts that come from a sidecar. */
  sidecarKeys?: string[];
}

/**
 * The identity of a picture in the index and the press: its digest, or if a sidecar changes the metadata of renditions,
 * a digest of both.
 */
export const pictureId = ({ digest, sidecar }: Pick<PictureFacts, 'digest' | 'sidecar'>): string => sidecar ?? digest;

/**
 * The texts of the file that can be printed with it. In the index, they include those of the sidecar, which take
 * precedence.
 */
export interface PictureWords {
  /** IPTC "Alt Text (Accessibility)". */
  alt?: string;
  /** IPTC "Description". */
  caption?: string;
  /** IPTC "Credit Line", or Creator and Source. See `creditLine`. */
  credit?: string;
  /** IPTC "Extended Description (Accessibility)". */
  description?: string;
  /** When it was made, as an ISO 8601 date as exact as in the file: `2021`, `2021-10`, `2021-10-20`. */
  date?: string;
  /** IPTC "Sublocation", "City", "Province or State", and "Country", joined with commas. */
  place?: string;
  /** IPTC "Copyright Notice". */
  copyright?: string;
  /** IPTC "Web Statement of Rights", a complete https address, or a value from a sidecar. */
  licence?: string;
  /** Where to get permission to use it: the URL of the first Licensor. */
  reuse?: string;
  /** IPTC "Digital Source Type", the last part of its address, such as `trainedAlgorithmicMedia`. */
  sourceType?: string;
  /** Only a sidecar has these. */
  captionHtml?: string;
  kind?: PictureKind;
  decorative?: boolean;
  original?: 'publish';
  /** The animation plays on the page. Otherwise a link plays it. */
  animation?: 'play';
}

/**
 * The rights that are written into renditions: those of the file and its sidecar, never of a story, because stories
 * share renditions. They are part of the key of a rendition. Plain text, in the language of the file.
 */
export interface PictureRights {
  creators?: string[];
  creditLine?: string;
  copyrightNotice?: string;
  /** A complete http(s) address. */
  webStatement?: string;
  licensors?: Licensor[];
  usageTerms?: string;
  /** A complete address in the IPTC vocabulary, `http://cv.iptc.org/newscodes/digitalsourcetype/…`. */
  digitalSourceType?: string;
  /** PLUS "Data Mining", a complete address. */
  dataMining?: string;
  /** IPTC "Description". It can be long, so it is cut where it is written. */
  description?: string;
}

/** PLUS "Licensor": whom to ask for permission to use a picture. */
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
 * The fields of the IPTC Photo Metadata Standard that a photo desk fills in, after applying the order of precedence.
 * The names are those of the standard.
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
  /** ISO 8601, as exact as in the file, with the file's offset if it has one: `2021-10-20T21:01:01+00:00`. */
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
  /** The block of the file from which each field was taken. */
  from: Partial<Record<Exclude<keyof IptcFields, 'from' | 'unread'>, MetadataBlock>>;
  /** What could not be read and why, in words for an editor. */
  unread?: string[];
}

export type MetadataBlock = 'XMP' | 'IIM' | 'Exif';

/** IPTC "Image Region". All numbers are fractions (0 to 1) of the width and height of the picture as shown. */
export interface ImageRegion {
  shape: 'rectangle' | 'circle' | 'polygon';
  /** The smallest rectangle around it. */
  x: number;
  y: number;
  width: number;
  height: number;
  name?: string;
  /** Addresses of roles in IPTC's vocabulary `imageregionrole` or in other vocabularies. */
  roles?: string[];
  persons?: string[];
}

/** One encoded size of a picture. Its name contains everything that its bytes depend on. */
export interface Rendition {
  /** The file name under `/assets/pictures/`, such as `0f3a…-640.avif`. */
  name: string;
  format: 'avif' | 'webp' | 'jpeg' | 'png' | 'svg';
  widthPx: number;
  heightPx: number;
  /** A part of the picture with that shape. Without it, the whole picture. */
  crop?: { shape: Shape; focus?: Focus };
  /** All frames of an animation. */
  isMoving?: true;
}

/** A picture with the texts that are printed with it: exactly what a template needs. */
export interface ShownPicture {
  /** Without `iptc`, and with empty `words`, because the texts to print are separate. */
  facts: PictureFacts;
  /** '' only if the picture is decorative. */
  alt: string;
  /** Plain text for lists, feeds, and structured data. */
  caption?: string;
  /** The caption as HTML, if it has links or emphasis. */
  captionHtml?: string;
  credit?: string;
  kind?: PictureKind;
  /** As given by the file or the editor: `2021`, `2021-10`, `2021-10-20`. */
  date?: string;
  place?: string;
  /** The long description, with line breaks between paragraphs. */
  description?: string;
  copyright?: string;
  /** The address of the licence, or its name alone. */
  licence?: string;
  reuse?: string;
  sourceType?: string;
  focus?: Focus;
  /** The original is published beside the page, because an editor asked for it. */
  original?: 'publish';
  /** The animation plays on the page. Otherwise a link plays it. */
  animation?: 'play';
}
