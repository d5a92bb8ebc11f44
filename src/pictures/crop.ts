import type { Focus } from './picture.ts';

/** Width to height of a frame. */
export type Shape = '16:9' | '3:2' | '4:3' | '1:1' | '4:5';

/** A part of a picture, in whole pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  widthPx: number;
  heightPx: number;
}

/** The largest part of a picture that has a shape. At least one pixel. */
export function cropSize({ widthPx, heightPx }: Size, shape: Shape): { width: number; height: number } {
  const ratio = ratios[shape];
  return widthPx / heightPx > ratio
    ? { width: Math.max(1, Math.round(heightPx * ratio)), height: heightPx }
    : { width: widthPx, height: Math.max(1, Math.round(widthPx / ratio)) };
}

/** Where that part lies, so that the focus is as near to its middle as the picture's edges allow. */
export function cropBox(size: Size, shape: Shape, { xPercent, yPercent }: Focus): Box {
  const { width, height } = cropSize(size, shape);
  const place = (percent: number, length: number, whole: number) =>
    Math.round(Math.min(whole - length, Math.max(0, (percent / 100) * whole - length / 2)));
  return {
    left: place(xPercent, width, size.widthPx),
    top: place(yPercent, height, size.heightPx),
    width,
    height,
  };
}

/**
 * What a crop keeps in its middle when a frame of that shape is filled: the editor's focus. Without one, a frame that
 * cuts off top and bottom keeps the upper third, because heads are there; undefined where it cuts off the sides, and
 * there what catches the eye counts.
 *
 * A rule and not sharp's `attention`, which looks at colour and edges: of a heron it kept the leaves below.
 */
export function focusFor(size: Size, shape: Shape, focus: Focus | undefined): Focus | undefined {
  if (focus !== undefined) return focus;
  return size.widthPx / size.heightPx < ratios[shape] ? upperThird : undefined;
}

/** The middle of what is kept: a little above the third, so that hair is inside in 16:9 too. Whole percents, as in names. */
const upperThird: Focus = { xPercent: 50, yPercent: 30 };

/** Whether a picture is taller than wide, so that it stands narrower than the text. */
export const isUpright = ({ widthPx, heightPx }: Size): boolean => heightPx > widthPx * 1.1;

/** How much of a picture a frame of that shape shows when it is filled, 0 to 1. */
export function partShown({ widthPx, heightPx }: Size, shape: Shape): number {
  const times = widthPx / heightPx / ratios[shape];
  return times > 1 ? 1 / times : times;
}

/**
 * Whether a frame gets files of its own. When it shows nearly the whole picture, the frame cuts the rest off
 * by itself, and the middle is right; so most photographs cost no further files. An editor's focus is always heeded.
 */
export function isCropped(size: Size, shape: Shape, focus: Focus | undefined): boolean {
  const part = partShown(size, shape);
  return part < sameShape && (focus !== undefined || part < nearlyWhole);
}

/** A rounding error's difference is no other shape. */
export const sameShape = 0.99;
const nearlyWhole = 0.8;

const ratios: Record<Shape, number> = { '16:9': 16 / 9, '3:2': 3 / 2, '4:3': 4 / 3, '1:1': 1, '4:5': 4 / 5 };
