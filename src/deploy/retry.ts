import pRetry from 'p-retry';

/** How often and how long a deploy tries again. Tests use shorter times. */
export interface Retries {
  /** How many attempts follow the first. */
  retries: number;
  /** Before the first of them. Each later pause is twice as long, up to the maximum, and varies at random. */
  pauseMs: number;
  pauseMsMax: number;
}

export const usualRetries: Retries = { retries: 6, pauseMs: 250, pauseMsMax: 15_000 };

/**
 * Tries something again if it failed for a reason that can pass.
 *
 * @throws the error of the last attempt
 */
export async function retrying<T>(
  work: () => Promise<T>,
  { retries, pauseMs, pauseMsMax }: Retries,
  onRetry: (error: Error, attempt: number) => void = () => {},
): Promise<T> {
  let first: unknown;
  try {
    return await work();
  } catch (error) {
    if (retries === 0 || !isTransient(error)) throw error;
    first = error;
  }
  // Nearly everything succeeds at once, and then needs nothing of what follows.
  const again = async () => {
    const failed = first;
    first = undefined;
    if (failed !== undefined) throw failed;
    return await work();
  };
  return await pRetry(again, {
    retries,
    minTimeout: pauseMs,
    maxTimeout: pauseMsMax,
    randomize: true,
    shouldRetry: ({ error }) => isTransient(error),
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !isTransient(error)) return;
      onRetry(error, attemptNumber);
      const asked = (error as { retryAfterMs?: number }).retryAfterMs ?? 0;
      if (asked > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(asked, pauseMsMax)));
    },
  });
}

/** Failures of a network, and of a disk that another program uses at the moment. */
const transientCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'EBUSY',
  'EAGAIN',
  'ESTALE',
  'EIO',
  'EMFILE',
  'ENFILE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);
const transientStatus = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Whether another attempt can succeed. A target can say so itself with `isTransient` on its error. Otherwise the code of
 * the system and the status of HTTP decide.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const {
    isTransient: said,
    code,
    status,
    $metadata,
    cause,
  } = error as Error & {
    isTransient?: boolean;
    code?: unknown;
    status?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  if (typeof said === 'boolean') return said;
  const number = typeof status === 'number' ? status : $metadata?.httpStatusCode;
  if (number !== undefined) return transientStatus.has(number);
  return transientCodes.has(String(code)) || (cause !== undefined && cause !== error && isTransient(cause));
}
