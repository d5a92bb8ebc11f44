import { workerData } from 'node:worker_threads';
import { openBodyCaches } from '../../index/body-cache.ts';
import { type IndexHandle, openIndexHandle } from '../../index/handle.ts';
import { openReading, type Reading } from '../../ingest/read-stories.ts';
import { pressPages } from '../press-pages.ts';
import { openTemplates, type Renderer, rendererOf } from '../render.ts';
import { openParts } from '../write.ts';
import type { PoolSettings, PoolTasks } from './pool.ts';
import { serveTasks } from './thread.ts';

/*
 * One thread of the pool. It reads stories, then renders and writes pages, and never changes the index. It loads the
 * templates when it starts, and opens the index when the first pages arrive, which means that the index is full.
 */
const templates = openTemplates(workerData as string);
templates.catch(() => {}); // reported in the response to the first pages

// The data for pages does not change while they are rendered, but the first thread keeps committing, and each commit
// would make this thread lock and read again for every query. So several batches share one snapshot of the index. Not
// all of them do, because SQLite's log grows while anybody reads from its beginning.
const batchesInOneView = 16;
let batches = 0;
let printing: { index: IndexHandle; renderer: Renderer } | undefined;

async function startPrinting({
  site,
  indexFile,
  dist,
  way,
}: PoolSettings): Promise<{ index: IndexHandle; renderer: Renderer }> {
  const index = openIndexHandle(site, indexFile, 'read');
  index.bodyCache = openBodyCaches(indexFile);
  openParts(dist);
  const opened = await templates;
  opened.loadWebClasses();
  return { index, renderer: rendererOf(index, opened, way) };
}

let reading: Reading | undefined;

serveTasks<PoolTasks>({
  read: async ({ setting, files }) => {
    reading ??= openReading(setting);
    return await reading.read(files);
  },
  endReading: async () => {
    reading?.close();
    reading = undefined;
  },
  press: async ({ settings, jobs }) => {
    printing ??= await startPrinting(settings);
    const { index, renderer } = printing;
    if (batches++ % batchesInOneView === 0) {
      if (index.db.isTransaction) index.db.exec('COMMIT');
      index.db.exec('BEGIN');
    }
    return pressPages(renderer, settings, jobs);
  },
});
