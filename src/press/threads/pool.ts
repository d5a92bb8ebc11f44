import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import type { IndexHandle } from '../../index/handle.ts';
import type { ReadingSetting, StoryReader } from '../../ingest/read-stories.ts';
import { type PageJob, type Pressed, pressPages } from '../press-pages.ts';
import { openTemplates, type RenderWay, rendererOf } from '../render.ts';
import { chooseWay } from '../render-way.ts';
import { engineFile } from '../template-folder.ts';
import { Thread } from './thread.ts';

export interface PoolSettings {
  site: string;
  indexFile: string;
  /** The bundle of the templates. */
  serverEntry: string;
  dist: string;
  /** Dist was empty, so no file has to be checked. */
  isDistNew: boolean;
  /** How pages are rendered, if it is decided. */
  way?: RenderWay | undefined;
}

/** What a thread of a pool does: it may first read stories, and then renders pages. */
export type PoolTasks = {
  read: { input: { setting: ReadingSetting; files: string[] }; result: string };
  endReading: { input: undefined; result: undefined };
  press: { input: { settings: PoolSettings; jobs: PageJob[] }; result: Pressed[] };
};

/**
 * Renders pages, on this thread or on several. Only this thread writes to the index, so the queue has only one
 * writer.
 */
export interface Pool {
  /**
   * @param batches is called for the next batch when a thread is free
   * @param settle is called with each batch once its files are in their places
   */
  press(batches: Iterator<PageJob[]>, settle: (pressed: Pressed[]) => void | Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** A thread takes about a third of a second to load the templates. Fewer pages are finished sooner without it. */
const pagesPerThreadMin = 400;
/** A new thread takes about as long to warm up as another one takes to read a thousand stories. */
const storiesPerReaderMin = 2000;
const threadsMax = 4;
/** This many batches are queued for each thread, so that it continues while this thread renders its own. */
const queued = 2;
/**
 * Pages are small, and the garbage collector is lazy by default. A page is released before the young generation is
 * full.
 */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 48 };

/** Threads that load the templates, and then read stories until a pool uses them. */
export interface Threads {
  all: Thread<PoolTasks>[];
  readers: StoryReader[];
  close(): Promise<void>;
}

/**
 * Starts as many threads as are useful for the number of pages, in addition to this one. None for a few pages.
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

/**
 * A pool for a number of pages.
 *
 * @param early threads that were started earlier for the expected work
 * @param onNotice receives a sentence if pages cannot be rendered on the fast path
 */
export async function openPool(
  index: IndexHandle,
  asked: PoolSettings,
  pages: number,
  { early, onNotice }: { early?: Threads | undefined; onNotice: (sentence: string) => void },
): Promise<Pool> {
  const { serverEntry } = asked;
  const threads = early?.all.length ? early : startThreads(serverEntry, pages);
  const templates = await openTemplates(serverEntry);
  if (pages >= pagesPerThreadMin) templates.loadWebClasses();
  const { way, notice } = await chooseWay(index, templates, asked.way);
  if (notice) onNotice(notice);
  const settings = { ...asked, way };
  const renderer = rendererOf(index, templates, way);
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
      // If one fails, the others still finish their batches. Nothing is written after this has ended.
      const ends = await Promise.allSettled([...elsewhere, here].map(work));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    close: () => threads.close(),
  };
}
