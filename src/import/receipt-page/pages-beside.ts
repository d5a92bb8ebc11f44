import { engineFile } from '../../press/template-folder.ts';
import { Thread } from '../../press/threads/thread.ts';
import type { Receipt } from '../receipt.ts';
import { ReceiptPages } from './receipt-pages.ts';
import type { ImportedStory } from './story-view.ts';

/** What the thread can be asked. */
export type PageTasks = {
  add: { input: readonly ImportedStory[]; result: undefined };
  /** The result is the path of the first page. */
  finish: { input: Receipt; result: string };
};

/** A thread takes as long to start as it takes to compare the texts of this many stories. */
const storiesMin = 200;
/** Stories are sent together, up to so many and so many characters. */
const storiesOfBatch = 20;
const charsOfBatch = 1_000_000;
/** So many batches can wait for the thread. Then the import waits, so that texts do not fill the memory. */
const batchesMax = 3;
/** The thread needs one story at a time, and would otherwise let garbage grow to several times of that. */
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 };

/**
 * Writes the pages of a receipt beside the import: comparing the old texts with the new ones takes a fifth of the time
 * of an import, and nothing else waits for it. The pages are the same as those of `ReceiptPages`, which writes them here
 * if there are only a few stories.
 */
export class PagesBeside {
  readonly #folder: string;
  readonly #storiesMin: number;
  #batch: ImportedStory[] = [];
  #chars = 0;
  #thread: Thread<PageTasks> | undefined;
  readonly #sent: Promise<undefined>[] = [];
  #failed: { error: unknown } | undefined;

  /** @param folder is emptied */
  constructor(folder: string, storiesFirst = storiesMin) {
    this.#folder = folder;
    this.#storiesMin = storiesFirst;
  }

  /** Adds a story. It never throws, because a story is imported whether or not it is on a page. */
  async add(story: ImportedStory): Promise<void> {
    if (this.#failed) return;
    this.#batch.push(story);
    this.#chars += story.old.text.length + story.now.length;
    if (this.#batch.length < (this.#thread ? storiesOfBatch : this.#storiesMin) && this.#chars < charsOfBatch) return;
    await this.#send();
  }

  /**
   * Writes what is left, and the first page. It never throws, because the import is complete without these pages.
   *
   * @returns its path, or why the pages could not be written
   */
  async finish(receipt: Receipt): Promise<{ page: string } | { fault: string }> {
    try {
      return { page: await this.#finish(receipt) };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) };
    }
  }

  async #finish(receipt: Receipt): Promise<string> {
    if (this.#thread) {
      await this.#send();
      while (this.#sent.length > 0) await this.#settle();
      if (this.#failed) throw this.#failed.error;
      // The first page does not show single changes and files, which can be most of a receipt.
      return await this.#thread.ask('finish', { ...receipt, changes: [], stories: [] });
    }
    const pages = new ReceiptPages(this.#folder);
    for (const story of this.#batch) pages.add(story);
    return pages.finish(receipt);
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#thread?.close();
  }

  async #send(): Promise<void> {
    this.#thread ??= new Thread<PageTasks>(engineFile('import/receipt-page/pages-thread.ts'), this.#folder, memory);
    const sent = this.#thread.ask('add', this.#batch);
    sent.catch(() => {}); // awaited later
    this.#sent.push(sent);
    this.#batch = [];
    this.#chars = 0;
    if (this.#sent.length > batchesMax) await this.#settle();
  }

  async #settle(): Promise<void> {
    try {
      await this.#sent.shift();
    } catch (error) {
      this.#failed ??= { error };
    }
  }
}
