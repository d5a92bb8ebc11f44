/**
 * The limits of a drawing. They are counted and never timed, so every machine accepts or refuses the same file. At
 * these limits, the slowest drawing that we could make took 10 seconds on one core (docs/limits.md).
 */
export const drawingLimits = {
  /** A longer file is an export that nobody has looked at. */
  bytes: 2_000_000,
  elements: 50_000,
  /** Nested elements. The XML parser behind our PNG stops at 256. */
  depth: 200,
  attributes: 500,
  /** Elements, after every `<use>`, pattern, mask, and marker is replaced by what it refers to. */
  drawn: 50_000,
  /** A path of `n` points that crosses itself costs `n²`. For several paths, it is the root of the sum of squares. */
  pathPoints: 15_000,
  /** The same for the characters of a `<text>`. */
  textLetters: 10_000,
  /** Shapes, filters, and masks, multiplied by the area of the picture. One blur of one megapixel is 1. */
  filterMegapixels: 100,
  /** Elements multiplied by the selectors of `<style>`. */
  styleMatches: 20_000_000,
} as const;

export type DrawingLimit = keyof typeof drawingLimits;
