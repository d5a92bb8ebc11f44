import { readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** How a host differs from one that sends each file as it is. */
export interface HostHabits {
  /** The path of the site on the host. */
  base?: string;
  /** Compresses what it sends. */
  coding?: 'gzip' | 'br';
  /** Sends this page with status 200 for files that do not exist. */
  fallback?: string;
  /** Changes what it sends. */
  change?: (path: string, bytes: Buffer) => Buffer;
  /** Answers instead, if it returns true. */
  answer?: (request: IncomingMessage, response: ServerResponse, path: string) => boolean;
}

export interface StaticHost {
  url: string;
  /** The paths that were requested. */
  asked: string[];
  /** The highest number of requests at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** A host on a free port of this machine that sends the files of a folder. */
export async function staticHost(folder: string, habits: HostHabits = {}): Promise<StaticHost> {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open++;
    most = Math.max(most, open);
    response.once('close', () => open--);
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname);
    asked.push(path);
    if (habits.answer?.(request, response, path)) return;
    const base = habits.base ?? '';
    const file = path.startsWith(`${base}/`) ? join(folder, path.slice(base.length)) : undefined;
    const found = [file, file && join(file, 'index.html')].find(
      (one) => one !== undefined && statSync(one, { throwIfNoEntry: false })?.isFile(),
    );
    const bytes = found === undefined ? habits.fallback : readFileSync(found);
    // Slow enough that requests overlap.
    setTimeout(() => {
      if (bytes === undefined) {
        response.writeHead(404).end('<h1>Not found</h1>');
        return;
      }
      const sent = habits.change?.(path, Buffer.from(bytes)) ?? Buffer.from(bytes);
      if (habits.coding) response.setHeader('content-encoding', habits.coding);
      response.end(
        habits.coding === 'br' ? brotliCompressSync(sent) : habits.coding === 'gzip' ? gzipSync(sent) : sent,
      );
    }, 2);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${habits.base ?? ''}/`,
    asked,
    mostAtOnce: () => most,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
