import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { EditionFile } from './contents.ts';

/** Stands at the end of every zip that we write: another zip is not ours to replace. */
const comment = 'An edition written by Broadsheet.';

/** Packed already: deflating them again takes time and saves nothing. */
const packed = /\.(?:avif|webp|jpe?g|png|gif|woff2?|mp[34]|m4a|webm|ogg|opus|pdf|zip|gz|br)$/i;

// Of all files the same, and the earliest that a zip can tell. A zip holds local time, so this is local, too.
const time = new Date(1980, 0, 1, 0, 0, 0);

/** A file that is larger goes through in pieces and has its size behind it, not in front. */
const wholeBytesMax = 64 * 1024 * 1024;

/** Whether an edition may be written to a file: it is not there, or an edition of ours. */
export function isOurZip(path: string): boolean {
  if (!existsSync(path)) return true;
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const end = Buffer.alloc(Math.min(size, comment.length));
    readSync(file, end, 0, end.length, size - end.length);
    return end.toString('latin1') === comment;
  } finally {
    closeSync(file);
  }
}

/**
 * Writes an edition as one zip. The same files make the same bytes, on any machine: one time for all,
 * and a compressor that comes with the library instead of the one of this build of Node.
 *
 * Under another name until it is whole.
 *
 * @returns bytes written
 */
export async function writeZip(path: string, files: Iterable<EditionFile>): Promise<number> {
  const { ZipWriter, Uint8ArrayReader } = await import('@zip.js/zip.js');
  mkdirSync(dirname(path), { recursive: true });
  const part = join(dirname(path), `.${basename(path)}.part`);
  try {
    const file = createWriteStream(part);
    const zip = new ZipWriter(Writable.toWeb(file), {
      keepOrder: true,
      useWebWorkers: false,
      useCompressionStream: false,
      extendedTimestamp: false,
      lastModDate: time,
    });
    for (const { file: name, text, from, bytes } of files) {
      const isWhole = bytes <= wholeBytesMax;
      const reader =
        text !== undefined
          ? new Uint8ArrayReader(Buffer.from(text))
          : { readable: Readable.toWeb(createReadStream(from)) as ReadableStream<Uint8Array> };
      await zip.add(name, reader, {
        level: packed.test(name) ? 0 : 9,
        uncompressedSize: bytes,
        dataDescriptor: !isWhole,
        bufferedWrite: isWhole,
      });
    }
    await zip.close(new TextEncoder().encode(comment));
    renameSync(part, path);
    return file.bytesWritten;
  } finally {
    rmSync(part, { force: true });
  }
}
