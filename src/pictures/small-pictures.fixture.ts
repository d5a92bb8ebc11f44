// Pictures for tests. They are created here, and each shows one thing. Nothing here is part of a build.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { TestContext } from 'vitest';

/**
 * Four flat quarters: red and green above, blue and white below. The position of a colour shows how a picture was
 * rotated.
 */
export async function quarters(widthPx = 80, heightPx = 48): Promise<Buffer> {
  const colours = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255], white: [255, 255, 255] };
  const pixels = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const [left, right] = y < heightPx / 2 ? [colours.red, colours.green] : [colours.blue, colours.white];
      pixels.set(x < widthPx / 2 ? left : right, (y * widthPx + x) * 3);
    }
  }
  const raw = { width: widthPx, height: heightPx, channels: 3 as const };
  return await sharp(pixels, { raw }).png().toBuffer();
}

/** The colour in each corner: top left, top right, bottom left, bottom right. */
export async function corners(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const letter = (x: number, y: number) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    const most = Math.max(r, g, b);
    if (Math.min(r, g, b) > 128) return 'w';
    return most === r ? 'r' : most === g ? 'g' : 'b';
  };
  return letter(0.2, 0.2) + letter(0.8, 0.2) + letter(0.2, 0.8) + letter(0.8, 0.8);
}

/** Noise that makes the file large enough to cut pieces off. It is the same every time. */
export function noise(widthPx: number, heightPx: number): Sharp {
  const pixels = Buffer.alloc(widthPx * heightPx * 3);
  let seed = 1;
  for (let at = 0; at < pixels.length; at += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    pixels[at] = seed >>> 24;
  }
  return sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}

/** Two frames: the quarters, then black. */
export async function twoFrames(format: 'gif' | 'webp'): Promise<Buffer> {
  const black = await sharp({ create: { width: 80, height: 48, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  const frames = sharp([await quarters(), black], { join: { animated: true } });
  return format === 'gif' ? await frames.gif().toBuffer() : await frames.webp({ lossless: true }).toBuffer();
}

/** A GIF with a given number of one-pixel frames, written by hand because encoders would be slow. */
export function manyFrames(count: number): Buffer {
  const head = Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  const loop = Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1');
  const frame = Buffer.from('\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0', 'latin1');
  return Buffer.concat([head, loop, ...Array.from({ length: count }, () => frame), Buffer.of(0x3b)]);
}

/** A PNG that claims a size in its header. */
export async function claiming(widthPx: number, heightPx: number): Promise<Buffer> {
  const png = Buffer.from(await quarters());
  png.writeUInt32BE(widthPx, 16);
  png.writeUInt32BE(heightPx, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

/** A JPEG with the segments inserted after its start, such as an IPTC block. */
export async function jpegWith(...segments: Buffer[]): Promise<Buffer> {
  const jpeg = await sharp(await quarters())
    .jpeg()
    .toBuffer();
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Display P3, as included in sharp. */
export async function p3Profile(): Promise<Buffer> {
  const flat = { create: { width: 2, height: 2, channels: 3 as const, background: '#000' } };
  const { icc } = await sharp(await sharp(flat).withIccProfile('p3').png().toBuffer()).metadata();
  return icc ?? Buffer.alloc(0);
}

/** A display profile with the primaries of Adobe RGB (1998) and a gamma of 2.2: the nine tags that a reader needs. */
export function adobeProfile(): Buffer {
  const s15 = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [at, value] of values.entries()) bytes.writeInt32BE(Math.round(value * 65_536), at * 4);
    return bytes;
  };
  const text = (type: string, body: Buffer) => Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), body]);
  const curve = text('curv', Buffer.from([0, 0, 0, 1, 2, 0x33, 0, 0]));
  const name = Buffer.from('A wide one\0', 'latin1');
  const description = text('desc', Buffer.concat([uint32(name.length), name, Buffer.alloc(79)]));
  const tags: [string, Buffer][] = [
    ['desc', description],
    ['cprt', text('text', Buffer.from('None\0', 'latin1'))],
    ['wtpt', text('XYZ ', s15(0.9642, 1, 0.8249))],
    ['rXYZ', text('XYZ ', s15(0.6097, 0.3111, 0.0195))],
    ['gXYZ', text('XYZ ', s15(0.2053, 0.6257, 0.0609))],
    ['bXYZ', text('XYZ ', s15(0.1492, 0.0632, 0.7446))],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const bodies: Buffer[] = [];
  const table: Buffer[] = [uint32(tags.length)];
  let at = 128 + 4 + tags.length * 12;
  for (const [tag, body] of tags) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    table.push(Buffer.from(tag, 'latin1'), uint32(at), uint32(body.length));
    bodies.push(padded);
    at += padded.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  s15(0.9642, 1, 0.8249).copy(header, 68);
  return Buffer.concat([header, ...table, ...bodies]);
}

/** A JPEG with a colour profile added and its pixel values unchanged. */
export function tagged(jpeg: Buffer, profile: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile]);
  return Buffer.concat([jpeg.subarray(0, 2), segment(0xe2, body), jpeg.subarray(2)]);
}

/** The position of C2PA in a JPEG: a JUMBF box in APP11 whose label is that of a manifest store. It is not signed. */
export function manifestSegment(): Buffer {
  const uuid = Buffer.from('63327061001100108000' + '00aa00389b71', 'hex');
  const label = Buffer.concat([uuid, Buffer.of(3), Buffer.from('c2pa\0', 'latin1')]);
  const described = Buffer.concat([uint32(label.length + 8), Buffer.from('jumd', 'latin1'), label]);
  const box = Buffer.concat([uint32(described.length + 8), Buffer.from('jumb', 'latin1'), described]);
  return segment(0xeb, Buffer.concat([Buffer.from('JP', 'latin1'), Buffer.of(0, 1), uint32(1), box]));
}

/**
 * XMP as a JPEG segment. `properties` is the content of `rdf:Description`, and `before` comes before everything else.
 */
export function xmpSegment(properties: string, before = ''): Buffer {
  const packet = `${before}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`;
  return segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`));
}

/** An XMP text in several languages, as in `dc:description` and the alt text. */
export function xmpLanguages(name: string, texts: Record<string, string>): string {
  const items = Object.entries(texts).map(([lang, text]) => `<rdf:li xml:lang="${lang}">${text}</rdf:li>`);
  return `<${name}><rdf:Alt>${items.join('')}</rdf:Alt></${name}>`;
}

/** IIM datasets as a JPEG segment: [record, number, bytes]. */
export function iimSegment(...datasets: [number, number, Buffer | string][]): Buffer {
  return irbSegment(datasets).segment;
}

/** The same, with the digest that a current program stores beside it, and the IIM alone. */
export function irbSegment(
  datasets: [number, number, Buffer | string][],
  digest?: Buffer,
): { segment: Buffer; iim: Buffer } {
  const iim = Buffer.concat(
    datasets.map(([record, number, value]) => {
      const bytes = Buffer.from(value);
      return Buffer.concat([Buffer.of(0x1c, record, number, bytes.length >> 8, bytes.length & 255), bytes]);
    }),
  );
  const resource = (id: number, data: Buffer) =>
    Buffer.concat([
      Buffer.from('8BIM', 'latin1'),
      Buffer.of(id >> 8, id & 255, 0, 0),
      uint32(data.length),
      data,
      Buffer.alloc(data.length % 2),
    ]);
  const body = [Buffer.from('Photoshop 3.0\0', 'latin1'), resource(0x0404, iim)];
  if (digest) body.push(resource(0x0425, digest));
  return { segment: segment(0xed, Buffer.concat(body)), iim };
}

/**
 * Exif as a JPEG segment: [tag, ASCII or a short]. `DateTimeOriginal` and other 0x9… tags go into their own directory.
 */
export function exifSegment(...tags: [number, string | number][]): Buffer {
  const isInner = (tag: number) => tag >= 0x9000 && tag < 0xa000;
  const inner = tags.filter(([tag]) => isInner(tag));
  const outer: [number, string | number][] = tags.filter(([tag]) => !isInner(tag));
  const size = (list: readonly unknown[]) => 2 + list.length * 12 + 4;
  const outerAt = 8;
  const innerAt = outerAt + size(inner.length > 0 ? [...outer, 0] : outer);
  const dataAt = innerAt + (inner.length > 0 ? size(inner) : 0);
  const data: Buffer[] = [];
  const entry = (tag: number, value: string | number, type?: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16BE(tag, 0);
    bytes.writeUInt16BE(type ?? (typeof value === 'string' ? 2 : 3), 2);
    if (typeof value === 'number') {
      bytes.writeUInt32BE(1, 4);
      if (type === 4) bytes.writeUInt32BE(value, 8);
      else bytes.writeUInt16BE(value, 8);
      return bytes;
    }
    const text = Buffer.from(`${value}\0`, 'latin1');
    bytes.writeUInt32BE(text.length, 4);
    if (text.length <= 4) text.copy(bytes, 8);
    else {
      bytes.writeUInt32BE(dataAt + data.reduce((sum, { length }) => sum + length, 0), 8);
      data.push(text);
    }
    return bytes;
  };
  const directory = (list: Buffer[]) =>
    Buffer.concat([Buffer.of(list.length >> 8, list.length & 255), ...list, Buffer.alloc(4)]);
  const first = outer.map(([tag, value]) => entry(tag, value));
  if (inner.length > 0) first.push(entry(0x8769, innerAt, 4));
  const second = inner.map(([tag, value]) => entry(tag, value));
  return segment(
    0xe1,
    Buffer.concat([
      Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
      directory(first),
      ...(inner.length > 0 ? [directory(second)] : []),
      ...data,
    ]),
  );
}

/** A small PNG with an international text chunk. @param isCompressed whether the text is already deflated */
export async function pngWithText(keyword: string, text: Buffer, isCompressed: boolean): Promise<Buffer> {
  const png = await quarters();
  const chunk = Buffer.concat([
    Buffer.from(`iTXt${keyword}\0`, 'latin1'),
    Buffer.of(isCompressed ? 1 : 0, 0, 0, 0),
    text,
  ]);
  return Buffer.concat([png.subarray(0, 33), uint32(chunk.length - 4), chunk, uint32(crc32(chunk)), png.subarray(33)]);
}

/** A test file from `../shared/data`, or a test that reports that it did not run and does not count as passed. */
export function sharedFile(path: string, ctx: TestContext): Buffer {
  const file = resolve(import.meta.dirname, '../../../shared/data', path);
  if (!existsSync(file)) ctx.skip(`not run: needs ../shared/data/${path}`);
  return readFileSync(file);
}

/** A folder that is deleted when the test ends. */
export function temporaryFolder(ctx: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet pictures '));
  ctx.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function segment(marker: number, body: Buffer): Buffer {
  const length = body.length + 2;
  return Buffer.concat([Buffer.of(0xff, marker, length >> 8, length & 255), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
