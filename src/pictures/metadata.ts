import { focusOfRegions, rightsOfFields, wordsOfFields } from './file-words.ts';
import { sniffFormat } from './format.ts';
import { readIptc, xmpBytesMax } from './iptc.ts';
import type { PictureFacts, PictureFormat } from './picture.ts';
import { digestOf } from './picture-digest.ts';
import { readDrawingFacts, readPixelFacts } from './pixels.ts';
import { withoutTexts } from './png-texts.ts';
import { pictureEmpty, pictureFormat, pictureNotAPicture, pictureTooLarge, pictureTruncated } from './problems.ts';
import { endsInZeros, isWholeJpeg } from './whole-jpeg.ts';

/** The most pixels that we read. It is sharp's own limit, 0x3FFF squared. A 20,000 px panorama is far below it. */
export const pixelsMax = 268_402_689;

/**
 * The format, size, and metadata of a picture file.
 *
 * CMYK, 16 bits, several frames (the first is shown), and all eight orientations are handled like any other picture.
 * The result depends only on the bytes, so it can be cached by their digest.
 *
 * It is cheap to import: sharp (about 100 ms) and exifreader are loaded with the first picture.
 *
 * @param bytes the whole file
 * @throws {PictureError} if the file is empty, not a picture, not a supported format, incomplete, damaged, or too
 *   large.
 * Broken metadata never throws, and its texts are then absent. A JPEG whose structure is complete is not
 * decoded here, so damage inside its data may be noticed only in `makeRenditions`.
 */
export async function readPictureFacts(bytes: Uint8Array): Promise<PictureFacts> {
  const format = recognise(bytes);
  if (format === 'svg') return await readDrawingFacts(bytes, digestOf(bytes));
  const { default: sharp } = await import('sharp');
  const { failOn } = decoding;

  const texts = format === 'png' ? withoutTexts(bytes, xmpBytesMax) : undefined;
  const drawn = texts?.bytes ?? bytes;
  const header = await sharp(drawn, { failOn, limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw pictureTruncated(format, cause);
    });
  if (header.width * header.height > pixelsMax) throw pictureTooLarge(header.width, header.height, pixelsMax);

  if (format !== 'jpeg' || !isWholeJpeg(bytes)) {
    if (format === 'jpeg' && endsInZeros(bytes)) throw pictureTruncated(format);
    // Only decoding up to the last line shows that a file is complete. Shrinking keeps the result small.
    await sharp(drawn, decoding)
      .resize(32, 32, { fit: 'fill' })
      .raw()
      .toBuffer()
      .catch((cause: unknown) => {
        throw pictureTruncated(format, cause);
      });
  }

  const iptc = await readIptc(drawn, {
    xmp: texts ? texts.xmp : header.xmp,
    iptc: header.iptc,
    isXmpRefused: texts?.isXmpRefused,
  });
  const rights = iptc && rightsOfFields(iptc);
  const focus = focusOfRegions(iptc?.regions);
  return {
    digest: digestOf(bytes),
    format,
    widthPx: header.autoOrient.width,
    heightPx: header.autoOrient.height,
    hasAlpha: header.hasAlpha,
    isAnimated: (header.pages ?? 1) > 1 && (format === 'gif' || format === 'webp'),
    ...(await readPixelFacts(drawn, format, header)),
    words: iptc ? wordsOfFields(iptc) : {},
    ...(rights && { rights }),
    ...(focus && { focus }),
    ...(iptc && { iptc }),
  };
}

/** How every picture is opened: missing data is an error, but a warning from a decoder is not. */
export const decoding = { failOn: 'error', limitInputPixels: pixelsMax } as const;

function recognise(bytes: Uint8Array): PictureFormat {
  if (bytes.byteLength === 0) throw pictureEmpty();
  const sniffed = sniffFormat(bytes);
  if (sniffed.kind === 'picture') return sniffed.format;
  throw sniffed.kind === 'unsupported' ? pictureFormat(sniffed.name) : pictureNotAPicture(sniffed.name);
}
