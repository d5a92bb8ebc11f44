import type { Metadata } from 'sharp';
import { hasContentCredentials } from './credentials.ts';
import type { PictureFacts, PictureFormat } from './picture.ts';
import { pictureTruncated, tooManyFrames } from './problems.ts';
import { isWideProfile } from './profile.ts';
import { bytesAfterJpeg } from './whole-jpeg.ts';

/** Frames of an animation that we read. Ten seconds at thirty a second; more is a film. */
export const framesMax = 300;

/** What a file's pixels and container say besides their size, for the renditions. Cheap for photographs. */
export async function readPixelFacts(
  bytes: Uint8Array,
  format: PictureFormat,
  header: Metadata,
): Promise<Pick<PictureFacts, 'isWide' | 'isFlat' | 'hasCredentials' | 'remarks'>> {
  const frames = header.pages ?? 1;
  // Several pages of a TIFF or sizes of one picture are no animation, and only the first is read.
  if (frames > framesMax && (format === 'gif' || format === 'webp')) throw tooManyFrames(frames, framesMax);
  const facts: Pick<PictureFacts, 'isWide' | 'isFlat' | 'hasCredentials' | 'remarks'> = {};
  const remarks: string[] = [];
  if (isWideProfile(header.icc) && header.channels >= 3 && header.space !== 'cmyk') facts.isWide = true;
  if (await isFlat(bytes, format, header)) facts.isFlat = true;
  if (hasContentCredentials(bytes, format)) {
    facts.hasCredentials = true;
    remarks.push(
      'The file is signed with Content Credentials (C2PA). The smaller copies do not contain them. To link to the signed file, add  original: publish .',
    );
  }
  if (format === 'jpeg' && hidesArchive(bytes))
    remarks.push('A zip archive is appended to this picture file. The archive is not published.');
  if (remarks.length > 0) facts.remarks = remarks;
  return facts;
}

/** The facts of an SVG. @throws {PictureError} */
export async function readDrawingFacts(bytes: Uint8Array, digest: string): Promise<PictureFacts> {
  const { readDrawing } = await import('./drawing.ts'); // with the parsers of HTML and of styles that it needs
  const { svg, widthPx, heightPx, takenOut } = readDrawing(bytes);
  // A small sample, because the library that draws has limits of its own: what it refuses is said here, not by a build.
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
  if (takenOut.length > 0)
    facts.remarks = [`The drawing contains parts that are not published: ${takenOut.join(', ')}.`];
  return facts;
}

/** Whether something that unpacks to files stands behind a JPEG's end. */
export function hidesArchive(bytes: Uint8Array): boolean {
  const rest = bytesAfterJpeg(bytes);
  return rest !== undefined && Buffer.from(rest.buffer, rest.byteOffset, rest.byteLength).includes(zipStart);
}

const zipStart = Buffer.from('PK\x03\x04', 'latin1');

/** A small copy is tried both ways; photographs differ by a factor of five and more, so its size does not matter. */
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
