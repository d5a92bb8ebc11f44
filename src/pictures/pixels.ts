import type { Metadata } from 'sharp';
import { hasContentCredentials } from './credentials.ts';
import type { PictureFacts, PictureFormat } from './picture.ts';
import { pictureTruncated, remarks, tooManyFrames } from './problems.ts';
import { isWideProfile } from './profile.ts';
import { bytesAfterJpeg } from './whole-jpeg.ts';

/** The most frames of an animation that we read: ten seconds at thirty frames a second. Anything longer is a film. */
export const framesMax = 300;

/** What the pixels and the container of a file tell besides their size, for the renditions. Cheap for photographs. */
export async function readPixelFacts(
  bytes: Uint8Array,
  format: PictureFormat,
  header: Metadata,
): Promise<Pick<PictureFacts, 'isWide' | 'isFlat' | 'hasCredentials' | 'remarks'>> {
  const frames = header.pages ?? 1;
  // Several pages of a TIFF, or several sizes of a picture, are not an animation. Only the first is read.
  if (frames > framesMax && (format === 'gif' || format === 'webp')) throw tooManyFrames(frames, framesMax);
  const facts: Pick<PictureFacts, 'isWide' | 'isFlat' | 'hasCredentials' | 'remarks'> = {};
  const found: string[] = [];
  if (isWideProfile(header.icc) && header.channels >= 3 && header.space !== 'cmyk') facts.isWide = true;
  if (await isFlat(bytes, format, header)) facts.isFlat = true;
  if (hasContentCredentials(bytes, format)) {
    facts.hasCredentials = true;
    found.push(remarks.credentials);
  }
  if (format === 'jpeg' && hidesArchive(bytes)) found.push(remarks.archive);
  if (found.length > 0) facts.remarks = found;
  return facts;
}

/** The facts of an SVG. @throws {PictureError} */
export async function readDrawingFacts(bytes: Uint8Array, digest: string): Promise<PictureFacts> {
  const { readDrawing } = await import('./drawing.ts'); // including the HTML and style parsers that it needs
  const { svg, widthPx, heightPx, takenOut } = readDrawing(bytes);
  // Renders a small sample, because the drawing library has its own limits. If it refuses the drawing, this is reported
  // here and not by a build.
  const { default: sharp } = await import('sharp');
  await sharp(Buffer.from(svg))
    .resize(32, 32, { fit: 'inside' })
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      throw pictureTruncated('svg', cause);
    });
  const facts: PictureFacts = {
    digest,
    format: 'svg',
    widthPx,
    heightPx,
    hasAlpha: true,
    isAnimated: false,
    words: {},
  };
  if (takenOut.length > 0) facts.remarks = [remarks.drawing(takenOut)];
  return facts;
}

/** Whether data that unpacks to files follows the end of a JPEG. */
export function hidesArchive(bytes: Uint8Array): boolean {
  const rest = bytesAfterJpeg(bytes);
  return rest !== undefined && Buffer.from(rest.buffer, rest.byteOffset, rest.byteLength).includes(zipStart);
}

const zipStart = Buffer.from('PK\x03\x04', 'latin1');

/**
 * A small copy is encoded both ways. Photographs differ by a factor of five or more, so the size of the copy does not
 * matter.
 */
async function isFlat(bytes: Uint8Array, format: PictureFormat, header: Metadata): Promise<boolean> {
  if ((format !== 'png' && format !== 'gif') || header.hasAlpha) return false;
  const { default: sharp } = await import('sharp');
  const small = await sharp(bytes).resize(640, 640, { fit: 'inside', withoutEnlargement: true }).toBuffer();
  const [asPng, asJpeg] = await Promise.all([
    sharp(small).png({ compressionLevel: 9 }).toBuffer(),
    sharp(small).jpeg({ quality: 80 }).toBuffer(),
  ]).catch(() => [small, small]);
  return asPng.length < asJpeg.length;
}
