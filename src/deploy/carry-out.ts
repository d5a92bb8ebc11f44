import { several } from '../problems/counted.ts';
import { type History, undoOf } from './history.ts';
import { type Knowledge, stateOf } from './knowledge.ts';
import type { PutFile } from './known.ts';
import type { Step } from './order.ts';
import type { Plan } from './plan.ts';
import { type Retries, retrying } from './retry.ts';
import { type DeployProgress, type Done, runPlan } from './run-plan.ts';
import type { StateStore } from './state.ts';
import { intentFile, isWhole, type Lock, type Target, type Upload, type WholeTarget } from './target.ts';
import { readOnce, uploadOfText } from './upload.ts';

/** What a plan is carried out with. */
export interface Work {
  target: Target | WholeTarget;
  lock: Lock;
  retries: Retries;
  /** The folder of the site, absolute. */
  dist: string;
  /** When it is published, as ISO in UTC. */
  at: string;
  /** The files of the site. */
  paths: readonly string[];
  uploadOf(path: string): Upload;
  knowledge: Knowledge;
  store: StateStore;
  history: History;
  /** Is filled. */
  done: Done;
  onProgress(progress: DeployProgress): void;
  onRetry(path: string, error: Error): void;
}

/** Carries out a plan, and records what is at the target afterwards, and how to return to what was there before. */
export async function carryOut(plan: Plan, work: Work): Promise<void> {
  const { target, knowledge, store, history, at } = work;
  const before = store.published.size > 0 ? store.published : stateOf(knowledge, store.files);
  const state = stateOf(knowledge, store.files);
  const isTold = plan.sent.length > 0 || plan.deleted.length > 0;
  const afterChange = (path: string, file: PutFile | undefined) => {
    store.note(path, file);
    if (file) state.set(path, file);
    else state.delete(path);
  };
  if (isWhole(target)) await publishWhole(plan, { ...work, target, afterChange });
  else await sendEach(plan, { ...work, target, afterChange });
  if (!isTold && !store.isInterrupted && knowledge.read === 0 && store.published.size === state.size) return;
  const undo = undoOf(before, state);
  if (before.size > 0 && Object.keys(undo).length > 0) {
    const needed = keepsOld(target) ? undefined : new Set([...state.values()].map(({ sha256 }) => sha256));
    history.add({ at, files: undo }, (sha256) => needed?.has(sha256) ?? false);
  }
  store.write(state);
}

/**
 * Whether the bytes for a rollback are read from the target when they are replaced. Otherwise they are copied when they
 * are sent, because reading them back from a distant host would take as long as sending them.
 */
const keepsOld = (target: Target | WholeTarget): boolean =>
  target.read !== undefined && (target.isNear || (isWhole(target) && !target.readsSlowly));

type Running<Kind> = Work & { target: Kind; afterChange(path: string, file: PutFile | undefined): void };

async function keepOld(path: string, { target, knowledge, history }: Running<Target | WholeTarget>): Promise<void> {
  const old = knowledge.files.get(path);
  if (!keepsOld(target) || !old?.isOurs || old.sha256 === undefined || history.fileOf(old.sha256)) return;
  const bytes = await target.read?.(path);
  if (bytes) history.keep(old.sha256, bytes);
}

async function keepNew(upload: Upload, { target, history }: Running<Target | WholeTarget>): Promise<void> {
  if (keepsOld(target) || history.fileOf(upload.sha256)) return;
  history.keep(upload.sha256, upload.isLarge && upload.from !== undefined ? upload.from : await upload.bytes());
}

/** Whose bytes are ours from now on, whatever they are. */
const intentOf = (plan: Plan, { intent }: Knowledge): string[] => [
  ...new Set([...intent, ...plan.sent, ...plan.deleted]),
];

async function sendEach(plan: Plan, work: Running<Target>): Promise<void> {
  const { target, lock, retries, uploadOf, knowledge, done, onProgress, onRetry } = work;
  const isTold = plan.sent.length > 0 || plan.deleted.length > 0;
  const tell = async () => {
    await target.put(uploadOfText(intentFile, JSON.stringify(intentOf(plan, knowledge))));
  };
  if (isTold) await retrying(tell, retries);
  await runPlan(
    plan,
    {
      target,
      lock,
      retries,
      // The bytes that are kept for a rollback are those that were sent.
      uploadOf: keepsOld(target) ? uploadOf : (path) => readOnce(uploadOf(path)),
      beforeChange: async (path) => await keepOld(path, work),
      async afterSend(upload, file) {
        await keepNew(upload, work);
        work.afterChange(upload.path, { ...file, sha256: upload.sha256 });
      },
      afterRemove: (path) => work.afterChange(path, undefined),
      onProgress,
      onRetry,
    },
    done,
  );
  if (isTold || knowledge.listing.has(intentFile)) await retrying(() => target.remove(intentFile), retries);
}

async function publishWhole(plan: Plan, work: Running<WholeTarget>): Promise<void> {
  const { target, retries, dist, paths, uploadOf, done, onProgress } = work;
  const { sent, deleted, bytes } = plan;
  if (sent.length === 0 && deleted.length === 0 && !target.hasLeftovers) return;
  const files = new Map(paths.map((path): [string, Upload] => [path, uploadOf(path)]));
  for (const path of keepsOld(target) ? [...sent, ...deleted] : []) await keepOld(path, work);
  const total = sent.length + deleted.length;
  const noted = new Set<string>();
  const note = async (path: string, stamp = '') => {
    const upload = files.get(path)!;
    await keepNew(upload, work);
    const { sha256, size } = upload;
    work.afterChange(path, { sha256, size, stamp });
    noted.add(path);
  };
  const noteRemoved = (path: string) => {
    work.afterChange(path, undefined);
    noted.add(path);
  };
  const listing = await retrying(
    () =>
      target.publish({
        folder: dist,
        files,
        sent,
        deleted,
        kept: [...plan.added, ...plan.changed, ...plan.inTheWay],
        steps: stepsWithout(noted, plan.steps),
        clear: plan.clear,
        intent: intentOf(plan, work.knowledge),
        message: messageOf(plan),
        at: work.at,
        onProgress: (count, sentBytes) => onProgress({ phase: 'assets', done: count, total, bytes: sentBytes }),
        async onSent(files) {
          for (const [path, { stamp }] of files) await note(path, stamp);
        },
        onRemoved(paths) {
          for (const path of paths) noteRemoved(path);
        },
      }),
    retries,
  );
  for (const path of sent) if (!noted.has(path)) await note(path, listing.get(path)?.stamp);
  for (const path of deleted) if (!noted.has(path)) noteRemoved(path);
  done.sent.push(...sent);
  done.deleted.push(...deleted);
  done.bytes += bytes;
}

/** What is left to do after an attempt that failed. */
const stepsWithout = (noted: ReadonlySet<string>, steps: readonly Step[]): Step[] =>
  steps.flatMap((step): Step[] => {
    const [paths, is] = 'send' in step ? [step.send, 'send' as const] : [step.remove, 'remove' as const];
    const left = paths.filter((path) => !noted.has(path));
    return left.length === 0 ? [] : [{ ...step, [is]: left } as Step];
  });

const messageOf = ({ sent, deleted }: Plan): string =>
  `Sent ${several(sent.length, 'file')}, deleted ${several(deleted.length, 'file')}`;
