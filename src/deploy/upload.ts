import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FileDigest } from '../site/manifest.ts';
import { cacheControlOf, typeOf } from './file-facts.ts';
import { isGone } from './is-gone.ts';
import { FileChangedError, type Upload } from './target.ts';

/** A larger file is sent in parts, because several files are in memory at once. */
const largeBytes = 16_000_000;

/**
 * A smaller file is read with a call that waits. Handing the call to one of Node's own threads and back took a tenth of a
 * first deploy.
 */
const waitedForBytes = 1_000_000;

/**
 * A file of the site, ready to be sent. Its bytes are compared with their digest while they are read, so a target never
 * receives a file that a build is replacing.
 *
 * @param from where the bytes are
 */
export function uploadOf(path: string, { sha256, size }: FileDigest, from: string): Upload {
  return {
    path,
    sha256,
    size,
    type: typeOf(path),
    cacheControl: cacheControlOf(path),
    from,
    isLarge: size > largeBytes,
    async bytes() {
      let bytes: Buffer;
      try {
        bytes = size > waitedForBytes ? await readFile(from) : readFileSync(from);
      } catch (error) {
        throw isGone(error) ? new FileChangedError(path) : error;
      }
      if (bytes.length !== size || hash('sha256', bytes, 'hex') !== sha256) throw new FileChangedError(path);
      return bytes;
    },
    stream: () => Readable.from(checked(createReadStream(from), path, sha256), { objectMode: false }),
  };
}

/** A text that is not a file on this machine. */
export function uploadOfText(path: string, text: string): Upload {
  const bytes = Buffer.from(text);
  return {
    path,
    sha256: hash('sha256', bytes, 'hex'),
    size: bytes.length,
    type: typeOf(path),
    cacheControl: 'no-store',
    from: undefined,
    isLarge: false,
    bytes: async () => bytes,
    stream: () => Readable.from([bytes], { objectMode: false }),
  };
}

/** The same file, whose bytes are read only once. They stay in memory as long as this upload. */
export function readOnce(upload: Upload): Upload {
  if (upload.isLarge) return upload;
  let bytes: Promise<Uint8Array> | undefined;
  return {
    ...upload,
    bytes() {
      bytes ??= upload.bytes();
      bytes.catch(() => {
        bytes = undefined; // another attempt reads them again
      });
      return bytes;
    },
  };
}

/** The last part is held back until the digest of the whole is known, so a wrong file is never complete. */
async function* checked(stream: AsyncIterable<Buffer>, path: string, sha256: string): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  let held: Buffer | undefined;
  try {
    for await (const part of stream) {
      digest.update(part);
      if (held) yield held;
      held = part;
    }
  } catch (error) {
    throw isGone(error) ? new FileChangedError(path) : error;
  }
  if (digest.digest('hex') !== sha256) throw new FileChangedError(path);
  if (held) yield held;
}
