import type { PictureFormat } from './picture.ts';

/**
 * Whether a file contains Content Credentials: a C2PA manifest store in a JUMBF box. They are detected, not verified,
 * because a verification here would mean nothing once the picture is rendered again.
 *
 * The position of the box is checked, so the letters "c2pa" in a caption do not count as a manifest.
 *
 * @see C2PA Technical Specification 2.1, "Embedding manifests into assets": APP11 of JPEG, `caBX` of PNG,
 * a chunk `C2PA` of RIFF, a `uuid` box of ISO files
 */
export function hasContentCredentials(bytes: Uint8Array, format: PictureFormat): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (format) {
    case 'jpeg':
      return some(jpegSegments(view), ([marker, body]) => marker === 0xeb && isManifest(body));
    case 'png':
      return some(chunks(view, 8, 'png'), ([name]) => name === 'caBX');
    case 'webp':
      return some(chunks(view, 12, 'riff'), ([name]) => name === 'C2PA');
    case 'avif':
      return some(boxes(view), ([name, body]) => name === 'uuid' && body.subarray(0, 16).equals(c2paUuid));
    case 'tiff':
      return tiffHasTag(view, 0xcd41);
    default:
      return false;
  }
}

/**
 * APP11: "JP", a number for each box and one for each packet, then the box. Its type is `jumb`, and its label is c2pa.
 */
const isManifest = (body: Buffer): boolean =>
  body.toString('latin1', 0, 2) === 'JP' && body.toString('latin1', 12, 16) === 'jumb' && body.includes('c2pa');

const c2paUuid = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');

function* jpegSegments(view: Buffer): Generator<[marker: number, body: Buffer]> {
  let at = 2;
  while (at + 4 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // The picture itself begins here. Segments of this kind come before it.
    if (marker === 0xda || marker === 0xd9) return;
    const length = view.readUInt16BE(at + 2);
    if (length < 2) return;
    yield [marker, view.subarray(at + 4, at + 2 + length)];
    at += 2 + length;
  }
}

function* chunks(view: Buffer, start: number, kind: 'png' | 'riff'): Generator<[name: string, body: Buffer]> {
  let at = start;
  while (at + 8 <= view.length) {
    const length = kind === 'png' ? view.readUInt32BE(at) : view.readUInt32LE(at + 4);
    const name = view.toString('latin1', kind === 'png' ? at + 4 : at, kind === 'png' ? at + 8 : at + 4);
    yield [name, view.subarray(at + 8, at + 8 + length)];
    at += kind === 'png' ? length + 12 : length + 8 + (length % 2);
  }
}

function* boxes(view: Buffer): Generator<[name: string, body: Buffer]> {
  let at = 0;
  while (at + 8 <= view.length) {
    const length = view.readUInt32BE(at);
    yield [view.toString('latin1', at + 4, at + 8), view.subarray(at + 8, at + Math.max(8, length))];
    // 0: up to the end of the file. 1: a 64-bit length, which only the pixels have.
    if (length < 8) return;
    at += length;
  }
}

function tiffHasTag(view: Buffer, tag: number): boolean {
  const isLittle = view[0] === 0x49;
  const u16 = (at: number) => (at + 2 > view.length ? 0 : isLittle ? view.readUInt16LE(at) : view.readUInt16BE(at));
  const u32 = (at: number) => (at + 4 > view.length ? 0 : isLittle ? view.readUInt32LE(at) : view.readUInt32BE(at));
  if (u16(2) !== 42) return false;
  const directory = u32(4);
  return Array.from({ length: u16(directory) }, (_, n) => u16(directory + 2 + n * 12)).includes(tag);
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
