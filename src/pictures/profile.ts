/**
 * Whether an ICC profile describes colours beyond sRGB in a form that can be kept: an RGB display profile with three
 * primaries, such as Display P3 or Adobe RGB, that is small enough for every rendition.
 *
 * A rendition of such a picture keeps the values and the profile, so nothing is clipped. Profiles with tables
 * (printers, scanners) and large profiles are converted to sRGB instead.
 *
 * @param icc as in sharp's metadata. A broken profile does not count as wide.
 * @see ICC.1:2022, 7.2 (header) and 9.2.36 (redMatrixColumnTag)
 */
export function isWideProfile(icc: Uint8Array | undefined): boolean {
  if (!icc || icc.length < 132 || icc.length > profileBytesMax) return false;
  const view = Buffer.from(icc.buffer, icc.byteOffset, icc.byteLength);
  const text = (at: number) => view.toString('latin1', at, at + 4);
  if (text(36) !== 'acsp' || text(16) !== 'RGB ' || text(20) !== 'XYZ ') return false;
  const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => xyzOf(view, tag));
  const [r, g, b] = columns;
  if (!r || !g || !b) return false;
  return areaOf(r, g, b) > sRgbArea * 1.05;
}

/** Apple's Display P3 has about 550 bytes, and ProPhoto has 940. */
const profileBytesMax = 4096;

type Point = [x: number, y: number];

function xyzOf(view: Buffer, tag: string): Point | undefined {
  const count = Math.min(view.readUInt32BE(128), 100);
  for (let number = 0; number < count; number += 1) {
    const at = 132 + number * 12;
    if (at + 12 > view.length) return undefined;
    if (view.toString('latin1', at, at + 4) !== tag) continue;
    const offset = view.readUInt32BE(at + 4);
    if (offset + 20 > view.length || view.toString('latin1', offset, offset + 4) !== 'XYZ ') return undefined;
    const [x = 0, y = 0, z = 0] = [8, 12, 16].map((more) => view.readInt32BE(offset + more) / 65_536);
    const sum = x + y + z;
    return sum === 0 ? undefined : [x / sum, y / sum];
  }
  return undefined;
}

/** Twice the area of the triangle between the primaries. */
const areaOf = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number =>
  Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));

/** The primaries of sRGB, adapted to D50 as in profiles. */
const sRgbArea = areaOf([0.6485, 0.3309], [0.3212, 0.5979], [0.1559, 0.066]);
