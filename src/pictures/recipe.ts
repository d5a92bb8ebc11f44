/**
 * Everything besides the picture that determines the bytes of a rendition. It is part of every rendition's name, so
 * that changing a value here creates new files with new names and never mixes two recipes.
 *
 * `sharp` is the version that package.json pins (it includes its own libvips and encoders). It is a literal, because
 * templates use the names too and must not load sharp for them. recipe.test.ts compares the two. Raise `version` by
 * hand if encode.ts itself changes the output.
 */
export const recipe = {
  version: 2,
  sharp: '0.35.5',
  // libvips splits an AVIF into as many tiles as it may use threads. With any other number, or the machine's own, the
  // same picture would have other bytes elsewhere. The speed comes from parallel jobs.
  threads: 1,
  // Effort 2 takes about a sixth of the time of the default and produces 10 % more bytes at the same quality. It uses
  // 4:2:0, because full colour resolution makes no visible difference in photographs.
  avif: { effort: 2, chromaSubsampling: '4:2:0' },
  webp: { effort: 3 },
  // Few clients need it: software without WebP, feeds, and link previews. So speed matters more than size.
  jpeg: { progressive: true },
  png: { compressionLevel: 9 },
  moving: { effort: 1, quality: 70, loop: 0 },
  /**
   * Quality by width: the first row that is at least as wide applies. Measured with butteraugli, not guessed:
   * docs/decisions/0010.
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

/** Raise it by hand when the sanitised form of drawings changes. Only their renditions then get new names. */
export const drawingVersion = 2;

/** The number for the encoder. */
export function qualityOf(format: keyof typeof recipe.quality, widthPx: number): number {
  const rows: readonly (readonly [number, number])[] = recipe.quality[format];
  const row = rows.find(([widthPxMax]) => widthPx <= widthPxMax);
  if (row === undefined) throw new Error(`The recipe has no quality for ${format} at ${widthPx} pixels.`);
  return row[1];
}
