import { join } from 'node:path';
import type { TargetSettings } from '../newsroom/deploy-schema.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type Contents, sha256Of } from '../site/manifest.ts';
import { carryOut } from './carry-out.ts';
import { fileLock } from './file-lock.ts';
import { type History, openHistory } from './history.ts';
import { askTarget, type Knowledge } from './knowledge.ts';
import { holderHere, type LockTimes, takeLock, targetLockFile } from './lock.ts';
import { missingFrom } from './missing-from.ts';
import { openTarget } from './open-target.ts';
import { planDeploy, refusedNames } from './plan.ts';
import {
  changedMeanwhile,
  deployFailed,
  incompleteSite,
  namesRefused,
  nothingToDeploy,
  tooManyDeletions,
} from './problems.ts';
import { type DeployReport, reportOf } from './report.ts';
import { isTransient, type Retries, retrying, usualRetries } from './retry.ts';
import { rollbackSource } from './rollback.ts';
import type { DeployProgress, Done } from './run-plan.ts';
import { type SiteUrl, staleLeftovers } from './stale-leftovers.ts';
import { openState, type StateStore } from './state.ts';
import { FileChangedError, isWhole, type Lock, type Target, type Upload, type WholeTarget } from './target.ts';
import { targetFolder } from './target-folder.ts';
import { unreachable } from './unreachable.ts';
import { uploadOf } from './upload.ts';
import type { Withheld } from './withheld.ts';

export interface DeployOptions {
  /** The name of the target in `content/deploy.yaml`. */
  name: string;
  settings: TargetSettings;
  /** The newsroom's folder, absolute. */
  site: string;
  /** The folder of the site, absolute. */
  dist: string;
  /** The folder for what is known about targets, absolute. */
  stateFolder: string;
  /** The files of the site. It is called again if they change while they are sent. */
  contents(): Promise<Contents>;
  /** The address of the site, to find links. Called only after a deploy that was stopped. */
  siteUrl?: (() => Promise<SiteUrl | undefined>) | undefined;
  /** Returns to an earlier publish: 1 is the one before the latest. */
  rollback?: number | undefined;
  /** The stories that a rollback must not bring back. */
  withheld?: (() => Promise<Withheld>) | undefined;
  isDry?: boolean;
  isForced?: boolean;
  deleteMax?: number | undefined;
  /** The arguments of this command, which the next one to try is told. */
  command: string;
  /** The time of the clock. */
  clock: Date;
  env: NodeJS.ProcessEnv;
  retries?: Retries;
  lockTimes?: LockTimes;
  onProgress?(progress: DeployProgress): void;
  /** A sentence that stays on the screen. */
  onSay?(sentence: string): void;
  /** Filled while the deploy runs, so it is right after a failure, too. */
  done?: Done;
  /** For tests. Defaults to the target of the settings. */
  target?: Target | WholeTarget;
}

/** The bytes of a file at the target. */
type Read = (path: string) => Promise<Uint8Array | undefined>;

/** Where the files come from that are sent. */
export interface Source {
  contents: Contents;
  uploadOf(path: string): Upload;
  problems: Problem[];
}

/**
 * Brings a target up to date with the site: sends the files that differ, and deletes those that are no longer part of
 * it. A deploy that was stopped at any moment is continued by the next one.
 *
 * @throws SetupError if the target refuses, is in use, or fails for good. Every file at the target is complete then
 */
export async function deploy(options: DeployOptions): Promise<DeployReport> {
  const { name, settings, site, isDry = false, lockTimes } = options;
  const folder = targetFolder(options.stateFolder, name, settings);
  const target =
    options.target ??
    (await openTarget(name, settings, { site, dist: options.dist, folder, env: options.env, lockTimes }));
  const retries = options.retries ?? usualRetries;
  try {
    if (isDry) return await once(options, { target, folder, retries });
    const holder = holderHere(options.command, options.clock);
    const lock = isWhole(target)
      ? await takeLock(target.name, fileLock(join(folder, targetLockFile)), holder, lockTimes)
      : await failing(target.name, options.done, () => retrying(() => target.lock(holder), retries));
    if (lock.doubt !== undefined) options.onSay?.(lock.doubt);
    try {
      return await untilSame(options, { target, folder, retries, lock });
    } finally {
      await lock.release().catch(() => {}); // the next deploy notices that this process has ended
    }
  } finally {
    await target.close();
  }
}

interface Opened {
  target: Target | WholeTarget;
  folder: string;
  retries: Retries;
  /** Absent in a dry run, which changes nothing. */
  lock?: Lock;
}

const attemptsMax = 3;

/** If a build changes files while they are sent, the plan is made again. */
async function untilSame(options: DeployOptions, opened: Opened): Promise<DeployReport> {
  for (let attempt = 1; ; attempt++)
    try {
      return await once(options, opened);
    } catch (error) {
      if (!(error instanceof FileChangedError)) throw error;
      if (attempt === attemptsMax) throw changedMeanwhile(error.path);
      options.onSay?.(`${error.path} changed while it was sent, so the files are compared again.`);
    }
}

async function once(options: DeployOptions, opened: Opened): Promise<DeployReport> {
  const { target, folder, retries } = opened;
  const { isDry = false, isForced = false, deleteMax, done = { sent: [], deleted: [], bytes: 0 } } = options;
  const store = openState(folder);
  const history = openHistory(folder);
  try {
    const knowledge = await failing(target.name, options.done, () =>
      retrying(() => askTarget(target, store.files), retries),
    );
    const read = async (path: string) => await retrying(async () => await target.read?.(path), retries);
    const source = await withForms(await sourceOf(options, store, history, { name: target.name, read }), options, read);
    const stale = await failing(target.name, options.done, () => staleOf(options, knowledge, source, read));
    const plan = planDeploy(source.contents, knowledge.files, { isForced, isKnown: knowledge.isKnown, stale });
    const refused = refusedNames(source.contents.keys(), target.whyNot, target.foldsCase ?? false);
    if (refused.length > 0) throw namesRefused(target.name, refused);
    if (deleteMax !== undefined && plan.deleted.length > deleteMax)
      throw tooManyDeletions(target.name, plan.deleted, deleteMax);
    if (opened.lock) {
      const work = {
        ...opened,
        lock: opened.lock,
        dist: options.dist,
        at: options.clock.toISOString(),
        paths: [...source.contents.keys()],
        uploadOf: source.uploadOf,
        knowledge,
        store,
        history,
        done,
        onProgress: (progress: DeployProgress) => options.onProgress?.(progress),
        onRetry: (path: string, error: Error) => options.onSay?.(`${path}: ${error.message}. Trying again.`),
      };
      await failing(target.name, options.done, () => carryOut(plan, work));
    }
    return reportOf(plan, target.name, isDry ? plan : done, source);
  } finally {
    store.close();
  }
}

/**
 * Adds the compressed forms of files, if the target has them. They are made of the bytes that are sent, also in a
 * rollback, whose pages can be other ones than those of that publish.
 */
async function withForms(source: Source, { settings, stateFolder }: DeployOptions, read: Read): Promise<Source> {
  if (!('precompressed' in settings) || !settings.precompressed) return source;
  const { compressedForms } = await import('./compress.ts');
  const contents = new Map(source.contents);
  const forms = await compressedForms(contents, {
    folder: join(stateFolder, 'compressed'),
    async bytesOf(path) {
      try {
        return await source.uploadOf(path).bytes();
      } catch (error) {
        // In a rollback, this machine has only the bytes that differ.
        const there = error instanceof FileChangedError ? await read(path) : undefined;
        if (there && sha256Of(there) === source.contents.get(path)?.sha256) return there;
        throw error;
      }
    },
  });
  for (const [path, form] of forms) contents.set(path, form);
  return {
    ...source,
    contents,
    uploadOf(path) {
      const form = forms.get(path);
      return form ? uploadOf(path, form, form.from) : source.uploadOf(path);
    },
  };
}

/** Only after a deploy that was stopped, so no page is read otherwise. */
async function staleOf(
  { siteUrl }: DeployOptions,
  knowledge: Knowledge,
  { contents }: Source,
  read: Read,
): Promise<ReadonlySet<string>> {
  const url = knowledge.intent.size > 0 ? await siteUrl?.() : undefined;
  if (!url) return new Set();
  return await staleLeftovers(knowledge, contents, url, async (path) =>
    Buffer.from((await read(path)) ?? []).toString(),
  );
}

async function sourceOf(
  { dist, contents, rollback, withheld, isForced = false }: DeployOptions,
  { files }: StateStore,
  history: History,
  { name, read }: { name: string; read: Read },
): Promise<Source> {
  if (rollback !== undefined)
    return await rollbackSource({ name, steps: rollback, now: files, history, read, withheld, isForced });
  const found = await contents();
  if (found.size === 0) throw nothingToDeploy(dist);
  // The next step would delete all of these at the target.
  const missing = isForced ? [] : await missingFrom(dist, found);
  if (missing.length > 0) throw incompleteSite(dist, missing);
  return {
    contents: found,
    uploadOf: (path) => uploadOf(path, found.get(path)!, join(dist, path)),
    problems: [],
  };
}

/** Failures of the network or of the host, with the name of the target. */
async function failing<T>(name: string, done: Done | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemsError || error instanceof FileChangedError || !(error instanceof Error)) throw error;
    const { code, status, path } = error as NodeJS.ErrnoException & { status?: number };
    // The command line knows what a full disk and a missing permission mean. An error without a code is a bug.
    const isForeign = status !== undefined || code !== undefined || isTransient(error);
    if (!isForeign || ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS'].includes(code ?? '')) throw error;
    const hasSent = done !== undefined && done.sent.length + done.deleted.length > 0;
    throw (
      unreachable(error, name, hasSent) ??
      deployFailed(
        name,
        path,
        `${error.message}. Every file at the target is complete.`,
        'Run the command again to continue where it stopped.',
      )
    );
  }
}
