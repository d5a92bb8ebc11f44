import { inflateSync } from 'node:zlib';

export interface PngTexts {
  /** The picture without its texts, because decoders decompress all of them, and 50 kB can contain 50 MB. */
  bytes: Uint8Array;
  xmp?: Uint8Array;
  /** The XMP is longer than the limit, or damaged. */
  isXmpRefused: boolean;
}

/**
 * Removes the text chunks of a PNG. At damage, the walk stops and the file stays as it is, so that the decoder can
 * judge it.
 *
 * @param xmpBytesMax the most that is decompressed
 * @see PNG specification, 11.3.3 (tEXt, zTXt, iTXt)
 */
export function withoutTexts(bytes: Uint8Array, xmpBytesMax: number): PngTexts {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [file.subarray(0, 8)];
  const texts: { type: string; data: Buffer }[] = [];
  let at = 8;
  while (at + 12 <= file.length) {
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) break;
    const type = file.toString('latin1', at + 4, at + 8);
    if (/^(?:iTXt|zTXt|tEXt)$/.test(type)) texts.push({ type, data: file.subarray(at + 8, end - 4) });
    else kept.push(file.subarray(at, end));
    at = end;
  }
  kept.push(file.subarray(at));
  const packed = texts.find(({ data }) => data.toString('latin1', 0, keyword.length) === keyword);
  const xmp = packed && unpack(packed.type, packed.data.subarray(keyword.length), xmpBytesMax);
  return {
    bytes: kept.length === 2 ? bytes : Buffer.concat(kept),
    ...(xmp && { xmp }),
    isXmpRefused: packed !== undefined && xmp === undefined,
  };
}

const keyword = 'XML:com.adobe.xmp\0';

function unpack(type: string, text: Buffer, bytesMax: number): Uint8Array | undefined {
  // libvips writes a zTXt, which has only a method. A tEXt has nothing before its text.
  if (type === 'tEXt') return text.length > bytesMax ? undefined : text;
  if (type === 'zTXt') return inflated(text.subarray(1), bytesMax);
  // The compression flag and method, then the language and the translated keyword, each ending with a zero byte.
  const language = text.indexOf(0, 2);
  const translated = text.indexOf(0, language + 1);
  if (language < 0 || translated < 0) return undefined;
  const data = text.subarray(translated + 1);
  if (text[0] === 1) return inflated(data, bytesMax);
  return data.length > bytesMax ? undefined : data;
}

function inflated(data: Buffer, bytesMax: number): Uint8Array | undefined {
  try {
    return inflateSync(data, { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}
