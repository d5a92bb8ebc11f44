import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { type FetchLimits, fetchLimits } from './limits.ts';

/** Limits with which a test does not have to wait. */
export const quick: FetchLimits = {
  ...fetchLimits,
  pauseMs: 0,
  againMs: 5,
  retryAfterMaxMs: 2000,
  fileBytesMax: 200_000,
  // Long enough for a busy machine. Tests of slow servers have their own.
  silenceMs: 20_000,
  slowAfterMs: 20_000,
};

type Answer = (response: ServerResponse, request: IncomingMessage, times: number) => void;

/** A server on loopback that answers each path as the test says, until the test ends. */
export async function hostileServer(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const agents = new Set<string>();
  let now = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    agents.add(request.headers['user-agent'] ?? '');
    most = Math.max(most, ++now);
    response.on('close', () => now--);
    const answer = answers[path] ?? ((nothing) => nothing.writeHead(404).end('<h1>Not found</h1>'));
    answer(response, request, asked.filter((other) => other === path).length);
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    port,
    origin: `http://127.0.0.1:${port}`,
    /** The paths that were asked for, in order. */
    asked,
    agents,
    /** The most requests at the same time. */
    most: () => most,
  };
}

/** A JPEG that does not shrink: it has some kilobytes. */
export const photo = (seed = 1): Promise<Buffer> =>
  sharp({
    create: {
      width: 90,
      height: 60,
      channels: 3,
      background: '#336',
      noise: { type: 'gaussian', mean: 90 + seed, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();

export const send =
  (bytes: Uint8Array | string, headers: Record<string, string> = {}, status = 200): Answer =>
  (response) =>
    response.writeHead(status, headers).end(bytes);

export const redirect = (to: string): Answer => send('', { Location: to }, 302);
