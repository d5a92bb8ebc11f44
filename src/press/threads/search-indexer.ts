import { parentPort, workerData } from 'node:worker_threads';
import type { SearchRecord } from '../search/search-record.ts';

/* Run as a thread by `search/pagefind.ts`. It ends by itself if the program that it waits for has ended. */

/** A file as Pagefind writes it. */
export interface PagefindFile {
  path: string;
  content: Uint8Array;
}

/** What this thread is given. */
export interface IndexerTask {
  records: readonly SearchRecord[];
  fragmentsMax: number;
}

/** What it sends back, once. */
export type IndexerResult = { files: PagefindFile[] } | { isMissing: true } | { said: string };

/** Records are sent in groups, so that the pipe to the program is never full. */
const atOnce = 32;

void indexed(workerData as IndexerTask).then((result) => parentPort?.postMessage(result));

async function indexed({ records, fragmentsMax }: IndexerTask): Promise<IndexerResult> {
  const { createIndex, close } = await import('pagefind');
  const started = await createIndex({ maxFragments: fragmentsMax }).catch(() => undefined);
  // It throws if there is no program, or if the program does not start.
  if (!started) return { isMissing: true };
  try {
    const { index } = started;
    if (!index) return { said: started.errors.join(' ') };
    for (let start = 0; start < records.length; start += atOnce) {
      const group = records.slice(start, start + atOnce);
      const added = await Promise.all(group.map((record) => index.addCustomRecord({ ...record })));
      const errors = added.flatMap((one) => one.errors);
      if (errors.length > 0) return { said: errors.join(' ') };
    }
    const { files, errors } = await index.getFiles();
    return errors.length > 0 ? { said: errors.join(' ') } : { files };
  } catch (error) {
    return { said: error instanceof Error ? error.message : String(error) };
  } finally {
    // The memory of a year is released before the next one begins.
    await close();
  }
}
