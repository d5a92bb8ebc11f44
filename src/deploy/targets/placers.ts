import { availableParallelism } from 'node:os';
import { engineFile } from '../../press/template-folder.ts';
import { Thread } from '../../press/threads/thread.ts';
import { FileChangedError, type RemoteFile, type Upload } from '../target.ts';
import { type Placing, placer, placeUpload } from './place-file.ts';

/** What happened to one file. */
export type Placed = { is: RemoteFile } | { changed: string } | { failed: Failure };
type Failure = Pick<NodeJS.ErrnoException, 'name' | 'message' | 'code' | 'errno' | 'syscall' | 'path'> & {
  dest?: string;
};
export type PlaceTasks = { place: { input: Placing[]; result: Placed[] } };

/** Fewer files are placed before a thread has started. */
const filesBeforeThreads = 500;
const threadsMax = 4;
/** Between two groups, this thread shows progress and answers Ctrl+C. */
const groupMax = 32;

/** Places one group of files after the other. */
interface Worker {
  place(files: Placing[]): Promise<Placed[]>;
  /** How many groups it can be given at once, so that it never waits for this thread. */
  groupsMax: number;
  groups: number;
}

/**
 * Puts files into a folder of this machine with system calls that wait, because handing each of them to one of Node's
 * own threads takes longer than the call. This thread places the first files, and several others place many.
 *
 * @param parts a folder for incomplete files, absolute. Each thread has one of its own inside
 * @param at where a path of the site is
 */
export function placers(parts: string, at: (path: string) => string) {
  const waiting: { file: Placing; resolve(file: RemoteFile): void; reject(error: unknown): void }[] = [];
  const threads: Thread<PlaceTasks>[] = [];
  const here = placer(`${parts}/here`);
  let workers: Worker[] = [{ place: async (files) => placedBy(here, files), groupsMax: 1, groups: 0 }];
  let count = 0;

  async function work(worker: Worker): Promise<void> {
    if (worker.groups === worker.groupsMax) return;
    worker.groups += 1;
    // Files that are put at the same moment become one group.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0 && workers.includes(worker)) {
      const group = waiting.splice(0, groupMax);
      const placed = await worker.place(group.map(({ file }) => file));
      for (const [i, { resolve, reject }] of group.entries()) {
        const one = placed[i]!;
        if ('is' in one) resolve(one.is);
        else reject(errorOf(one));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    worker.groups -= 1;
  }

  function startThreads(): void {
    const apart = engineFile('deploy/targets/place-thread.ts');
    workers = Array.from({ length: Math.min(threadsMax, availableParallelism()) }, (_, i) => {
      const thread = new Thread<PlaceTasks>(apart, `${parts}/${i}`, {});
      threads.push(thread);
      const worker: Worker = {
        groupsMax: 2,
        groups: 0,
        async place(files) {
          try {
            return await thread.ask('place', files);
          } catch {
            // A thread that cannot run says nothing about the files.
            worker.place = async (others) => placedBy(here, others);
            return await worker.place(files);
          }
        },
      };
      return worker;
    });
  }

  let others = 0;
  return {
    async put(file: Upload): Promise<RemoteFile> {
      const { path, from, sha256, size } = file;
      const to = at(path);
      if (file.isLarge || from === undefined) return await placeUpload(file, `${parts}/large/${others++}`, to);
      if (++count === filesBeforeThreads) startThreads();
      return await new Promise((resolve, reject) => {
        waiting.push({ file: { path, from, to, sha256, size }, resolve, reject });
        for (const worker of workers) void work(worker);
      });
    },
    async close(): Promise<void> {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

export function placedBy(place: (file: Placing) => RemoteFile, files: readonly Placing[]): Placed[] {
  return files.map((file): Placed => {
    try {
      return { is: place(file) };
    } catch (error) {
      if (error instanceof FileChangedError) return { changed: error.path };
      const { name, message, code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
      return { failed: { name, message, code, errno, syscall, path, ...(dest !== undefined && { dest }) } };
    }
  });
}

/** An error loses what the system said on its way between threads. */
function errorOf(placed: Exclude<Placed, { is: RemoteFile }>): Error {
  return 'changed' in placed
    ? new FileChangedError(placed.changed)
    : Object.assign(new Error(placed.failed.message), placed.failed);
}
