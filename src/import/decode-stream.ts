import { open } from 'node:fs/promises';
import { decodeMixed, mixedNote } from './decode.ts';

/** The text of a file, piece by piece. */
export interface DecodedFile {
  pieces: AsyncGenerator<string>;
  /** What was unusual about the bytes, as text for the receipt. Complete when `pieces` has ended. */
  notes: Set<string>;
}

const pieceBytes = 1 << 18;

/**
 * Reads a text file of any size in bounded memory. Its encoding is that of its byte order mark, then that of its XML
 * declaration, then UTF-8. Bytes that are not valid UTF-8 are read as windows-1252, line by line, because an archive
 * that is decades old can contain both.
 */
export function decodeFile(path: string): DecodedFile {
  const notes = new Set<string>();
  return { pieces: pieces(path, notes), notes };
}

async function* pieces(path: string, notes: Set<string>): AsyncGenerator<string> {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(pieceBytes);
    let decoder: ((bytes: Uint8Array, isLast: boolean) => string) | undefined;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, null);
      const bytes = buffer.subarray(0, bytesRead);
      decoder ??= decoderFor(bytes, notes);
      const text = decoder(bytes, bytesRead === 0);
      if (text !== '') yield text;
      if (bytesRead === 0) return;
    }
  } finally {
    await file.close();
  }
}

function decoderFor(first: Uint8Array, notes: Set<string>): (bytes: Uint8Array, isLast: boolean) => string {
  const named = encodingOf(first);
  if (named !== 'utf-8') {
    notes.add(`read as ${named}`);
    const decoder = new TextDecoder(named);
    return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
  }
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  return (bytes, isLast) => {
    const all = Buffer.concat([rest, bytes]);
    // Up to the end of a line, so that no letter is cut. A very long line is cut before a letter.
    let end = isLast ? all.length : all.lastIndexOf(0x0a) + 1;
    if (end === 0) end = letterStart(all);
    rest = Buffer.from(all.subarray(end));
    const text = decodePiece(all.subarray(0, end), notes);
    const bare = isFirst ? text.replace(/^\ufeff/, '') : text;
    isFirst = isFirst && end === 0;
    return bare;
  };
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1]?.toLowerCase();
  if (declared === undefined || declared === 'utf8' || declared.startsWith('utf-16')) return 'utf-8';
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return 'utf-8';
  }
}

/** The end of the last whole UTF-8 letter. */
function letterStart(bytes: Buffer): number {
  let at = bytes.length;
  for (let back = 1; back <= 4 && at - back >= 0; back++) {
    const byte = bytes[at - back] ?? 0;
    if (byte < 0x80) return at;
    if (byte >= 0xc0) {
      at -= back;
      return at;
    }
  }
  return at;
}

function decodePiece(bytes: Buffer, notes: Set<string>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    notes.add(mixedNote);
    return decodeMixed(bytes).text;
  }
}
