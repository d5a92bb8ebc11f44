import { createHash } from 'node:crypto';

/** The old IPTC block of a file (IIM), and whether it was changed without the XMP. */
export interface Iim {
  /**
   * Texts by record and dataset, such as `2:120`, each as often as it occurs. They are not yet cleaned for printing.
   */
  texts: Map<string, string[]>;
  /**
   * False if the file contains a digest of the IIM from when the XMP was last written, and the IIM is different now. A
   * program that does not support XMP has changed it, so the IIM is the newer of the two.
   */
  isInStep: boolean;
}

/**
 * Reads the IIM from the Photoshop resources of a JPEG or TIFF, or as libvips returns it.
 *
 * This replaces exifreader's own reader, which discards the whole block for one wrong length, does not follow a block
 * over two segments, and does not know the digest (resource 0x0425).
 *
 * @param blocks bytes in the order of the file: bodies of APP13 segments, or the bare IIM
 * @returns undefined if there is none. Everything before a broken dataset is kept.
 * @throws never
 * @see IPTC-NAA Information Interchange Model 4.2, chapter 2; Photoshop file formats, image resources
 */
export function readIim(blocks: readonly Uint8Array[]): Iim | undefined {
  const joined = Buffer.concat(blocks.map((block) => (startsWith(block, photoshop) ? block.subarray(14) : block)));
  const { iim, digest } = joined[0] === tagMarker ? { iim: joined, digest: undefined } : resourcesOf(joined);
  if (iim === undefined || iim.length === 0) return undefined;
  const sets = datasetsOf(iim);
  const declared = sets.find(({ name }) => name === '1:90')?.bytes;
  const texts = new Map<string, string[]>();
  for (const { name, bytes } of sets) {
    if (!name.startsWith('2:')) continue;
    const text = decodeIim(bytes, declared);
    const before = texts.get(name);
    if (before) before.push(text);
    else texts.set(name, [text]);
  }
  return { texts, isInStep: digest === undefined || isUnset(digest) || digest.equals(md5(iim)) };
}

export interface JpegBlocks {
  /** Bodies of the APP13 segments. */
  app13: Uint8Array[];
  /** The total size of the XMP segments. */
  xmpBytes: number;
  /** A JPEG that contains only the first Exif and all XMP segments, which is all that a metadata reader needs. */
  head: Uint8Array;
}

/** The metadata of a JPEG. The walk stops at damage. */
export function jpegBlocks(bytes: Uint8Array): JpegBlocks {
  const head: Uint8Array[] = [bytes.subarray(0, 2)];
  let hasExif = false;
  const app13: Uint8Array[] = [];
  let xmpBytes = 0;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const body = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2) break;
    if (marker === 0xed && startsWith(body, photoshop)) app13.push(body);
    const isXmp = marker === 0xe1 && startsWith(body, 'http://ns.adobe.com/x');
    if (isXmp) xmpBytes += body.length;
    // If there are two Exif blocks, decoders use the first. exifreader would log a warning.
    const isExif: boolean = !hasExif && marker === 0xe1 && startsWith(body, 'Exif\0\0');
    hasExif ||= isExif;
    if (isXmp || isExif) head.push(bytes.subarray(at, at + 2 + length));
    at += 2 + length;
  }
  return { app13, xmpBytes, head: Buffer.concat([...head, Buffer.of(0xff, 0xd9)]) };
}

/**
 * The bytes decide: text that is valid UTF-8 is UTF-8, whatever is declared, because no other encoding produces that by
 * accident. Otherwise the declared set applies, and then the encoding that Western programs use.
 *
 * @see IPTC-NAA Information Interchange Model 4.2, dataset 1:90; ISO 2022 escape sequences
 */
export function decodeIim(bytes: Uint8Array, declared: Uint8Array = new Uint8Array()): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The 96-character sets are declared as ESC, one of "-./", and a final letter.
    const [lead, set, final] = [...Buffer.from(declared).toString('latin1')];
    const known = lead === '\x1b' && set !== undefined && '-./'.includes(set) ? isoSets[final ?? ''] : undefined;
    return new TextDecoder(known ?? 'windows-1252').decode(bytes);
  }
}

const isoSets: Record<string, string> = {
  B: 'iso-8859-2',
  C: 'iso-8859-3',
  D: 'iso-8859-4',
  L: 'iso-8859-5',
  G: 'iso-8859-6',
  F: 'iso-8859-7',
  H: 'iso-8859-8',
  M: 'windows-1254',
  V: 'iso-8859-10',
  b: 'iso-8859-15',
};

const photoshop = 'Photoshop 3.0\0';
const tagMarker = 0x1c;
const iimResource = 0x0404;
const digestResource = 0x0425;

function resourcesOf(bytes: Buffer): { iim?: Buffer; digest?: Buffer } {
  const found: { iim?: Buffer; digest?: Buffer } = {};
  let at = 0;
  while (at + 12 <= bytes.length && startsWith(bytes.subarray(at), '8BIM')) {
    const id = bytes.readUInt16BE(at + 4);
    // A name and its length byte are padded to an even number of bytes, and so is the data.
    const nameEnd = at + 6 + even(1 + bytes[at + 6]!);
    if (nameEnd + 4 > bytes.length) break;
    const length = bytes.readUInt32BE(nameEnd);
    const data = bytes.subarray(nameEnd + 4, nameEnd + 4 + length);
    if (id === iimResource) found.iim ??= data;
    if (id === digestResource && data.length === 16) found.digest ??= data;
    at = nameEnd + 4 + even(length);
  }
  return found;
}

function datasetsOf(iim: Buffer): { name: string; bytes: Buffer }[] {
  const sets: { name: string; bytes: Buffer }[] = [];
  let at = 0;
  while (at + 5 <= iim.length && iim[at] === tagMarker) {
    let length = iim.readUInt16BE(at + 3);
    let start = at + 5;
    if (length & 0x8000) {
      // An extended dataset: this is the number of bytes that hold the length. More than four are never needed.
      const count = length & 0x7fff;
      if (count < 1 || count > 4 || start + count > iim.length) break;
      length = iim.readUIntBE(start, count);
      start += count;
    }
    if (start + length > iim.length) break;
    sets.push({ name: `${iim[at + 1]}:${iim[at + 2]}`, bytes: iim.subarray(start, start + length) });
    at = start + length;
  }
  return sets;
}

const even = (length: number) => length + (length % 2);

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();

/** Programs that write this field but do not compute the checksum store sixteen zeros. */
const isUnset = (digest: Uint8Array) => digest.every((byte) => byte === 0);

function startsWith(bytes: Uint8Array, text: string): boolean {
  if (bytes.length < text.length) return false;
  for (let at = 0; at < text.length; at += 1) if (bytes[at] !== text.charCodeAt(at)) return false;
  return true;
}
