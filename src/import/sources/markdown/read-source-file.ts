import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../../index/digest.ts';
import { storyBytesMax } from '../../../yaml/source.ts';
import { type Decoded, decode } from '../../decode.ts';
import { tooLong } from '../../fault.ts';
import { readFrontMatter } from '../../front-matter.ts';

/** A source file, read. */
export interface SourceText {
  text: string;
  data: ReadonlyMap<string, unknown>;
  bodyStart: number;
  notes: string[];
}

/** Where the text of a file begins, as long as everything above it stays as it was. */
export interface TextStart {
  bodyStart: number;
  /** The digest of the front matter. */
  above: string;
}

/** Where the text of a file begins. */
export const startOf = ({ text, bodyStart }: SourceText): TextStart => ({
  bodyStart,
  above: digestOf(text.slice(0, bodyStart)),
});

/** Why a file without words is skipped. */
export const emptyFile = 'empty';

/** A file that was read before. Its front matter is parsed again only if it has changed. */
export function readBody(
  folder: string,
  file: string,
  start?: TextStart,
): Pick<SourceText, 'text' | 'bodyStart'> | Unread {
  const decoded = decodeSourceFile(folder, file);
  if ('reason' in decoded) return decoded;
  if (start && digestOf(decoded.text.slice(0, start.bodyStart)) === start.above)
    return { text: decoded.text, bodyStart: start.bodyStart };
  return readDecoded(decoded);
}

/** Reads a file with its front matter. @returns why it cannot be read, if it cannot */
export function readSourceFile(folder: string, file: string): SourceText | Unread {
  const decoded = decodeSourceFile(folder, file);
  return 'reason' in decoded ? decoded : readDecoded(decoded);
}

interface Unread {
  reason: string;
}

function decodeSourceFile(folder: string, file: string): Decoded | Unread {
  const path = join(folder, file);
  if (statSync(path).size > storyBytesMax) return { reason: tooLong };
  const bytes = readFileSync(path);
  if (bytes.length === 0) return { reason: emptyFile };
  return decode(bytes) ?? { reason: 'not text, although its name says so' };
}

function readDecoded(decoded: Decoded): SourceText | Unread {
  const { data, bodyStart, note } = readFrontMatter(decoded.text);
  if (data.size === 0 && decoded.text.slice(bodyStart).trim() === '') return { reason: emptyFile };
  return { text: decoded.text, data, bodyStart, notes: note === undefined ? decoded.notes : [...decoded.notes, note] };
}
