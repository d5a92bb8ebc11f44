import { parseSrcset, type SrcSetDefinition } from 'srcset';

/** Wide enough for a phone, and for a column on a screen with two pixels per dot or in print at 180 dots per inch. */
const widthsKeptPx = [640, 1280];

/**
 * The `srcset` of a picture for a smaller set of files: of the available widths, the narrowest with at least 640 pixels
 * and the narrowest with at least 1,280 pixels, or the widest. One without widths is kept as it is.
 *
 * @param link returns the new address of one that is kept
 */
export function thinSrcset(srcset: string, link: (href: string) => string): string {
  const candidates = parseSrcset(srcset);
  const byWidth = candidates.filter(({ width }) => width !== undefined).sort((a, b) => a.width! - b.width!);
  const kept =
    byWidth.length < candidates.length
      ? candidates
      : [...new Set(widthsKeptPx.map((px) => byWidth.find(({ width }) => width! >= px) ?? byWidth.at(-1)))];
  return kept.flatMap((one) => (one ? [`${link(one.url)}${sizeOf(one)}`] : [])).join(', ');
}

const sizeOf = ({ width, density }: SrcSetDefinition): string => {
  if (width !== undefined) return ` ${width}w`;
  return density === undefined ? '' : ` ${density}x`;
};
