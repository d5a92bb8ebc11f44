import { workerData } from 'node:worker_threads';
import { serveTasks } from '../../press/threads/thread.ts';
import type { PageTasks } from './pages-beside.ts';
import { ReceiptPages } from './receipt-pages.ts';

/* A thread that writes the pages of a receipt while the import goes on. */
const pages = new ReceiptPages(workerData as string);

serveTasks<PageTasks>({
  add: async (stories) => {
    for (const story of stories) pages.add(story);
    return undefined;
  },
  finish: async (receipt) => pages.finish(receipt),
});
