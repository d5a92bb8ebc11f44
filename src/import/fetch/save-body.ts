import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FetchLimits } from './limits.ts';

/** The answer is one that cannot be used, whatever connection it comes over. */
export class AnswerError extends Error {
  override name = 'AnswerError';
}

/**
 * Saves the body of an answer in a file, which is incomplete if this throws.
 *
 * @param took called for each part that arrived
 * @throws {AnswerError} if it is larger than allowed
 */
export async function saveBody(
  answer: IncomingMessage,
  path: string,
  limits: FetchLimits,
  signal: AbortSignal,
  took: (bytes: number) => void,
): Promise<void> {
  const declared = Number(answer.headers['content-length'] ?? 0);
  if (declared > limits.fileBytesMax) throw tooLarge(limits);
  let bytes = 0;
  const arrived = new Transform({
    transform(part: Buffer, _encoding, done) {
      took(part.length);
      done(null, part);
    },
  });
  const counted = new Transform({
    transform(part: Buffer, _encoding, done) {
      bytes += part.length;
      if (bytes > limits.fileBytesMax) done(tooLarge(limits));
      else done(null, part);
    },
  });
  const decoder = decoderOf(answer.headers['content-encoding']);
  const steps: (Readable | Transform)[] = [answer, arrived, ...(decoder ? [decoder] : []), counted];
  await pipeline([...steps, createWriteStream(path)] as never, { signal });
}

const tooLarge = ({ fileBytesMax }: FetchLimits): AnswerError =>
  new AnswerError(`larger than ${Math.round(fileBytesMax / 1e6)} MB, which is the limit for a file`);

/** Some servers compress although they were asked not to. */
function decoderOf(encoding: string | undefined): Transform | undefined {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new AnswerError(`sent in an encoding that is not known (${encoding})`);
  }
}

/** Ends a request that makes no progress. A server that sends a byte now and then would otherwise hold it for ever. */
export class Watch {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #began = performance.now();
  #last = this.#began;
  #bytes = 0;
  /** Why the request was ended. */
  reason: string | undefined;

  constructor(limits: FetchLimits) {
    const { silenceMs, slowAfterMs, bytesPerSecondMin } = limits;
    this.#timer = setInterval(
      () => {
        const now = performance.now();
        if (now - this.#last > silenceMs) this.#end(`nothing came for ${Math.ceil(silenceMs / 1000)} s`);
        const seconds = (now - this.#began) / 1000;
        if (seconds * 1000 > slowAfterMs && this.#bytes / seconds < bytesPerSecondMin)
          this.#end(`slower than ${bytesPerSecondMin} bytes/s`);
      },
      Math.min(1000, silenceMs / 4, slowAfterMs / 4),
    );
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  took(bytes: number): void {
    this.#bytes += bytes;
    this.#last = performance.now();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #end(reason: string): void {
    this.reason ??= reason;
    this.#abort.abort();
  }
}
