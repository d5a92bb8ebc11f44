import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { closeIndexHandle, openIndexHandle } from '../../index/handle.ts';
import { isTurning } from '../../ingest/due.ts';
import { deployFile } from '../../newsroom/deploy-file.ts';
import { indexFile, realFolder } from '../../press/index-file.ts';
import { nextChange } from '../../press/next-change.ts';
import { publish } from '../../press/publish.ts';
import type { Progress, Signer } from '../../press/publish-options.ts';
import type { Report } from '../../press/report.ts';
import { templatesFolder } from '../../press/template-folder.ts';
import { ProblemsError } from '../../problems/problem.ts';
import { isLargePublish, publishApart } from './publish-apart.ts';

/** How far a publish is. */
export interface PublishStep {
  phase: Progress['phase'] | 'waiting' | 'deploy';
  done: number;
  total: number;
}

/** What was published. */
export interface Published {
  report: Report;
  /** What went wrong when the built site was sent, if anything did. */
  deployFault?: string;
}

/** Publishes the newsroom of a desk, one publish at a time. */
export interface Publisher {
  /** The folder of the site, absolute. */
  dist: string;
  /**
   * Builds the site, and sends it if the newsroom has a target.
   *
   * @param changed newsroom-relative. Only these files are scanned. Without them, everything that was saved goes out
   * @throws ProblemsError if the newsroom has mistakes. Nothing was written then
   */
  publish(changed: string[] | undefined, onStep?: (step: PublishStep) => void): Promise<Published>;
  /** Whether a deploy is configured. */
  hasTarget(): boolean;
  close(): void;
}

export interface PublisherOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The cache folder, absolute. */
  cache: string;
  /** The clock, in ms. */
  now: () => number;
  dist?: string;
  /** Signs the manifest, if there is a key. */
  signer?: (() => Promise<Signer | undefined>) | undefined;
  /** A newsroom with at least so many files has its large publishes in another process. */
  filesMin?: number;
  /** Called after each publish. @param isDue whether it began by itself, because something was due */
  onPublished?: (published: Published, isDue: boolean) => void;
  /** Called if a publish that began by itself failed. */
  onFault?: (error: unknown) => void;
}

/** The clock of a machine can be set, and the machine can sleep, so no wait is longer than this. */
const longestMs = 20_000;
/** What is due was refused, so it is tried again only after a while. */
const refusedMs = 60_000;

/** Opens the publisher of a desk. From then on, whatever is due goes out at its minute. */
export function openPublisher({
  site,
  cache,
  now,
  dist: folder = join(site, 'dist'),
  signer = async () => undefined,
  filesMin,
  onPublished = () => {},
  onFault = () => {},
}: PublisherOptions): Publisher {
  const dist = realFolder(folder);
  const apart = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };
  const hasTarget = () => existsSync(join(site, deployFile));

  const run = async (changed: string[] | undefined, onStep: (step: PublishStep) => void): Promise<Published> => {
    const wanted = { site, dist, cache, now: now(), changed };
    const report = isLargePublish(wanted, Date.now(), filesMin)
      ? await publishApart(wanted, onStep, apart.signal)
      : await publish({
          ...wanted,
          clock: Date.now(),
          signer: await signer(),
          onProgress: onStep,
          onWait: () => onStep({ phase: 'waiting', done: 0, total: 1 }),
        });
    if (!hasTarget()) return { report };
    onStep({ phase: 'deploy', done: 0, total: 1 });
    const deployFault = await send(site, dist, apart.signal).catch((error: unknown) => String(error));
    return { report, ...(deployFault !== undefined && { deployFault }) };
  };

  // Whatever is due goes out by itself.
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let notBefore = 0;
  const look = async (): Promise<void> => {
    const due = dueIn({ site, cache, dist }, now());
    if (due.isNow && now() >= notBefore)
      await inTurn(async () => {
        // The publish that this one waited for may have done it.
        if (isClosed || !dueIn({ site, cache, dist }, now()).isNow) return;
        try {
          onPublished(await run([], () => {}), true);
        } catch (error) {
          notBefore = now() + refusedMs;
          onFault(error);
        }
      });
    plan(dueIn({ site, cache, dist }, now()).next);
  };
  const plan = (next: number | undefined): void => {
    if (isClosed) return;
    const left = next === undefined ? longestMs : Math.min(Math.max(next - now(), 0) + 1, longestMs);
    timer = setTimeout(() => void look().catch(onFault), left).unref();
  };
  const replan = () => {
    clearTimeout(timer);
    plan(dueIn({ site, cache, dist }, now()).next);
  };
  plan(now());

  return {
    dist,
    hasTarget,
    publish: (changed, onStep = () => {}) =>
      inTurn(async () => {
        const published = await run(changed, onStep);
        onPublished(published, false);
        replan();
        return published;
      }),
    close() {
      isClosed = true;
      apart.abort();
      clearTimeout(timer);
    },
  };
}

/** Whether something is due by now that is not on the site yet, and when the next thing is. The press knows what waits. */
function dueIn(
  { site, cache, dist }: { site: string; cache: string; dist: string },
  now: number,
): { isNow: boolean; next?: number } {
  const file = indexFile(cache, dist);
  if (!existsSync(file)) return { isNow: false };
  try {
    const index = openIndexHandle(site, file, 'read');
    try {
      const next = nextChange(index, now);
      return { isNow: isTurning(index, now), ...(next !== null && { next: Date.parse(next) }) };
    } finally {
      closeIndexHandle(index);
    }
  } catch {
    return { isNow: false }; // a publish is creating it, or it is damaged, which the next publish finds
  }
}

/**
 * Sends the built site with `broadsheet deploy`, in a process of its own, which knows the secrets and the lock of the
 * target.
 *
 * @returns what went wrong, in words
 */
async function send(site: string, dist: string, signal: AbortSignal): Promise<string | undefined> {
  const child = spawn(
    process.execPath,
    [join(templatesFolder, 'cli/bin.mjs'), 'deploy', '--site', site, '--out', dist, '--json'],
    { cwd: site, stdio: ['ignore', 'pipe', 'pipe'], signal },
  );
  let [out, said] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (said += data));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code === 0) return undefined;
  try {
    const { errors } = JSON.parse(out) as { errors: { message: string; hint?: string }[] };
    return errors.map(({ message, hint }) => [message, hint].filter(Boolean).join(' ')).join('\n');
  } catch {
    return said.trim() || 'The deploy ended without saying why.';
  }
}

export const isRefusal = (error: unknown): error is ProblemsError => error instanceof ProblemsError;
