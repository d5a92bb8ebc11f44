import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * The store of our tests ignores conditions and has no faults. This proxy in front of it honours `If-None-Match: *`, as
 * AWS does, answers with an error, or cuts the connection.
 */

export interface StoreProxy {
  url: string;
  requests: string[];
  close(): Promise<void>;
}

/**
 * What happens to a request: undefined passes it on, a number is the status instead of the answer of the store, and a
 * connection is cut before the store gets the request, or before we get its answer.
 */
export type Fate = number | 'cut before' | 'cut after' | undefined;

const codes: Record<number, string> = { 403: 'AccessDenied', 412: 'PreconditionFailed', 503: 'SlowDown' };

/**
 * @param store the address of the store
 * @param onStored called when the store has carried out a request
 */
export async function storeProxy(
  store: string,
  fateOf: (request: IncomingMessage, count: number) => Fate | Promise<Fate>,
  onStored: (method: string, path: string) => void = () => {},
): Promise<StoreProxy> {
  const requests: string[] = [];
  const front = createServer((request, response) => {
    void (async () => {
      const [path = '/'] = (request.url ?? '/').split('?');
      requests.push(`${request.method} ${path}`);
      const fate = await fateOf(request, requests.length);
      if (fate === 'cut before') {
        request.socket.destroy();
        return;
      }
      if (typeof fate === 'number') {
        request.resume();
        request.once('end', () =>
          response
            .writeHead(fate, { 'content-type': 'application/xml' })
            .end(fate === 200 ? '' : `<Error><Code>${codes[fate] ?? 'InternalError'}</Code></Error>`),
        );
        return;
      }
      const behind = send(
        new URL(request.url ?? '/', store),
        { method: request.method, headers: { ...request.headers, host: new URL(store).host } },
        (found) => {
          const isStored = (found.statusCode ?? 500) < 300;
          if (isStored) onStored(request.method ?? '', decodeURIComponent(path));
          if (fate === 'cut after') {
            found.resume();
            request.socket.destroy();
            return;
          }
          response.writeHead(found.statusCode ?? 500, found.headers);
          found.pipe(response);
        },
      );
      behind.on('error', () => response.destroy());
      request.on('error', () => {}); // it was cut
      request.pipe(behind);
    })();
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    requests,
    async close() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}

/** 412 if a request would create an object that exists, as AWS answers. */
export async function fateOfCondition(store: string, request: IncomingMessage): Promise<Fate> {
  if (request.method !== 'PUT' || request.headers['if-none-match'] !== '*') return undefined;
  const found = await fetch(new URL(request.url?.split('?')[0] ?? '/', store), { method: 'HEAD' });
  return found.status === 200 ? 412 : undefined;
}
