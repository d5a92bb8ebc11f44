import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodType } from 'zod';
import { ApiError, type ApiRequest, textBytesMax } from './api.ts';

/** A text in JSON is longer than the text itself, because its line ends and quotation marks are escaped. */
const jsonBytesMax = 3 * textBytesMax;

/** What a handler sees of a request. */
export function requestOf(request: IncomingMessage, response: ServerResponse): ApiRequest {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const ended = new AbortController();
  response.on('close', () => ended.abort());
  return {
    query: (name) => searchParams.get(name) || undefined,
    json: (schema) => readJson(request, schema),
    bytes: (max, tooLong) => readBytes(request, max, tooLong),
    signal: ended.signal,
  };
}

async function readJson<T>(request: IncomingMessage, schema: ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new ApiError(415, 'This request must be JSON.');
  const bytes = await readBytes(
    request,
    jsonBytesMax,
    `This text is too long for the desk, which takes up to ${textBytesMax / 1_000_000} MB.`,
  );
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new ApiError(400, 'This request is not valid JSON in UTF-8.');
  }
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const { path, message } = read.error.issues[0]!;
  throw new ApiError(
    400,
    `This request is not as the desk expects it: ${[path.join('.'), message].filter(Boolean).join(': ')}.`,
  );
}

async function readBytes(request: IncomingMessage, max: number, tooLong: string): Promise<Buffer> {
  const refused = new ApiError(413, tooLong);
  if (Number(request.headers['content-length']) > max) throw refused;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > max) throw refused;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
