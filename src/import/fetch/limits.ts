/** How the downloader behaves. Tests have limits of their own. */
export interface FetchLimits {
  /** Downloads at the same time. */
  atOnce: number;
  fileBytesMax: number;
  redirectsMax: number;
  /** Between the beginnings of two requests to a host. */
  pauseMs: number;
  /** Before a request is repeated that was cut or that the server could not answer. */
  againMs: number;
  /** A server that asks for more patience (`Retry-After`) is not asked again in this run. */
  retryAfterMaxMs: number;
  /** A connection on which nothing comes is closed. */
  silenceMs: number;
  /** After this time, a download must have the lowest speed. */
  slowAfterMs: number;
  bytesPerSecondMin: number;
  /** After so many failures in a row, a host is not asked again in this run. */
  failuresMax: number;
}

export const fetchLimits: FetchLimits = {
  atOnce: 4,
  fileBytesMax: 100_000_000,
  redirectsMax: 5,
  pauseMs: 100,
  againMs: 2000,
  retryAfterMaxMs: 60_000,
  silenceMs: 30_000,
  slowAfterMs: 60_000,
  bytesPerSecondMin: 1024,
  failuresMax: 20,
};
