import type { DrawingLimit } from './drawing-limits.ts';
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

/** @param found what the bytes are instead, such as "a web page", if we recognise it */
export const pictureNotAPicture = (found?: string): PictureError =>
  new PictureError(
    'picture-not-a-picture',
    found === undefined
      ? 'The file is not a picture, although its name says so.'
      : `The file is not a picture, although its name says so. It is ${found}.`,
    found === 'a Git LFS pointer'
      ? 'Run  git lfs pull  to get the picture itself.'
      : 'Open it to see what it is, and replace it with a JPEG, PNG, WebP, AVIF, GIF, or TIFF file.',
  );

/** @param found the kind of picture, such as "HEIC" */
export const pictureFormat = (found: string): PictureError =>
  new PictureError(
    'picture-format',
    `This picture format is not supported (${found}).`,
    found === 'PDF'
      ? 'Export it as PNG, about 2,000 pixels wide.'
      : 'Export it as JPEG, or as PNG if it has transparent parts.',
  );

export const pictureTruncated = (format: PictureFormat, cause?: unknown): PictureError =>
  new PictureError(
    'picture-truncated',
    `The ${names[format]} file is incomplete or damaged and cannot be read to its end.`,
    'Copy the picture again from its source. The last copy may have been interrupted.',
    { cause },
  );

/** @param pixelsMax the limit, as a number of pixels */
export const pictureTooLarge = (widthPx: number, heightPx: number, pixelsMax: number): PictureError =>
  new PictureError(
    'picture-too-large',
    `The picture has ${count(widthPx)} × ${count(heightPx)} pixels, ` +
      `which is more than the limit of ${Math.floor(pixelsMax / 1e6)} million.`,
    'Save a smaller copy. 4,000 pixels on the long side are enough.',
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
  styleMatches: ['The elements of the drawing multiplied by its style rules are #', 'fewer style rules'],
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
    'The original cannot be published, because a zip archive is appended to this picture file.',
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
