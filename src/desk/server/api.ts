import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ZodType } from 'zod';
import type { DeskContext } from './context.ts';

/** Responds to requests for one resource. Handlers are in `api/`, one file for each resource, and listed in `routes.ts`. */
export type Handler = (context: DeskContext, request: ApiRequest) => Promise<ApiAnswer>;

/**
 * Responds to an address below `/desk/` that is not part of the API, and sets its own headers.
 *
 * @param path decoded, without anything like `..` in it
 */
export type PageHandler = (
  context: DeskContext,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<void>;

/** A request that has passed the guard. */
export interface ApiRequest {
  /** A value of the query, or undefined if it is absent or empty. */
  query(name: string): string | undefined;
  /** The body as JSON. @throws ApiError if it is too long, is not JSON, or has another shape */
  json<T>(schema: ZodType<T>): Promise<T>;
  /** The body as bytes. @throws ApiError if it is longer than `max` */
  bytes(max: number, tooLong: string): Promise<Buffer>;
  /** Ends if the page that asked is closed. */
  signal: AbortSignal;
}

/** A response. Lines and events are sent as they come. */
export type ApiAnswer =
  | { status?: number; json: unknown }
  | { status?: number; bytes: Uint8Array; type: string; headers?: Record<string, string> }
  | { lines: AsyncIterable<unknown> }
  | { events: AsyncIterable<unknown> };

/** A request that cannot be carried out, in words for the person at the desk. */
export class ApiError extends Error {
  readonly status: number;
  /** What is wrong, what to do about it, and anything else that the page needs. */
  readonly body: { error: { rule?: string; says: string; todo?: string } } & Record<string, unknown>;

  constructor(
    status: number,
    says: string,
    { rule, todo, ...more }: { rule?: string; todo?: string } & Record<string, unknown> = {},
  ) {
    super(says);
    this.name = 'ApiError';
    this.status = status;
    this.body = { error: { ...(rule && { rule }), says, ...(todo && { todo }) }, ...more };
  }
}

/** The longest text that the desk accepts, in bytes. */
export const textBytesMax = 5_000_000;
