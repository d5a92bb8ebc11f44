import { parentPort, workerData } from 'node:worker_threads';
import { openDesk } from '../index/desk.ts';
import type { PoolSettings, WorkerAnswer } from './pool.ts';
import { type PageJob, pressPages } from './press-pages.ts';
import { openRenderer } from './render.ts';

/* One thread of the pool: renders and writes, and never touches the index. */
const { site, indexFile, serverEntry, dist } = workerData as PoolSettings;
openDesk(site, indexFile, 'read');
const opening = openRenderer(serverEntry);
parentPort?.on('message', async (jobs: PageJob[]) => {
  let answer: WorkerAnswer;
  try {
    answer = { pressed: await pressPages(await opening, dist, jobs) };
  } catch (error) {
    answer = { failed: error instanceof Error ? { ...error, message: error.message } : { message: String(error) } };
  }
  parentPort?.postMessage(answer);
});
