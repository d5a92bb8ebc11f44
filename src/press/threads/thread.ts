import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads';
import { type Problem, ProblemsError, SetupError } from '../../problems/problem.ts';

/** An error loses the system's details (`code`, `dest`, and others) on its way between threads. */
type Outcome = { done: unknown } | { failed: { message: string; name?: string; problems?: Problem[] } };

/** What a thread can be asked, by name: its input and its result. */
export type Tasks = Record<string, { input: unknown; result: unknown }>;

/** A thread that does tasks in the order in which they were requested. */
export class Thread<Known extends Tasks> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (result: Outcome) => void; reject: (error: Error) => void }[] = [];

  /** @param file the code of the thread; @param start passed to it when it starts */
  constructor(file: string, start: unknown, memory: ResourceLimits) {
    this.#worker = new Worker(file, { workerData: start, resourceLimits: memory });
    this.#worker.on('message', (result: Outcome) => this.#waiting.shift()?.resolve(result));
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  /** @throws what the thread threw */
  async ask<Name extends keyof Known>(name: Name, input: Known[Name]['input']): Promise<Known[Name]['result']> {
    const result = await new Promise<Outcome>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage({ name, input });
    });
    if ('done' in result) return result.done;
    const { failed } = result;
    if (!failed.problems) throw Object.assign(new Error(failed.message), failed);
    throw failed.name === 'SetupError' ? new SetupError(...failed.problems) : new ProblemsError(failed.problems);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/**
 * The part that runs inside the thread: does one task after another.
 *
 * @param isOnce the thread ends by itself after its first task, because ending it from outside, at the very end,
 *   takes longer
 */
export function serveTasks<Known extends Tasks>(
  tasks: {
    [Name in keyof Known]: (input: Known[Name]['input']) => Promise<Known[Name]['result']>;
  },
  isOnce = false,
): void {
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on(
    'message',
    <Name extends keyof Known>({ name, input }: { name: Name; input: Known[Name]['input'] }) => {
      last = last.then(async () => {
        parentPort?.postMessage(await outcomeOf(tasks[name](input)));
        if (isOnce) parentPort?.close();
      });
    },
  );
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    return { done: await work };
  } catch (error) {
    return { failed: error instanceof Error ? { ...error, message: error.message } : { message: String(error) } };
  }
}
