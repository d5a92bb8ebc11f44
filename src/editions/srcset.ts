/** Wide enough for a phone, and for a column on a screen with two pixels per dot or in print at 180 dots per inch. */
const widthsKeptPx = [640, 1280];

interface Candidate {
  href: string;
  /** `640w`, `2x`, or nothing. */
  size: string;
}

/**
 * The `srcset` of a picture for a smaller set of files: of the available widths, the narrowest with at least 640 pixels
 * and the narrowest with at least 1,280 pixels, or the widest. One without widths is kept as it is.
 *
 * @param link returns the new address of one that is kept
 */
export function thinSrcset(srcset: string, link: (href: string) => string): string {
  const candidates = candidatesOf(srcset);
  const widthOf = ({ size }: Candidate) => (size.endsWith('w') ? Number.parseInt(size, 10) : Number.NaN);
  const byWidth = candidates.filter((one) => !Number.isNaN(widthOf(one))).sort((a, b) => widthOf(a) - widthOf(b));
  const kept =
    byWidth.length < candidates.length
      ? candidates
      : [...new Set(widthsKeptPx.map((px) => byWidth.find((one) => widthOf(one) >= px) ?? byWidth.at(-1)))];
  return kept.flatMap((one) => (one ? [`${link(one.href)}${one.size && ` ${one.size}`}`] : [])).join(', ');
}

/** A comma inside an address does not separate candidates, which have a space after the comma. */
const candidatesOf = (srcset: string): Candidate[] =>
  srcset
    .trim()
    .split(/\s*,\s+|,(?=\s*$)/)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const [href = '', size = ''] = text.trim().split(/\s+/);
      return { href, size };
    });
