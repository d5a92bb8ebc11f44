import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type PageJob, type Pressed, pressPages } from './press-pages.ts';
import { openTemplates, rendererOf } from './render.ts';
import { engineFile } from './template-folder.ts';

export interface PoolSettings {
  site: string;
  indexFile: string;
  /** The bundle of the templates. */
  serverEntry: string;
  dist: string;
  /** There was nothing in dist, so nobody needs to look. */
  isDistNew: boolean;
}

/** An error does not keep what the system says of it (`code`, `dest` and others) on the way between threads. */
export type WorkerAnswer = { pressed: Pressed[] } | { failed: { message: string; problems?: Problem[] } };

/** Presses pages, on this thread or on several. Only this thread writes to the index, so the journal has one hand. */
export interface Pool {
  /** @param settle is told of each batch once its files are in their places */
  press(pages: PageJob[], settle: (pressed: Pressed[]) => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A thread takes about a third of a second to open the templates: fewer pages are sooner done without. */
const pagesPerThreadMin = 400;
const threadsMax = 4;
const batch = 64;
/** Of each thread, in MB: pages are small, and the collector is lazy until told. */
const heapMb = 192;
/** A page lives shorter than this takes to fill, so that nearly nothing of it is ever moved. */
const youngHeapMb = 48;

/** Threads that open the templates, and then wait for a pool to use them. */
export interface Threads {
  workers: Worker[];
  close(): Promise<void>;
}

/**
 * Starts as many threads as so many pages are worth; none for few.
 *
 * @param serverEntry the bundle of the templates
 */
export function startThreads(serverEntry: string, pages: number): Threads {
  const count = Math.min(availableParallelism(), threadsMax, Math.floor(pages / pagesPerThreadMin));
  const workers = Array.from(
    { length: count > 1 ? count : 0 },
    () =>
      new Worker(engineFile('press/worker.ts'), {
        workerData: serverEntry,
        resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngHeapMb },
      }),
  );
  return { workers, close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))) };
}

/** A pool for so many pages. @param early threads that were started when as much work was expected */
export async function openPool(settings: PoolSettings, pages: number, early?: Threads): Promise<Pool> {
  const threads = early?.workers.length ? early : startThreads(settings.serverEntry, pages);
  return threads.workers.length ? threadPool(settings, threads) : ownThread(settings);
}

async function ownThread(settings: PoolSettings): Promise<Pool> {
  const renderer = rendererOf(await openTemplates(settings.serverEntry));
  return {
    async press(pages, settle) {
      for (let start = 0; start < pages.length; start += batch)
        await settle(await pressPages(renderer, settings, pages.slice(start, start + batch)));
    },
    close: async () => {},
  };
}

function threadPool(settings: PoolSettings, { workers, close }: Threads): Pool {
  const ask = (worker: Worker, jobs: PageJob[]): Promise<WorkerAnswer> =>
    new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(error);
      worker.once('error', fail);
      worker.once('message', (answer: WorkerAnswer) => {
        worker.off('error', fail);
        resolve(answer);
      });
      worker.postMessage({ settings, jobs });
    });
  return {
    async press(pages, settle) {
      let next = 0;
      const work = async (worker: Worker) => {
        while (next < pages.length) {
          const jobs = pages.slice(next, next + batch);
          next += batch;
          const answer = await ask(worker, jobs);
          if ('failed' in answer) {
            next = pages.length;
            const { failed } = answer;
            throw failed.problems
              ? new ProblemsError(failed.problems)
              : Object.assign(new Error(failed.message), failed);
          }
          await settle(answer.pressed);
        }
      };
      await Promise.all(workers.map(work));
    },
    close,
  };
}
