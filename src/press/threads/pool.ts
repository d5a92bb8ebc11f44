import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import type { IndexHandle } from '../../index/handle.ts';
import type { ReadingSetting, StoryReader } from '../../ingest/read-stories.ts';
import { type PageJob, type Pressed, pressPages } from '../press-pages.ts';
import { openTemplates, rendererOf } from '../render.ts';
import { engineFile } from '../template-folder.ts';
import { Thread } from './thread.ts';

export interface PoolSettings {
  site: string;
  indexFile: string;
  /** The bundle of the templates. */
  serverEntry: string;
  dist: string;
  /** There was nothing in dist, so nobody needs to look. */
  isDistNew: boolean;
}

/** What a thread of a pool does: first it may read stories, then it prints. */
export type PoolTasks = {
  read: { input: { setting: ReadingSetting; files: string[] }; result: string };
  endReading: { input: undefined; result: undefined };
  press: { input: { settings: PoolSettings; jobs: PageJob[] }; result: Pressed[] };
};

/** Presses pages, on this thread or on several. Only this thread writes to the index, so the journal has one hand. */
export interface Pool {
  /**
   * @param batches is asked for the next when somebody is free
   * @param settle is told of each batch once its files are in their places
   */
  press(batches: Iterator<PageJob[]>, settle: (pressed: Pressed[]) => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A thread takes about a third of a second to open the templates: fewer pages are sooner done without. */
const pagesPerThreadMin = 400;
/** It takes about as long to become quick at reading as another does for a thousand stories. */
const storiesPerReaderMin = 2000;
const threadsMax = 4;
/** So many batches wait for each thread, so that it goes on while this one is at its own. */
const queued = 2;
/** Pages are small, and the collector is lazy until told; one lives shorter than the young part takes to fill. */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 48 };

/** Threads that open the templates, and then read stories until a pool uses them. */
export interface Threads {
  all: Thread<PoolTasks>[];
  readers: StoryReader[];
  close(): Promise<void>;
}

/**
 * Starts as many threads as so many pages are worth, beside this one; none for few.
 *
 * @param serverEntry the bundle of the templates
 */
export function startThreads(serverEntry: string, pages: number): Threads {
  const count = Math.min(availableParallelism(), threadsMax, Math.floor(pages / pagesPerThreadMin));
  const all = Array.from(
    { length: Math.max(0, count - 1) },
    () => new Thread<PoolTasks>(engineFile('press/threads/worker.ts'), serverEntry, memory),
  );
  const readers = all.slice(0, Math.floor(pages / storiesPerReaderMin)).map((thread) => ({
    read: (setting: ReadingSetting, files: string[]) => thread.ask('read', { setting, files }),
    end: () => thread.ask('endReading', undefined),
  }));
  return { all, readers, close: async () => void (await Promise.all(all.map((thread) => thread.close()))) };
}

/** A pool for so many pages. @param early threads that were started when as much work was expected */
export async function openPool(
  index: IndexHandle,
  settings: PoolSettings,
  pages: number,
  early?: Threads,
): Promise<Pool> {
  const threads = early?.all.length ? early : startThreads(settings.serverEntry, pages);
  const templates = await openTemplates(settings.serverEntry);
  if (pages >= pagesPerThreadMin) templates.loadWebClasses();
  const renderer = rendererOf(index, templates);
  return {
    async press(batches, settle) {
      let isEnded = false;
      const work = async (print: (jobs: PageJob[]) => Promise<Pressed[]>) => {
        while (!isEnded) {
          const { done, value: jobs } = batches.next();
          if (done) return;
          try {
            await settle(await print(jobs));
          } catch (error) {
            isEnded = true;
            throw error;
          }
        }
      };
      const elsewhere = threads.all.flatMap((thread) =>
        Array(queued).fill((jobs: PageJob[]) => thread.ask('press', { settings, jobs })),
      );
      const here = async (jobs: PageJob[]) => {
        await turn();
        return pressPages(renderer, settings, jobs);
      };
      // When one gives up, the others still finish what they hold: nobody writes once this has ended.
      const ends = await Promise.allSettled([...elsewhere, here].map(work));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    close: () => threads.close(),
  };
}
