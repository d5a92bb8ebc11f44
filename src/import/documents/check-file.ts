import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readDrawing } from '../../pictures/drawing.ts';
import { sniffFormat } from '../../pictures/format.ts';
import { PictureError } from '../../pictures/problems.ts';
import { decode } from '../decode.ts';
import { expectedBytes } from './types.ts';

/** Many hosts and services for repositories take no larger file. */
export const documentBytesMax = 100_000_000;

const headBytes = 65_536;

/**
 * Why a file is not what its name says, or must not be public. Its first bytes decide, whatever its name and a server
 * say: a saved error page is no PDF, and a pointer of Git LFS is no video.
 *
 * @param ending of its address
 * @returns the rest of a sentence about the file, or undefined if it can be public
 * @throws errors of the disk
 */
export async function faultOfFile(
  path: string,
  ending: string,
  bytesMax = documentBytesMax,
): Promise<string | undefined> {
  const file = openSync(path, 'r');
  let head: Buffer;
  let size: number;
  try {
    size = fstatSync(file).size;
    head = Buffer.alloc(Math.min(headBytes, size));
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  if (size === 0) return 'it is empty';
  if (size > bytesMax) return `it is larger than ${bytesMax / 1e6} MB`;
  const expected = expectedBytes(ending);
  if (expected === undefined) return `files of the kind .${ending} are not made public by an import`;
  const is = await sniffFile(head);
  if (is === 'Git LFS') return 'the archive has only a pointer to it (Git LFS)';
  if (is === 'a web page') return `it is a web page, although its name ends in .${ending}`;
  if (ending === 'svg') return is === 'svg' ? faultOfDrawing(path) : wrongBytes(ending, is);
  return expected.includes(is) ? undefined : wrongBytes(ending, is);
}

/** Whether a file ends before what its kind needs at its end. Of kinds that need nothing there, nobody can tell. */
export function isCutShort(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const [head, tail] = [Buffer.alloc(8), Buffer.alloc(Math.min(headBytes + 22, size))];
    readSync(file, head, 0, head.length, 0);
    readSync(file, tail, 0, tail.length, size - tail.length);
    const start = head.toString('latin1');
    const mark = start.startsWith('%PDF-') ? '%%EOF' : start.startsWith('PK\x03\x04') ? 'PK\x05\x06' : '';
    return !tail.includes(Buffer.from(mark, 'latin1'));
  } finally {
    closeSync(file);
  }
}

const wrongBytes = (ending: string, is: string): string =>
  /^[a-z\d.]{2,6}$/.test(is) && is !== 'text' && is !== 'other'
    ? `its name ends in .${ending}, but it is a file of the kind .${is}`
    : `its bytes are not those of a .${ending} file`;

/** A drawing is opened as a page of this site if readers follow a link to it, so it must not do more than draw. */
function faultOfDrawing(path: string): string | undefined {
  try {
    const { takenOut } = readDrawing(readFileSync(path));
    return takenOut.length === 0 ? undefined : `it does more than draw (${takenOut.join(', ')})`;
  } catch (error) {
    if (error instanceof PictureError) return error.reason;
    throw error;
  }
}

/** What the first bytes of a file say: an ending as `file-type` knows it, `picture`, `svg`, `text`, or words. */
export async function sniffFile(head: Buffer): Promise<string> {
  const sniffed = sniffFormat(head);
  if (sniffed.kind === 'picture') return sniffed.format === 'svg' ? 'svg' : 'picture';
  if (sniffed.kind === 'other' && sniffed.name === 'a Git LFS pointer') return 'Git LFS';
  // Some programs write a few bytes before the first line.
  if (head.subarray(0, 1024).includes('%PDF-')) return 'pdf';
  // The tags of a sound can be longer than what was read, or followed by empty space.
  if (head.subarray(0, 3).toString('latin1') === 'ID3') return 'mp3';
  // Most archives have no document, so the library is loaded when it is needed.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined && found.ext !== 'xml') return found.ext;
  const words = textOf(head);
  if (words === undefined) return 'other';
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype html|html|head|body|script|iframe)\b/i.test(
      words,
    )
  )
    return 'a web page';
  return 'text';
}

function textOf(head: Buffer): string | undefined {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isWide && head.includes(0)) return undefined;
  return isWide
    ? decode(head.subarray(0, head.length & ~1))?.text
    : head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
}
