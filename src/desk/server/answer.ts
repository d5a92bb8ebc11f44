import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiAnswer } from './api.ts';
import { deskHeaders } from './headers.ts';

/** A page of the desk that is open for hours must not lose its connection, so it hears something this often. */
const pulseMs = 20_000;

/** Sends what a handler returned. */
export async function send(request: IncomingMessage, response: ServerResponse, answer: ApiAnswer): Promise<void> {
  if (response.headersSent) return void response.destroy();
  // A body that was not read, because the request was refused, would block the next request of the connection.
  if (!request.complete) response.setHeader('connection', 'close');
  const isHead = request.method === 'HEAD';
  const head = (status: number, type: string, more: Record<string, string> = {}) =>
    response.writeHead(status, { ...deskHeaders, 'content-type': type, ...more });
  if ('json' in answer) {
    const text = JSON.stringify(answer.json ?? null);
    head(answer.status ?? 200, 'application/json; charset=utf-8').end(isHead ? undefined : text);
  } else if ('bytes' in answer) {
    head(answer.status ?? 200, answer.type, answer.headers).end(isHead ? undefined : answer.bytes);
  } else if ('lines' in answer) {
    head(200, 'application/x-ndjson; charset=utf-8');
    for await (const line of answer.lines) await write(response, `${JSON.stringify(line)}\n`);
    response.end();
  } else {
    head(200, 'text/event-stream; charset=utf-8').write(': open\n\n');
    const pulse = setInterval(() => response.write(': still open\n\n'), pulseMs).unref();
    try {
      for await (const event of answer.events) await write(response, eventText(event));
    } finally {
      clearInterval(pulse);
      response.end();
    }
  }
}

const eventText = (event: unknown): string => ['data: ', JSON.stringify(event), '\n\n'].join('');

/** Waits for a slow reader, so that nothing collects in memory. */
async function write(response: ServerResponse, text: string): Promise<void> {
  if (response.destroyed || response.write(text)) return;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
}
