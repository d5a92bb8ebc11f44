import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';

/**
 * Sends a file as a host of files does, with ranges, so that a reader can jump within a recording.
 *
 * @param file absolute
 * @param onMissing answers when the file is not there, or went meanwhile
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  onMissing: () => void,
): Promise<void> {
  const { default: send } = await import('send');
  send(request, encodeURIComponent(basename(file)), {
    root: dirname(file),
    dotfiles: 'allow',
    index: false,
    cacheControl: false,
  })
    .on('headers', (sent: ServerResponse) => sent.setHeader('cache-control', 'no-cache'))
    .on('error', (error: { status?: number; headers?: Record<string, string> }) => {
      if (error.status !== 416) return onMissing();
      // The part that was asked for lies behind the end of the file.
      response.writeHead(416, error.headers).end();
    })
    .on('directory', onMissing)
    .pipe(response);
}
