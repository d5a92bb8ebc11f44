import { parentPort, workerData } from 'node:worker_threads';
import { openDesk } from '../index/desk.ts';
import { openShelf, shelfFile } from '../index/shelf.ts';
import type { PoolSettings, WorkerAnswer } from './pool.ts';
import { type PageJob, pressPages } from './press-pages.ts';
import { openRenderer } from './render.ts';

/* One thread of the pool: renders and writes, and never touches the index. */
const settings = workerData as PoolSettings;
const desk = openDesk(settings.site, settings.indexFile, 'read');
desk.shelf = openShelf(shelfFile(settings.indexFile));
const opening = openRenderer(settings.serverEntry);

// What pages ask does not change while they are pressed, but the first thread commits all the time, and each
// commit would make this one lock and read anew for every question. So many batches share one view of
// the index; not all, because the log of SQLite grows as long as somebody looks at its beginning.
const batchesInOneView = 16;
let batches = 0;

parentPort?.on('message', async (jobs: PageJob[]) => {
  let answer: WorkerAnswer;
  try {
    if (batches++ % batchesInOneView === 0) {
      if (desk.db.isTransaction) desk.db.exec('COMMIT');
      desk.db.exec('BEGIN');
    }
    answer = { pressed: await pressPages(await opening, settings, jobs) };
  } catch (error) {
    answer = { failed: error instanceof Error ? { ...error, message: error.message } : { message: String(error) } };
  }
  parentPort?.postMessage(answer);
});
