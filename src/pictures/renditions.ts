import { createHash } from 'node:crypto';
import { cropSize, focusFor, isCropped, partShown, type Shape, sameShape } from './crop.ts';
import type { Focus } from './focus.ts';
import type { PictureFacts, Rendition } from './picture.ts';
import { drawingVersion, recipe } from './recipe.ts';
import { rightsPacket } from './rights.ts';
import {
  cardWidthsPx,
  leadWidthsPx,
  portraitWidthsPx,
  structuredWidthPx,
  textWidthsPx,
  thumbWidthsPx,
  type Use,
  wideWidthsPx,
} from './slots.ts';

/** The maximum length of a side in a WebP file (14 bits), and about the maximum in an AVIF file from libvips. */
export const sidePxMax = 16_383;

/** What a picture is used for. */
export interface Want {
  use: Use;
  /** The editor's focus for this use. Defaults to the focus in the file. */
  focus?: Focus;
}

/**
 * The files that are created from a picture for a use. Within each format (AVIF, WebP, then JPEG, or PNG if the picture
 * has transparency or PNG is smaller), the widest comes last. A drawing is one SVG, and a PNG for software that does
 * not support SVG.
 *
 * - No file is wider than the picture. The picture's own width is added below the widest step, unless a step is
 *   within a tenth of it. A picture that is so tall that a side would exceed `sidePxMax` is treated as if it were
 *   smaller.
 * - A crop has its own files only where a template shows it and the frame alone would not be enough (`isCropped`).
 * - A lead has three JPEGs for structured data. An animation has one animated WebP.
 *
 * This function is pure, and its result is the same on every machine. Every file of a `text` picture is also a file of
 * the same picture as a `lead`.
 */
export function renditionsOf(facts: PictureFacts, want: Want): Rendition[] {
  const { whole, cards, thumbs, structured, moving } = renditionSets(facts, want);
  return [...whole, ...cards, ...thumbs, ...structured, ...moving];
}

/** The same, grouped by purpose. */
export interface RenditionSets {
  /** The whole picture, or for a portrait its square. Never empty. */
  whole: Rendition[];
  /** For the frames of cards. Empty if the whole picture can be used. */
  cards: Rendition[];
  /** For small squares. Empty if the whole picture can be used. */
  thumbs: Rendition[];
  /** For structured data, in the order of `structuredShapes`, without the shape that the picture already has. */
  structured: Rendition[];
  moving: Rendition[];
}

const widthsOfUse = { text: textWidthsPx, wide: wideWidthsPx, lead: leadWidthsPx };

export function renditionSets(facts: PictureFacts, want: Want): RenditionSets {
  const key = renditionKey(facts);
  const none: RenditionSets = { whole: [], cards: [], thumbs: [], structured: [], moving: [] };
  if (facts.format === 'svg') return { ...none, whole: drawingRenditions(key, facts) };
  const focus = want.focus ?? facts.focus;
  const formats = photoFormats(facts);
  if (want.use === 'portrait') return { ...none, whole: framed(key, facts, '1:1', focus, portraitWidthsPx, formats) };
  const sets: RenditionSets = {
    ...none,
    whole: sized(key, facts, widthsOfUse[want.use], formats),
    moving: facts.isAnimated ? [movingRendition(key, facts)] : [],
  };
  if (want.use !== 'lead') return sets;
  return {
    ...sets,
    cards: isCropped(facts, '3:2', focus) ? framed(key, facts, '3:2', focus, cardWidthsPx, formats) : [],
    thumbs: isCropped(facts, '1:1', focus) ? framed(key, facts, '1:1', focus, thumbWidthsPx, ['avif', 'webp']) : [],
    structured: structuredShapes.flatMap((shape) => structuredRendition(key, facts, shape, focus) ?? []),
  };
}

/** The beginning of the names of all renditions of a picture: 20 hexadecimal characters. */
export function renditionKey({
  digest,
  format,
  rights,
}: Pick<PictureFacts, 'digest' | 'rights'> & { format?: PictureFacts['format'] }): string {
  const made = format === 'svg' ? `${recipeText}\n${drawingVersion}` : recipeText;
  return createHash('sha256')
    .update(`${digest}\n${made}\n${rightsPacket(rights) ?? ''}`)
    .digest('hex')
    .slice(0, 20);
}

/** The rendition of a picture with that name, whatever it is used for. */
export function renditionNamed(name: string, facts: PictureFacts): Rendition | undefined {
  const [, x, y] = /-(\d{1,3})-(\d{1,3})-\d+\.\w+$/.exec(name) ?? [];
  const focus = x && y ? { xPercent: Number(x), yPercent: Number(y) } : undefined;
  return (['lead', 'wide', 'portrait'] as const)
    .flatMap((use) => renditionsOf(facts, { use, focus }))
    .find((rendition) => rendition.name === name);
}

/** A column of text: two pixels per dot on a phone, one on a screen. */
export const fallbackWidthPx = 960;

/**
 * The JPEG (or PNG) for one fixed use, such as a feed or a link preview: the widest up to `widthPxMax`, or the
 * narrowest.
 *
 * @param renditions of one shape, as in `renditionSets`
 */
export function fallbackRendition(renditions: readonly Rendition[], widthPxMax: number): Rendition {
  const [narrowest, ...wider] = renditions
    .filter(({ format }) => format === 'jpeg' || format === 'png')
    .sort((a, b) => a.widthPx - b.widthPx);
  if (narrowest === undefined)
    throw new Error('fallbackRendition needs the renditions of a picture, as renditionSets returns them');
  return wider.findLast(({ widthPx }) => widthPx <= widthPxMax) ?? narrowest;
}

/** The shapes that search engines recommend, in their order. */
export const structuredShapes: readonly Shape[] = ['1:1', '4:3', '16:9'];

/** The files of a lead for structured data, square first. A picture that has one of the shapes is used as it is. */
export function structuredRenditions(facts: PictureFacts, focus: Focus | undefined): Rendition[] {
  const { whole, structured } = renditionSets(facts, { use: 'lead', focus });
  return structured.length < structuredShapes.length
    ? [...structured, fallbackRendition(whole, structuredWidthPxMax)]
    : structured;
}

// The next step of a lead above what search engines require.
const structuredWidthPxMax = 1408;

/**
 * How far the source is decoded. It must cover everything that can ever be created from it, or the same name could have
 * other bytes.
 */
export function sourceSize(facts: PictureFacts): { widthPx: number; heightPx: number } {
  const widest = sizesOf(facts, leadWidthsPx).at(-1) ?? { widthPx: 1, heightPx: 1 };
  const scales = structuredShapes.map((shape) => structuredWidthPx / cropSize(facts, shape).width);
  const scale = Math.min(1, sidePxMax / facts.heightPx, Math.max(widest.widthPx / facts.widthPx, ...scales));
  return {
    widthPx: Math.max(1, Math.min(facts.widthPx, Math.round(facts.widthPx * scale))),
    heightPx: Math.max(1, Math.min(facts.heightPx, Math.round(facts.heightPx * scale))),
  };
}

type RasterFormat = 'avif' | 'webp' | 'jpeg' | 'png';
interface Size {
  widthPx: number;
  heightPx: number;
}

const photoFormats = (facts: PictureFacts): readonly RasterFormat[] => [
  'avif',
  'webp',
  facts.hasAlpha || facts.isFlat ? 'png' : 'jpeg',
];

function sized(
  key: string,
  facts: Size,
  widthsPx: readonly number[],
  formats: readonly RasterFormat[],
  crop?: Rendition['crop'],
): Rendition[] {
  const sizes = sizesOf(facts, widthsPx);
  const tag = crop ? `-${cropTag(crop)}` : '';
  return formats.flatMap((format) =>
    sizes.map(
      (size): Rendition => ({
        name: `${key}${tag}-${size.widthPx}.${extensions[format]}`,
        format,
        ...size,
        ...(crop && { crop }),
      }),
    ),
  );
}

/** In the shape of a frame, or the picture itself if it has that shape. */
function framed(
  key: string,
  facts: PictureFacts,
  shape: Shape,
  focus: Focus | undefined,
  widthsPx: readonly number[],
  formats: readonly RasterFormat[],
): Rendition[] {
  if (partShown(facts, shape) >= sameShape) return sized(key, facts, widthsPx, formats);
  const { width, height } = cropSize(sourceSize(facts), shape);
  return sized(
    key,
    { widthPx: width, heightPx: height },
    widthsPx,
    formats,
    cropOf(shape, focusFor(facts, shape, focus)),
  );
}

function structuredRendition(
  key: string,
  facts: PictureFacts,
  shape: Shape,
  focus: Focus | undefined,
): Rendition | undefined {
  if (partShown(facts, shape) >= sameShape) return undefined;
  const { width, height } = cropSize(sourceSize(facts), shape);
  const widthPx = Math.min(structuredWidthPx, width);
  const crop = cropOf(shape, focusFor(facts, shape, focus));
  const heightPx = heightFor(widthPx, { widthPx: width, heightPx: height });
  const format = facts.hasAlpha || facts.isFlat ? 'png' : 'jpeg';
  return { name: `${key}-${cropTag(crop)}-${widthPx}.${extensions[format]}`, format, widthPx, heightPx, crop };
}

/** Whole percentages: no editor is more exact, and names stay short. */
const cropOf = (shape: Shape, focus: Focus | undefined): NonNullable<Rendition['crop']> =>
  focus ? { shape, focus: { xPercent: Math.round(focus.xPercent), yPercent: Math.round(focus.yPercent) } } : { shape };

const cropTag = ({ shape, focus }: NonNullable<Rendition['crop']>): string =>
  shape.replace(':', 'x') + (focus ? `-${focus.xPercent}-${focus.yPercent}` : '');

/** Wide enough for a column of text. A larger one would be a film, for which WebP is not suitable. */
export const movingWidthPxMax = 552;

function movingRendition(key: string, facts: Size): Rendition {
  const widthPx = Math.min(movingWidthPxMax, facts.widthPx);
  return {
    name: `${key}-moving-${widthPx}.webp`,
    format: 'webp',
    widthPx,
    heightPx: heightFor(widthPx, facts),
    isMoving: true,
  };
}

/** The size of the PNG that is created from a drawing. */
export function drawingPngSize(facts: Size): Size {
  const widthPx = Math.max(1, Math.min(drawingWidthPx, Math.floor((facts.widthPx * sidePxMax) / facts.heightPx)));
  return { widthPx, heightPx: heightFor(widthPx, facts) };
}

function drawingRenditions(key: string, facts: Size): Rendition[] {
  const { widthPx, heightPx } = drawingPngSize(facts);
  return [
    { name: `${key}-${facts.widthPx}.svg`, format: 'svg', widthPx: facts.widthPx, heightPx: facts.heightPx },
    { name: `${key}-${widthPx}.png`, format: 'png', widthPx, heightPx },
  ];
}

/** A drawing has no inherent size. This is the size for feeds and previews. */
const drawingWidthPx = 1104;

function sizesOf(facts: Size, widthsPx: readonly number[]): Size[] {
  const shrink = Math.min(1, sidePxMax / facts.heightPx);
  const ownPx = Math.max(1, Math.floor(facts.widthPx * shrink));
  const steps = widthsPx.filter((step) => step <= ownPx);
  const [lastStep, lastPx] = [widthsPx.at(-1) ?? 0, steps.at(-1) ?? 0];
  if (lastPx < lastStep && ownPx > lastPx * 1.1) steps.push(ownPx);
  return steps.map((widthPx) => ({ widthPx, heightPx: heightFor(widthPx, facts) }));
}

function heightFor(widthPx: number, facts: Size): number {
  const heightPx = Math.round((facts.heightPx * widthPx) / facts.widthPx);
  return Math.min(sidePxMax, Math.max(1, heightPx));
}

const extensions: Record<RasterFormat, string> = { avif: 'avif', webp: 'webp', jpeg: 'jpg', png: 'png' };

const recipeText = JSON.stringify(recipe);
