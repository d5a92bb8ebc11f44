import { error, type Finding, type Problem, warning } from '../problems/problem.ts';
import type { DrawingLimit } from './drawing-max.ts';
import type { PictureFormat } from './picture.ts';

/**
 * The permanent rule names for problems of a picture file.
 *
 * `picture-changed` can come only from `makeRenditions`. All others can also come from `readPictureFacts`.
 */
export type PictureRule =
  | 'picture-empty'
  | 'picture-not-a-picture'
  | 'picture-format'
  | 'picture-truncated'
  | 'picture-too-large'
  | 'picture-too-many-frames'
  | 'picture-original'
  | 'picture-changed';

/**
 * A picture file that cannot be shown. The caller knows the story, the line, and the name of the file, and turns this
 * into a Problem. `reason` and `hint` are sentences for an editor that can follow the name of the file.
 */
export class PictureError extends Error {
  readonly rule: PictureRule;
  /** Such as "The file is empty (0 bytes)." */
  readonly reason: string;
  /** What to do about it. */
  readonly hint: string;
  constructor(rule: PictureRule, reason: string, hint: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'PictureError';
    this.rule = rule;
    this.reason = reason;
    this.hint = hint;
  }
}

export const pictureEmpty = (): PictureError =>
  new PictureError('picture-empty', 'The file is empty (0 bytes).', 'Copy the picture again from its source.');

/** @param found what the bytes really are, such as "a web page", if we recognise it */
export const pictureNotAPicture = (found?: string): PictureError =>
  new PictureError(
    'picture-not-a-picture',
    found === undefined
      ? 'The file is not a picture, although its name says so.'
      : `The file is not a picture, although its name says so. It is ${found}.`,
    found === 'a Git LFS pointer'
      ? 'Run  git lfs pull  to download the picture itself.'
      : 'Open it to see what it is, and replace it with a JPEG, PNG, WebP, AVIF, GIF or TIFF.',
  );

/** @param found the kind of picture, such as "HEIC" */
export const pictureFormat = (found: string): PictureError =>
  new PictureError(
    'picture-format',
    `Broadsheet cannot read pictures of this format (${found}).`,
    found === 'PDF'
      ? 'Export it as PNG, about 2,000 pixels wide.'
      : 'Export it as JPEG, or as PNG if parts of it are transparent.',
  );

export const pictureTruncated = (format: PictureFormat, cause?: unknown): PictureError =>
  new PictureError(
    'picture-truncated',
    `The file begins as a ${names[format]} but is incomplete or damaged.`,
    'Copy the picture again from its source. The last copy may have been interrupted.',
    { cause },
  );

/** @param pixelsMax the limit, as a number of pixels */
export const pictureTooLarge = (widthPx: number, heightPx: number, pixelsMax: number): PictureError =>
  new PictureError(
    'picture-too-large',
    `The picture has ${count(widthPx)} × ${count(heightPx)} pixels, ` +
      `which is more than the limit of ${Math.floor(pixelsMax / 1e6)} million.`,
    'Save a smaller copy. 4,000 pixels on the long side is enough.',
  );

/** The message and the remedy for each limit of a drawing. */
const drawingWords: Record<DrawingLimit, [found: string, hint: string]> = {
  bytes: ['The drawing has # bytes', 'fewer points'],
  elements: ['The drawing has more than # elements', 'fewer objects'],
  depth: ['The elements of the drawing are nested more than # levels deep', 'fewer groups'],
  attributes: ['An element of the drawing has more than # attributes', 'fewer attributes'],
  drawn: ['Including all repeated parts, the drawing has # elements', 'fewer repeated parts'],
  pathPoints: ['The paths of the drawing are as complex as one path of # points', 'simplified paths'],
  textLetters: ['The texts of the drawing are as long as one text of # characters', 'less text'],
  filterMegapixels: [
    'The shapes, filters, and masks of the drawing take as much work as # blurs of a megapixel',
    'fewer shapes and filters',
  ],
  styleMatches: [
    'The number of elements in the drawing multiplied by the number of its style rules is #',
    'fewer style rules',
  ],
};

/** @param found as counted. Elements, depth, and attributes are not counted beyond the limit */
export const drawingOverLimit = (limit: DrawingLimit, found: number, max: number): PictureError => {
  const [words, hint] = drawingWords[limit];
  const isMore = words.includes('more than #');
  return new PictureError(
    'picture-too-large',
    isMore
      ? `${words.replace('#', count(max))}, which is the limit.`
      : `${words.replace('#', count(found))}. The limit is ${count(max)}.`,
    `Export it with ${hint}, or as PNG, about 2,000 pixels wide.`,
  );
};

export const tooManyFrames = (frames: number, framesMax: number): PictureError =>
  new PictureError(
    'picture-too-many-frames',
    `The animation has ${count(frames)} frames, which is more than the limit of ${count(framesMax)}.`,
    'Save fewer frames, or convert it to a video.',
  );

/** Used only if an editor asked for the original. */
export const originalHidesArchive = (): PictureError =>
  new PictureError(
    'picture-original',
    'A zip archive is appended to this image file, so the original cannot be published.',
    'Save the picture again without the archive, or delete  original: publish .',
  );

export const pictureChanged = (cause?: unknown): PictureError =>
  new PictureError(
    'picture-changed',
    'The picture was saved, moved or deleted while the site was being built.',
    'Run the command again.',
    { cause },
  );

const names: Record<PictureFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  svg: 'SVG',
};

const count = (n: number) => n.toLocaleString('en');

/** A picture that cannot be used, at its own file. */
export const brokenPicture = (file: string, { rule, reason, hint }: PictureError): Problem =>
  error(rule, { file, line: 1 }, reason, hint);

/** @param unread what of its metadata could not be read, and why */
export const pictureMetadata = (file: string, unread: string): Problem =>
  warning(
    'picture-metadata',
    { file, line: 1 },
    `Broadsheet can show this picture but cannot read all of its metadata: ${unread}.`,
    'Save its caption, credit and alt text again, or write them in the story.',
  );

/** @param remark one of `remarks`, as a sentence */
export const pictureRemark = (file: string, remark: string): Problem =>
  warning('picture-remark', { file, line: 1 }, remark);

/** Remarks about a picture that is shown. They are stored with the facts of the picture. */
export const remarks = {
  credentials:
    'The file is signed with Content Credentials (C2PA). The smaller copies do not contain them. To link to the signed file, add  original: publish .',
  archive: 'A zip archive is appended to this image file. It is not published.',
  /** @param takenOut names of elements and attributes */
  drawing: (takenOut: readonly string[]): string =>
    `The drawing contains parts that are not published: ${takenOut.join(', ')}.`,
};

/** @param picture as the beginning of a sentence, such as `The picture "x.jpg"` @param name of its file */
export const pictureWithoutAlt = (picture: string, name = 'FILE'): Finding =>
  error(
    'picture-without-alt',
    {},
    `${picture} has no alt text. Neither the story nor the file's IPTC "Alt Text (Accessibility)" describes it.`,
    `Write it between the brackets: ![what the picture shows](${name}). If the picture is only decorative, write ` +
      `<Picture decorative src="${name}" />, or in the front matter  pictures: { ${JSON.stringify(name)}: { decorative: true } }.`,
  );

/** A text of a picture and its source. */
export interface FoundWord {
  text: string;
  from: 'story' | 'sidecar' | 'file' | 'default';
}

/** @param says what the alt text has in common with the caption */
export function altIsCaption(
  picture: string,
  alt: FoundWord,
  caption: FoundWord,
  says: 'same' | 'within' | 'same-with-prefix' | 'within-with-prefix',
): Finding {
  const isBoth = alt.from === caption.from;
  const altFrom = isBoth ? '' : ` (from ${altOrigin[alt.from]})`;
  const captionFrom = isBoth ? `, both from ${origin[alt.from]}` : ` (from ${captionOrigin[caption.from]})`;
  return error(
    'alt-is-caption',
    {},
    `${picture} has alt text${altFrom} that ${repetition[says]} its caption${captionFrom}: "${alt.text}".`,
    'The alt text says what the picture shows, for people who cannot see it. The caption says what it means. ' +
      (alt.from === 'story'
        ? 'Write different alt text.'
        : 'Write alt text in the story. It takes precedence over the file.'),
  );
}

const repetition = {
  same: 'is the same as',
  within: 'is part of',
  'same-with-prefix': 'only adds words such as "Image of" to',
  'within-with-prefix': 'is, apart from words such as "Image of", part of',
};
const origin = { story: 'the story', sidecar: 'its sidecar', file: 'the picture file', default: 'site.yaml' };
const altOrigin = { ...origin, file: `the file's IPTC "Alt Text (Accessibility)"` };
const captionOrigin = { ...origin, file: `the file's IPTC "Description"` };

export const decorativeWithAlt = (picture: string, alt: FoundWord): Finding =>
  error(
    'decorative-with-alt',
    {},
    `${picture} is marked as decorative, but the story also gives it alt text: "${alt.text}".`,
    'If the picture is only decorative, delete the alt text. Otherwise delete  decorative .',
  );
