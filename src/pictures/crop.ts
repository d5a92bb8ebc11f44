import type { Focus } from './focus.ts';

/** The ratio of a frame's width to its height. */
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

/** The largest part of a picture that has a given shape. At least one pixel. */
export function cropSize({ widthPx, heightPx }: Size, shape: Shape): { width: number; height: number } {
  const ratio = ratios[shape];
  return widthPx / heightPx > ratio
    ? { width: Math.max(1, Math.round(heightPx * ratio)), height: heightPx }
    : { width: widthPx, height: Math.max(1, Math.round(widthPx / ratio)) };
}

/** The position of that part, with the focus as close to its middle as the edges of the picture allow. */
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
 * The point that a crop keeps in its middle when it fills a frame of that shape: the editor's focus. If there is none,
 * a frame that cuts off top and bottom keeps the upper third, because heads are there. Undefined if the frame cuts off
 * the sides, where the crop keeps what attracts the eye.
 *
 * This is a rule instead of sharp's `attention`, which uses colours and edges: in a picture of a heron it kept the
 * leaves below.
 */
export function focusFor(size: Size, shape: Shape, focus: Focus | undefined): Focus | undefined {
  if (focus !== undefined) return focus;
  return size.widthPx / size.heightPx < ratios[shape] ? upperThird : undefined;
}

/**
 * The middle of the part that is kept: slightly above the third, so that hair is included in 16:9 too. Whole
 * percentages, as in names.
 */
const upperThird: Focus = { xPercent: 50, yPercent: 30 };

/** Whether a picture is taller than wide, so that it is shown narrower than the text. */
export const isUpright = ({ widthPx, heightPx }: Size): boolean => heightPx > widthPx * 1.1;

/** The proportion of a picture that is visible in a frame of that shape, from 0 to 1. */
export function partShown({ widthPx, heightPx }: Size, shape: Shape): number {
  const times = widthPx / heightPx / ratios[shape];
  return times > 1 ? 1 / times : times;
}

/**
 * Whether a frame gets its own files. If it shows nearly the whole picture, the frame cuts off the rest and the middle
 * is right, so most photographs need no further files. An editor's focus is always respected.
 */
export function isCropped(size: Size, shape: Shape, focus: Focus | undefined): boolean {
  const part = partShown(size, shape);
  return part < sameShape && (focus !== undefined || part < nearlyWhole);
}

/** Ignores rounding errors. */
export const sameShape = 0.99;
const nearlyWhole = 0.8;

const ratios: Record<Shape, number> = { '16:9': 16 / 9, '3:2': 3 / 2, '4:3': 4 / 3, '1:1': 1, '4:5': 4 / 5 };
