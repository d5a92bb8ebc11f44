import { parentPort, type ResourceLimits, Worker } from 'node:worker_threads';
import { type Problem, ProblemsError } from '../../problems/problem.ts';

/** An error does not keep what the system says of it (`code`, `dest` and others) on the way between threads. */
type Answer = { done: unknown } | { failed: { message: string; problems?: Problem[] } };

/** What a thread can be asked, by name: what it is told, and what it answers. */
export type Tasks = Record<string, { told: unknown; answer: unknown }>;

/** A thread that does tasks in the order in which they were asked. */
export class Thread<Known extends Tasks> {
  readonly #worker: Worker;
  readonly #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  /** @param file the code of the thread; @param start what it is told at its start */
  constructor(file: string, start: unknown, memory: ResourceLimits) {
    this.#worker = new Worker(file, { workerData: start, resourceLimits: memory });
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    });
  }

  /** @throws what the thread threw */
  async ask<Name extends keyof Known>(name: Name, told: Known[Name]['told']): Promise<Known[Name]['answer']> {
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage({ name, told });
    });
    if ('done' in answer) return answer.done;
    const { failed } = answer;
    throw failed.problems ? new ProblemsError(failed.problems) : Object.assign(new Error(failed.message), failed);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

/**
 * The other side, in the thread: does one task after the other.
 *
 * @param isOnce the thread ends by itself after its first task: to end it from outside, at the very end, takes longer
 */
export function answerTasks<Known extends Tasks>(
  tasks: {
    [Name in keyof Known]: (told: Known[Name]['told']) => Promise<Known[Name]['answer']>;
  },
  isOnce = false,
): void {
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', <Name extends keyof Known>({ name, told }: { name: Name; told: Known[Name]['told'] }) => {
    last = last.then(async () => {
      parentPort?.postMessage(await answerOf(tasks[name](told)));
      if (isOnce) parentPort?.close();
    });
  });
}

async function answerOf(work: Promise<unknown>): Promise<Answer> {
  try {
    return { done: await work };
  } catch (error) {
    return { failed: error instanceof Error ? { ...error, message: error.message } : { message: String(error) } };
  }
}
