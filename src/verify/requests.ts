import { createHash } from 'node:crypto';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FileDigest } from '../site/manifest.ts';

/*
 * Requests a file of a published site the way a reader's browser does: compressed if the host wants that, and wherever
 * the host redirects to. The bytes are compared after decompression.
 */

/** What a host sent. */
export interface Answer extends FileDigest {
  status: number;
  /** The last address, after redirects. */
  url: URL;
  isRedirected: boolean;
  /** The digest of the bytes as they were sent, if they were compressed. */
  sent?: string;
  /** Only if the text was requested. */
  text?: string;
  /** The body was longer than allowed, so the digest is not of all of it. */
  isCut: boolean;
}

export interface RequestOptions {
  /** The host can send more than this only if it is not the right file, so the rest is not read. */
  bytesMax: number;
  /** Also return the text. */
  isText?: boolean;
  /** How long the first pause before another attempt is. Tests shorten it. */
  pauseMs?: number;
}

/** Why a host could not be asked. The message is a sentence. */
export class RequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RequestError';
  }
}

const attemptsMax = 4;
const redirectsMax = 5;
const silenceMs = 30_000;
const pauseMsMax = 20_000;

/**
 * Requests an address. A host that is busy or fails for a moment is asked again, at most three times.
 *
 * @throws RequestError if there is no answer
 */
export async function requestFile(url: URL, options: RequestOptions): Promise<Answer> {
  const { pauseMs = 500 } = options;
  for (let attempt = 1; ; attempt++) {
    let again: number;
    try {
      const answer = await follow(url, options);
      if (attempt === attemptsMax || (answer.status !== 429 && answer.status < 500)) return answer;
      again = answer.retryAfterMs ?? pauseMs * 2 ** (attempt - 1);
    } catch (error) {
      if (attempt === attemptsMax || error instanceof RequestError) throw asRequestError(error);
      again = pauseMs * 2 ** (attempt - 1);
    }
    await wait(Math.min(again, pauseMsMax));
  }
}

type Followed = Answer & { retryAfterMs?: number };

async function follow(first: URL, options: RequestOptions): Promise<Followed> {
  let url = first;
  for (let redirects = 0; redirects <= redirectsMax; redirects++) {
    const response = await get(url);
    const { statusCode: status = 0, headers } = response;
    if ([301, 302, 303, 307, 308].includes(status) && headers.location !== undefined) {
      response.destroy();
      if (!URL.canParse(headers.location, url)) throw new RequestError(`It redirects to "${headers.location}".`);
      const next = new URL(headers.location, url);
      if (!mayLead(url, next)) throw new RequestError(`It redirects to another host, ${next.origin} .`);
      url = next;
      continue;
    }
    const seconds = Number(headers['retry-after']);
    return {
      ...(await bodyOf(response, options)),
      status,
      url,
      isRedirected: redirects > 0,
      ...(seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}),
    };
  }
  throw new RequestError(`It redirects more than ${redirectsMax} times.`);
}

/** From one name of a host to the other (`www.`), and to https, but nowhere else: another host is another site. */
function mayLead(from: URL, to: URL): boolean {
  const bare = ({ hostname }: URL) => hostname.replace(/^www\./, '');
  if (to.protocol !== 'https:' && to.protocol !== from.protocol) return false;
  const isSamePort = to.port === from.port || (from.protocol === 'http:' && to.protocol === 'https:');
  return bare(from) === bare(to) && isSamePort && to.username === '' && to.password === '';
}

function get(url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      headers: { 'accept-encoding': 'br, gzip, deflate', accept: '*/*', 'user-agent': 'broadsheet verify' },
      timeout: silenceMs,
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.once('timeout', () => request.destroy(new Error('It did not answer for 30 seconds.')));
    request.end();
  });
}

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  br: createBrotliDecompress,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
};

async function bodyOf(
  response: IncomingMessage,
  { bytesMax, isText = false }: RequestOptions,
): Promise<Pick<Answer, 'sha256' | 'size' | 'isCut' | 'sent' | 'text'>> {
  const coding = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const decode = decoders[coding];
  const [sent, decoded] = [createHash('sha256'), createHash('sha256')];
  const texts: Buffer[] = [];
  let size = 0;
  let isCut = false;
  const stream = decode ? decode() : undefined;
  const body: AsyncIterable<Buffer> = (stream ?? response) as unknown as AsyncIterable<Buffer>;
  if (stream) {
    response.on('data', (piece: Buffer) => sent.update(piece));
    response.once('error', (error) => (stream as unknown as { destroy(error: Error): void }).destroy(error));
    response.once('aborted', () =>
      (stream as unknown as { destroy(error: Error): void }).destroy(new Error('The answer ended too early.')),
    );
    response.pipe(stream);
  }
  try {
    for await (const piece of body) {
      size += piece.length;
      decoded.update(piece);
      if (isText) texts.push(piece);
      if (size > bytesMax) {
        isCut = true;
        break;
      }
    }
  } finally {
    response.destroy();
  }
  return {
    sha256: decoded.digest('hex'),
    size,
    isCut,
    ...(stream ? { sent: sent.digest('hex') } : {}),
    ...(isText ? { text: Buffer.concat(texts).toString() } : {}),
  };
}

function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOTFOUND: 'There is no host with this name.',
    EAI_AGAIN: 'The name of the host could not be looked up.',
    ECONNREFUSED: 'The host refused the connection.',
    ECONNRESET: 'The host ended the connection.',
    CERT_HAS_EXPIRED: 'The certificate of the host has expired.',
  };
  return new RequestError(known[code] ?? (message.endsWith('.') ? message : `${message}.`));
}
