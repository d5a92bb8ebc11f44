import { parentPort, workerData } from 'node:worker_threads';
import { type Desk, openDesk } from '../index/desk.ts';
import { openShelf, shelfFile } from '../index/shelf.ts';
import type { PoolSettings, WorkerAnswer } from './pool.ts';
import { type PageJob, pressPages } from './press-pages.ts';
import { openTemplates, type Renderer, rendererOf } from './render.ts';
import { openParts } from './write.ts';

/*
 * One thread of the pool: renders and writes, and never touches the index. It opens the templates when it
 * starts, and the index when the first message says that it is full.
 */
const templates = openTemplates(workerData as string);
templates.catch(() => {}); // said in the answer to the first pages

interface Press {
  desk: Desk;
  renderer: Renderer;
}
let press: Press | undefined;

async function open(settings: PoolSettings): Promise<Press> {
  const desk = openDesk(settings.site, settings.indexFile, 'read');
  desk.shelf = openShelf(shelfFile(settings.indexFile));
  openParts(settings.dist);
  return { desk, renderer: rendererOf(await templates) };
}

// What pages ask does not change while they are pressed, but the first thread commits all the time, and each
// commit would make this one lock and read anew for every question. So many batches share one view of
// the index; not all, because the log of SQLite grows as long as somebody looks at its beginning.
const batchesInOneView = 16;
let batches = 0;

async function answerTo(settings: PoolSettings, jobs: PageJob[]): Promise<WorkerAnswer> {
  try {
    press ??= await open(settings);
    const { db } = press.desk;
    if (batches++ % batchesInOneView === 0) {
      if (db.isTransaction) db.exec('COMMIT');
      db.exec('BEGIN');
    }
    return { pressed: await pressPages(press.renderer, settings, jobs) };
  } catch (error) {
    return { failed: error instanceof Error ? { ...error, message: error.message } : { message: String(error) } };
  }
}

parentPort?.on('message', async ({ settings, jobs }: { settings: PoolSettings; jobs: PageJob[] }) =>
  parentPort?.postMessage(await answerTo(settings, jobs)),
);
