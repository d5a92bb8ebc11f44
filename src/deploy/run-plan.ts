import pLimit from 'p-limit';
import type { Phase } from './order.ts';
import type { Plan } from './plan.ts';
import { type Retries, retrying } from './retry.ts';
import type { Lock, RemoteFile, Target, Upload } from './target.ts';

/** What a deploy has done so far. It is filled while the deploy runs, so it is right after a failure, too. */
export interface Done {
  sent: string[];
  deleted: string[];
  bytes: number;
}

export interface DeployProgress {
  phase: Phase;
  done: number;
  total: number;
  /** Sent so far. */
  bytes: number;
}

export interface Run {
  target: Target;
  lock: Lock;
  uploadOf(path: string): Upload;
  /** Called before a file at the target is replaced or deleted. */
  beforeChange(path: string): Promise<void>;
  /** Called after a file was sent, with what the target says about it. */
  afterSend(upload: Upload, file: RemoteFile): Promise<void>;
  afterRemove(path: string): void;
  retries: Retries;
  onProgress(progress: DeployProgress): void;
  onRetry(path: string, error: Error): void;
}

/**
 * Carries out a plan. Each step begins when the one before has ended. Within a step, several files are sent at once.
 *
 * If a file fails for good, nothing more is started, and the error is thrown when what was started has ended.
 *
 * @param done is filled
 */
export async function runPlan(plan: Plan, run: Run, done: Done): Promise<void> {
  const { target, lock, retries, onProgress, onRetry } = run;
  const total = plan.sent.length + plan.deleted.length;
  let changed = 0;
  const tried = <T>(path: string, work: () => Promise<T>) => retrying(work, retries, (error) => onRetry(path, error));
  const progress = (phase: Phase) => {
    changed += 1;
    onProgress({ phase, done: changed, total, bytes: done.bytes });
  };

  const cleared = new Map<string, Promise<void>>();

  async function remove(path: string, phase: Phase): Promise<void> {
    await tried(path, () => run.beforeChange(path));
    await tried(path, () => target.remove(path));
    run.afterRemove(path);
    done.deleted.push(path);
    progress(phase);
  }

  async function send(path: string, phase: Phase): Promise<void> {
    const upload = run.uploadOf(path);
    for (const old of plan.clear.get(path) ?? []) {
      if (!cleared.has(old)) cleared.set(old, remove(old, phase));
      await cleared.get(old);
    }
    await tried(path, () => run.beforeChange(path));
    const file = await tried(path, () => target.put(upload));
    await run.afterSend(upload, file);
    done.sent.push(path);
    done.bytes += upload.size;
    progress(phase);
  }

  for (const step of plan.steps) {
    // A machine that was asleep may have lost its lock.
    await retrying(() => lock.check(), retries);
    if ('send' in step) await all(step.send, target.parallel, (path) => send(path, step.phase));
    else await all(step.remove, target.parallel, (path) => remove(path, step.phase));
  }
}

/** Does something with each of many, several at once. After a failure, no other one is started. */
async function all(paths: readonly string[], parallel: number, work: (path: string) => Promise<void>): Promise<void> {
  const limit = pLimit(Math.max(1, parallel));
  let failed: { error: unknown } | undefined;
  await Promise.all(
    paths.map((path) =>
      limit(async () => {
        if (failed) return;
        try {
          await work(path);
        } catch (error) {
          failed ??= { error };
        }
      }),
    ),
  );
  if (failed) throw failed.error;
}
