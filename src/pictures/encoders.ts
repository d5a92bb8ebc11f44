import type { Sharp, default as SharpModule } from 'sharp';
import { cropBox, cropSize } from './crop.ts';
import { decoding } from './metadata.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { pictureTruncated } from './problems.ts';
import { qualityOf, recipe } from './recipe.ts';
import { sourceSize } from './renditions.ts';

/* What sharp does with a picture, step by step. `encode.ts` decides what is created, and in which order. */

/** Pixels between two steps: raw in sRGB, or as TIFF with their profile if the colours are wide. */
export interface Pixels {
  open: () => Sharp;
  widthPx: number;
  heightPx: number;
}

/** The picture as shown, as large as anything that is ever created from it. The source is read once. */
export async function decode(sharp: typeof SharpModule, bytes: Buffer, facts: PictureFacts): Promise<Pixels> {
  const { widthPx, heightPx } = sourceSize(facts);
  const upright = sharp(bytes, decoding).autoOrient().resize(widthPx, heightPx, { fit: 'fill' });
  const flat = facts.hasAlpha ? upright.ensureAlpha() : upright.removeAlpha();
  return await settle(sharp, flat, facts).catch((cause: unknown) => {
    throw pictureTruncated(facts.format, cause);
  });
}

/** A part of it. If there is no focus, it is the part that most attracts the eye. */
export async function cut(
  sharp: typeof SharpModule,
  source: Pixels,
  crop: Rendition['crop'],
  facts: PictureFacts,
): Promise<Pixels> {
  if (!crop) return source;
  if (crop.focus) return await settle(sharp, source.open().extract(cropBox(source, crop.shape, crop.focus)), facts);
  const { width, height } = cropSize(source, crop.shape);
  const attentive = source.open().resize(width, height, { fit: 'cover', position: sharp.strategy.attention });
  return await settle(sharp, attentive, facts);
}

export async function resize(
  sharp: typeof SharpModule,
  source: Pixels,
  { widthPx, heightPx }: Rendition,
  facts: PictureFacts,
): Promise<Pixels> {
  if (widthPx === source.widthPx && heightPx === source.heightPx) return source;
  return await settle(sharp, source.open().resize(widthPx, heightPx, { fit: 'fill' }), facts);
}

async function settle(sharp: typeof SharpModule, image: Sharp, { isWide }: PictureFacts): Promise<Pixels> {
  if (isWide) {
    const tiff = image.keepIccProfile().tiff({ compression: 'none' });
    const { data, info } = await tiff.toBuffer({ resolveWithObject: true });
    return { open: () => sharp(data, decoding).keepIccProfile(), widthPx: info.width, heightPx: info.height };
  }
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { open: () => sharp(data, { raw: { width, height, channels } }), widthPx: width, heightPx: height };
}

export async function encode(
  { open }: Pixels,
  { format, widthPx }: Rendition,
  rights: string | undefined,
  { isWide }: PictureFacts,
): Promise<Buffer> {
  if (format === 'svg') throw new Error('a drawing has no pixels');
  const image = rights === undefined ? open() : open().withXmp(rights);
  const options = format === 'png' ? recipe.png : { ...recipe[format], quality: qualityOf(format, widthPx) };
  return await (isWide ? image.keepIccProfile() : image).toFormat(format, options).toBuffer();
}

/** All frames, smaller. */
export async function move(
  sharp: typeof SharpModule,
  bytes: Buffer,
  { widthPx, heightPx }: Rendition,
  rights: string | undefined,
): Promise<Buffer> {
  const frames = sharp(bytes, { ...decoding, animated: true }).resize(widthPx, heightPx, { fit: 'fill' });
  return await (rights === undefined ? frames : frames.withXmp(rights))
    .webp(recipe.moving)
    .toBuffer()
    .catch((cause: unknown) => {
      throw pictureTruncated('gif', cause);
    });
}

interface DrawingTools {
  rights: string | undefined;
  sharp: typeof SharpModule;
  keep: (name: string, encoded: Uint8Array) => Promise<void>;
}

/** A drawing as it is, and as pixels. Both are created from the sanitised text. */
export async function makeDrawing(bytes: Buffer, missing: readonly Rendition[], { rights, sharp, keep }: DrawingTools) {
  const { readDrawing } = await import('./drawing.ts');
  const { svg, widthPx: ownPx } = readDrawing(bytes, rights);
  for (const { name, format, widthPx, heightPx } of missing) {
    if (format === 'svg') await keep(name, Buffer.from(svg));
    else {
      const density = Math.min(drawingDensityMax, Math.max(1, (72 * widthPx) / ownPx));
      const image = sharp(Buffer.from(svg), { ...decoding, density }).resize(widthPx, heightPx, { fit: 'fill' });
      const png = await (rights === undefined ? image : image.withXmp(rights))
        .png(recipe.png)
        .toBuffer()
        .catch((cause: unknown) => {
          throw pictureTruncated('svg', cause);
        });
      await keep(name, png);
    }
  }
}

// The limit of sharp. A drawing of a few pixels is then enlarged from that size.
const drawingDensityMax = 100_000;

/** @throws if another version of sharp is installed than the names of renditions state */
export async function loadSharp(): Promise<typeof SharpModule> {
  const { default: sharp } = await import('sharp');
  if (sharp.versions.sharp !== recipe.sharp) {
    throw new Error(
      `Renditions are named for sharp ${recipe.sharp}, but ${sharp.versions.sharp} is installed. Run  npm ci.`,
    );
  }
  sharp.concurrency(recipe.threads);
  // sharp's cache keeps decoded pictures, but each of ours is used only once.
  sharp.cache(false);
  return sharp;
}
