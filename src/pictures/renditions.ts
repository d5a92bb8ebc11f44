import { createHash } from 'node:crypto';
import type { PictureFacts, Rendition } from './picture.ts';
import { recipe } from './recipe.ts';

/**
 * The widths that we make, in pixels: a phone at one and two dots, a column, a wide column, a screen.
 * Each step is 1.3 to 1.5 times the last, so that a reader loads at most about twice the needed pixels.
 */
export const widthsPx: readonly number[] = [320, 480, 640, 960, 1280, 1920];

/** A side may be no longer in a WebP file (14 bits), nor much longer in an AVIF of libvips. */
export const sidePxMax = 16_383;

/**
 * Which files are made of a picture, widest last within each format: AVIF, WebP, then JPEG, or PNG
 * where something may be transparent.
 *
 * Never wider than the picture. Its own width is added below the widest step, unless a step is
 * within a tenth of it. A picture so tall that a side would exceed `sidePxMax` is taken as if it
 * were smaller.
 *
 * Pure, and the same on every machine: names are lower-case hexadecimal, from the picture's digest
 * and the recipe.
 */
export function renditionsOf(facts: PictureFacts): Rendition[] {
  const key = renditionKey(facts);
  const formats = ['avif', 'webp', facts.hasAlpha ? 'png' : 'jpeg'] as const;
  const sizes = sizesOf(facts);
  return formats.flatMap((format) =>
    sizes.map((size) => ({ name: `${key}-${size.widthPx}.${extensions[format]}`, format, ...size })),
  );
}

/** What the names of all renditions of a picture begin with: 20 hexadecimal characters. */
export function renditionKey(facts: Pick<PictureFacts, 'digest'>): string {
  return createHash('sha256').update(`${facts.digest}\n${recipeText}`).digest('hex').slice(0, 20);
}

/** What a `<picture>` element needs, in the order of its attributes. */
export interface PictureSources {
  /** One `<source>` each, best first. */
  sources: { type: 'image/avif' | 'image/webp'; srcset: string }[];
  /** For `<img>`: JPEG, or PNG. */
  srcset: string;
  /** For `<img>`: about `fallbackWidthPx` wide. */
  src: string;
  /** For `<img>`: the size of the widest rendition; the ratio is the picture's. */
  widthPx: number;
  heightPx: number;
}

/**
 * The attributes of `<picture>` for the renditions of one picture. The `sizes` attribute is the
 * layout's business and is not here.
 *
 * @param renditions as `renditionsOf` returns them
 * @param hrefOf from a rendition's name to its address, such as `/paper/assets/pictures/0f3a…-640.avif`
 */
export function pictureSources(renditions: readonly Rendition[], hrefOf: (name: string) => string): PictureSources {
  const srcset = (...formats: Rendition['format'][]) =>
    renditions
      .filter(({ format }) => formats.includes(format))
      .map(({ name, widthPx }) => `${hrefOf(name)} ${widthPx}w`)
      .join(', ');
  const { widthPx, heightPx } = fallbackRendition(renditions, Number.POSITIVE_INFINITY);
  return {
    sources: [
      { type: 'image/avif', srcset: srcset('avif') },
      { type: 'image/webp', srcset: srcset('webp') },
    ],
    srcset: srcset('jpeg', 'png'),
    src: hrefOf(fallbackRendition(renditions, fallbackWidthPx).name),
    widthPx,
    heightPx,
  };
}

/** A column of text at two dots per pixel on a phone, at one on a screen. */
export const fallbackWidthPx = 960;

/**
 * The JPEG (or PNG) for one fixed use, such as a feed or a link preview: the widest up to
 * `widthPxMax`, else the narrowest.
 */
export function fallbackRendition(renditions: readonly Rendition[], widthPxMax: number): Rendition {
  const [narrowest, ...wider] = renditions
    .filter(({ format }) => format === 'jpeg' || format === 'png')
    .sort((a, b) => a.widthPx - b.widthPx);
  if (narrowest === undefined)
    throw new Error('fallbackRendition needs the renditions of a picture, as renditionsOf returns them');
  return wider.findLast(({ widthPx }) => widthPx <= widthPxMax) ?? narrowest;
}

function sizesOf(facts: PictureFacts): { widthPx: number; heightPx: number }[] {
  const shrink = Math.min(1, sidePxMax / facts.heightPx);
  const ownPx = Math.max(1, Math.floor(facts.widthPx * shrink));
  const steps = widthsPx.filter((step) => step <= ownPx);
  const [lastStep, lastPx] = [widthsPx.at(-1) ?? 0, steps.at(-1) ?? 0];
  if (lastPx < lastStep && ownPx > lastPx * 1.1) steps.push(ownPx);
  return steps.map((widthPx) => ({ widthPx, heightPx: heightFor(widthPx, facts) }));
}

function heightFor(widthPx: number, facts: PictureFacts): number {
  const heightPx = Math.round((facts.heightPx * widthPx) / facts.widthPx);
  return Math.min(sidePxMax, Math.max(1, heightPx));
}

const extensions: Record<Rendition['format'], string> = { avif: 'avif', webp: 'webp', jpeg: 'jpg', png: 'png' };

const recipeText = JSON.stringify(recipe);
