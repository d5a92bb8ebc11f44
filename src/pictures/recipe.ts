/**
 * Everything besides the picture that decides a rendition's bytes. It stands in every rendition's
 * name, so that changing a value here makes new files under new names and never mixes two recipes.
 *
 * `sharp` is the version that package.json pins (it brings its own libvips and encoders); a literal,
 * because templates use the names too and must not load sharp for them. recipe.test.ts compares.
 * `version` is raised by hand when encode.ts itself changes what comes out.
 */
export const recipe = {
  version: 1,
  sharp: '0.35.5',
  // libvips cuts an AVIF into as many tiles as it may use threads: with any other number, or the
  // machine's own, the same picture has other bytes elsewhere. Speed comes from jobs side by side.
  threads: 1,
  // Effort 2 takes about a sixth of the default's time and 10 % more bytes at the same quality.
  // 4:2:0, because photographs gain nothing visible from full colour resolution.
  avif: { quality: 52, effort: 2, chromaSubsampling: '4:2:0' },
  webp: { quality: 75, effort: 3 },
  // Read by few: software without WebP, feeds and link previews. Fast beats small.
  jpeg: { quality: 78, progressive: true },
  png: { compressionLevel: 9 },
} as const;
