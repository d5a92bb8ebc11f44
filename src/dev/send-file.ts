import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, dirname } from 'node:path';

/**
 * Sends a file like a static host, with ranges, so that a reader can jump within a recording.
 *
 * @param file absolute
 * @param onMissing responds if the file does not exist or is deleted meanwhile
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
      // The requested part is after the end of the file.
      response.writeHead(416, error.headers).end();
    })
    .on('directory', onMissing)
    .pipe(response);
}
