/**
 * Everything besides the picture that decides a rendition's bytes. It stands in every rendition's
 * name, so that changing a value here makes new files under new names and never mixes two recipes.
 *
 * `sharp` is the version that package.json pins (it brings its own libvips and encoders); a literal,
 * because templates use the names too and must not load sharp for them. recipe.test.ts compares.
 * `version` is raised by hand when encode.ts itself changes what comes out.
 */
export const recipe = {
  version: 2,
  sharp: '0.35.5',
  // libvips cuts an AVIF into as many tiles as it may use threads: with any other number, or the
  // machine's own, the same picture has other bytes elsewhere. Speed comes from jobs side by side.
  threads: 1,
  // Effort 2 takes about a sixth of the default's time and 10 % more bytes at the same quality.
  // 4:2:0, because photographs gain nothing visible from full colour resolution.
  avif: { effort: 2, chromaSubsampling: '4:2:0' },
  webp: { effort: 3 },
  // Read by few: software without WebP, feeds and link previews. Fast beats small.
  jpeg: { progressive: true },
  png: { compressionLevel: 9 },
  moving: { effort: 1, quality: 70, loop: 0 },
  /**
   * Quality by width: the first row that is at least as wide counts. Measured with butteraugli, not
   * guessed: docs/decisions/0010.
   */
  quality: {
    avif: [
      [480, 56],
      [920, 55],
      [Number.MAX_SAFE_INTEGER, 56],
    ],
    webp: [[Number.MAX_SAFE_INTEGER, 81]],
    jpeg: [
      [480, 80],
      [1256, 81],
      [Number.MAX_SAFE_INTEGER, 80],
    ],
  },
} as const;

/** Raised by hand when the sanitised form of drawings changes: only their renditions get new names. */
export const drawingVersion = 2;

/** The number for the encoder. */
export function qualityOf(format: keyof typeof recipe.quality, widthPx: number): number {
  const rows: readonly (readonly [number, number])[] = recipe.quality[format];
  const row = rows.find(([widthPxMax]) => widthPx <= widthPxMax);
  if (row === undefined) throw new Error(`The recipe has no quality for ${format} at ${widthPx} pixels.`);
  return row[1];
}
