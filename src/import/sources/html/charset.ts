import { type Decoded, decode } from '../../decode.ts';

const utf8 = /^(?:utf-?8|unicode-1-1-utf-8)$/i;

/**
 * Decodes a page. A byte order mark decides, then what the server said, then whether the bytes are valid UTF-8, and only
 * then what the page says of itself, because many pages say something that is no longer true.
 */
export function decodePage(bytes: Uint8Array, said?: string): Decoded | undefined {
  const hasMark =
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] === 0xfe && bytes[1] === 0xff) ||
    (bytes[0] === 0xef && bytes[1] === 0xbb);
  if (hasMark || isUtf8(bytes)) return decode(bytes);
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const named =
    said ?? /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1] ?? /encoding="([\w-]+)"/i.exec(start)?.[1];
  if (named === undefined || utf8.test(named)) return decode(bytes);
  try {
    const text = new TextDecoder(named).decode(bytes);
    const decoded = decode(new TextEncoder().encode(text));
    return decoded && { text: decoded.text, notes: [`read as ${named.toLowerCase()}`, ...decoded.notes] };
  } catch {
    // A name that no standard has.
    return decode(bytes);
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
