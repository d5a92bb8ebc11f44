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

/** At the end of every zip that we write. Any other zip is never overwritten. */
const comment = 'An edition written by Broadsheet.';

/** Already compressed: compressing them again takes time and saves nothing. */
const packed = /\.(?:avif|webp|jpe?g|png|gif|woff2?|mp[34]|m4a|webm|ogg|opus|pdf|zip|gz|br)$/i;

// The same for all files, and the earliest that a zip can store. A zip stores local time, so this is local too.
const time = new Date(1980, 0, 1, 0, 0, 0);

/** A larger file is streamed, and its size comes after it instead of before it. */
const wholeBytesMax = 64 * 1024 * 1024;

/** Whether an edition can be written to a file: it does not exist, or is an edition. */
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
 * Writes an edition as one zip. The same files produce the same bytes on any machine: all files have the same time, and
 * the compressor comes with the library instead of with Node.
 *
 * It has another name until it is complete.
 *
 * @returns the number of bytes written
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
