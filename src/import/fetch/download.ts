import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { isDiskError } from '../fault.ts';
import { WrongFileError } from './check-download.ts';
import { type HostPace, retryAfterMs } from './host-pace.ts';
import type { FetchLimits } from './limits.ts';
import { RefusedError, type Requester } from './request.ts';
import { AnswerError, saveBody, Watch } from './save-body.ts';

/** What became of an address. */
export type Outcome =
  | { state: 'fetched'; bytes: number; ending: string }
  | { state: 'failed' | 'refused'; reason: string };

interface Tools {
  requester: Requester;
  pace: HostPace;
  limits: FetchLimits;
  /** Says what a complete file is. @throws {WrongFileError} it is not what was asked for */
  check(path: string): Promise<{ bytes: number; ending: string }>;
  /** Called for each part that arrived. */
  took(bytes: number): void;
}

const triesMax = 2;
/** A server that is busy says when it will not be. */
const triesOfBusyMax = 3;

/**
 * Downloads a picture or document into a file. What is there is complete and of its kind only if the outcome is
 * `fetched`. The file does not exist otherwise.
 *
 * @throws errors of the disk
 */
export async function download(address: string, path: string, tools: Tools): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await attempt(new URL(address), path, tools);
    if (outcome.state === 'fetched') return outcome;
    await rm(path, { force: true });
    const { again, host, ...rest } = outcome;
    if (again === undefined || tries >= (again.isBusy ? triesOfBusyMax : triesMax)) return rest;
    tools.pace.rest(host, again.afterMs);
  }
}

type Attempt =
  | Extract<Outcome, { state: 'fetched' }>
  | {
      state: 'failed' | 'refused';
      reason: string;
      /** The last host that was asked. */
      host: string;
      /** Absent if another try cannot have another outcome. */
      again?: { afterMs: number; isBusy?: boolean };
    };

async function attempt(first: URL, path: string, { requester, pace, limits, took, check }: Tools): Promise<Attempt> {
  const again = { afterMs: limits.againMs };
  const seen = new Set<string>();
  let url = first;
  let answer: IncomingMessage | undefined;
  let watch: Watch | undefined;
  try {
    for (;;) {
      const { host } = url;
      seen.add(withoutHash(url));
      const given = await pace.turn(host);
      if (given !== undefined) return { state: 'failed', reason: given, host };
      // Waiting for the turn does not count.
      watch?.close();
      watch = new Watch(limits);
      answer = await requester.get(url, watch.signal);
      const status = answer.statusCode ?? 0;
      const next = redirectOf(status, answer.headers.location, url);
      if (next === undefined) break;
      answer.destroy();
      pace.answered(host, false);
      if (typeof next === 'string') return { state: 'failed', reason: next, host };
      if (seen.has(withoutHash(next))) return { state: 'failed', reason: 'its redirects form a circle', host };
      if (seen.size > limits.redirectsMax)
        return { state: 'failed', reason: `more than ${limits.redirectsMax} redirects`, host };
      url = next;
    }
    const { host } = url;
    const status = answer.statusCode ?? 0;
    pace.answered(host, status >= 500 || status === 429);
    if (status !== 200) return { ...refusedBy(status, answer, limits, pace, host), host };
    const watched = watch;
    await saveBody(answer, path, limits, watched.signal, (bytes) => {
      watched.took(bytes);
      took(bytes);
    });
    return { state: 'fetched', ...(await check(path)) };
  } catch (error) {
    const { host } = url;
    if (isDiskError(error)) throw error;
    const via = url === first ? '' : `it leads to ${url.href.slice(0, 200)}: `;
    if (error instanceof RefusedError) return { state: 'refused', reason: via + error.message, host };
    if (error instanceof AnswerError) return { state: 'failed', reason: error.message, host };
    // An incomplete file can be a download that was cut where the server did not say how long it would be.
    if (error instanceof WrongFileError)
      return { state: 'failed', reason: error.message, host, ...(error.isIncomplete ? { again } : {}) };
    if (!(error instanceof Error)) throw error;
    pace.answered(host, true);
    return { state: 'failed', reason: watch?.reason ?? reasonOf(error), host, again };
  } finally {
    watch?.close();
    answer?.destroy();
  }
}

const withoutHash = ({ href }: URL): string => href.replace(/#.*$/s, '');

/** Where an answer leads. @returns undefined if it is no redirect, and a text if it leads nowhere */
function redirectOf(status: number, location: string | undefined, from: URL): URL | string | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  return location !== undefined && URL.canParse(location, from.href)
    ? new URL(location, from.href)
    : `the server answered ${status} without an address`;
}

/** An answer without a file. */
function refusedBy(
  status: number,
  { headers }: IncomingMessage,
  { againMs, retryAfterMaxMs }: FetchLimits,
  pace: HostPace,
  host: string,
): { state: 'failed'; reason: string; again?: { afterMs: number; isBusy?: boolean } } {
  const reason = `the server answered ${status}`;
  if (status === 429 || status === 503) {
    const afterMs = retryAfterMs(headers['retry-after']) ?? againMs;
    if (afterMs <= retryAfterMaxMs) return { state: 'failed', reason, again: { afterMs, isBusy: true } };
    const asks = `${reason} and asks to wait for ${Math.ceil(afterMs / 1000)} s`;
    pace.giveUp(host, `${host} asked to wait for ${Math.ceil(afterMs / 1000)} s, so it was not asked again`);
    return { state: 'failed', reason: `${asks}. Run the same command again later` };
  }
  return { state: 'failed', reason, ...(status >= 500 || status === 408 ? { again: { afterMs: againMs } } : {}) };
}

const wordsOfCode: Record<string, string> = {
  ECONNRESET: 'the connection was cut',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection was cut',
  ECONNREFUSED: 'the server refuses connections',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host could not be looked up',
  ETIMEDOUT: 'the server did not answer',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the server cannot be reached',
};

function reasonOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  // Several addresses were tried.
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  const known = wordsOfCode[code] ?? wordsOfCode[inner instanceof Error && 'code' in inner ? String(inner.code) : ''];
  return known ?? `the download failed: ${error.message || code}`;
}
