import { join } from 'node:path';
import { closeIndexHandle, type IndexHandle, transaction } from '../index/handle.ts';
import { openHidden } from '../index/hidden.ts';
import { knownFiles, linkingTo, turningFiles } from '../ingest/again.ts';
import { followDeployProblems } from '../ingest/deploy-problems.ts';
import { authorFile, frontFile, pageFile, storyFile } from '../ingest/file-names.ts';
import { ingest } from '../ingest/ingest.ts';
import type { NewsroomChanges } from '../ingest/ingest-run.ts';
import { scan } from '../ingest/scan.ts';
import { meta, setMeta } from '../press/meta.ts';
import { forgetIndex, openIndex } from '../press/open-index.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { type BrokenFiles, noteBroken, withoutBroken } from './broken-files.ts';

/** The index from which `dev` shows pages. It is separate from the index of a publish. */
export interface DevIndex {
  index: IndexHandle;
  /**
   * Ingests what was saved.
   *
   * @returns every current problem of the newsroom, not only those in the saved files. While one of them is an error,
   *   the index keeps its previous content.
   */
  refresh(): Promise<Problem[]>;
  /** Runs work while nothing is ingested. Other connections to the index can write only then. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

/** A scan that is this fast is never skipped. */
const quickMs = 100;

/**
 * Files with warnings are ingested again after every change, because a change in another file can resolve the warning.
 */
const againMax = 200;

/**
 * Opens the index for `dev`.
 *
 * @param file the SQLite file
 * @param cache the cache folder
 * @param now the time that decides what is public, in ms
 * @param clock the clock, in ms
 * @param leavesOutBroken whether a file with an error keeps only itself out of the index. The index then has what it had
 *   before of it, or only its name. An error in site.yaml still keeps everything out
 * @param showsHidden whether stories that readers cannot see are shown at their addresses
 */
export function openDevIndex({
  site,
  file,
  cache,
  now,
  clock,
  showsHidden,
  leavesOutBroken = false,
}: {
  site: string;
  file: string;
  cache: string;
  now: () => number;
  clock: () => number;
  showsHidden: boolean;
  leavesOutBroken?: boolean;
}): DevIndex {
  let index = openIndex(site, file, cache);
  // Without stored warnings, those about unchanged files would never be reported.
  if (meta(index, 'warnings') === undefined) {
    closeIndexHandle(index);
    forgetIndex(file);
    index = openIndex(site, file, cache);
  }
  const opened = index;
  if (showsHidden) opened.hidden = openHidden();
  let problems: Problem[] = [];
  let running: Promise<Problem[]> | undefined;
  let following: Promise<Problem[]> | undefined;
  let scannedAt = Number.NEGATIVE_INFINITY;
  let scanMs = 0;

  const deployFile = followDeployProblems(site);
  // No page depends on deploy.yaml, so its mistakes must not stand in place of the pages.
  const ofDeploy = async () => (await deployFile()).map((one): Problem => ({ ...one, severity: 'warning' }));

  const ingestOnce = (broken: BrokenFiles): Promise<Problem[]> =>
    transaction(opened.db, async () => {
      const kept = keptWarnings(opened);
      let seen = scan(opened, clock());
      const turning = turningFiles(opened, now());
      if (seen.changed.size + seen.gone.length + turning.length > 0)
        for (const known of [
          ...knownFiles(
            opened,
            kept.map(({ file }) => file),
            againMax,
          ),
          ...linkingTo(opened, [...seen.changed, ...turning], againMax),
        ])
          if (isIngestedByItself(known)) seen.changed.add(known);
      if (broken.size > 0) seen = withoutBroken(opened, seen, broken);
      const warnings = warningsNow(kept, await ingest(opened, seen, now(), { dist: join(site, 'dist') }));
      keepWarnings(opened, warnings);
      return warnings;
    });

  const ingestChanges = async (): Promise<Problem[]> => {
    const began = performance.now();
    const errors = new Map<string, Problem>();
    const broken: BrokenFiles = new Map();
    try {
      for (let round = 1; ; round++) {
        try {
          const warnings = await ingestOnce(broken);
          return [...errors.values(), ...warnings];
        } catch (error) {
          opened.memo.clear(); // it may contain results from inside the transaction
          if (!(error instanceof ProblemsError)) throw error;
          const kept = leavesOutBroken && round < roundsMax ? noteBroken(opened, broken, error.problems) : [];
          for (const one of kept) errors.set(JSON.stringify(one), one);
          if (kept.length > 0) continue;
          for (const one of error.problems) errors.set(JSON.stringify(one), one);
          return [...errors.values()];
        } finally {
          delete opened.overlay;
          delete opened.leftOut;
        }
      }
    } finally {
      scannedAt = performance.now();
      scanMs = scannedAt - began;
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };

  const start = async (): Promise<Problem[]> => {
    running = exclusively(async () => [...(await ingestChanges()), ...(await ofDeploy())]).finally(() => {
      running = undefined;
    });
    problems = await running;
    return problems;
  };
  const refresh = async (): Promise<Problem[]> => {
    // A page makes several requests at once. A scan of a large newsroom takes a while, and is not repeated for nearly
    // as long as it took. In a small newsroom every request scans, even on a busy machine.
    if (!running && performance.now() - scannedAt < scanMs - quickMs) return problems;
    if (!running) return await start();
    // The running scan may already have passed a file that was saved just before this request, so another one follows
    // it, for all requests that come meanwhile.
    const follow = () => {
      following = undefined;
      return running ?? start();
    };
    following ??= running.then(follow, follow);
    return await following;
  };
  opened.refresh = async () => {
    await refresh();
  };
  return { index: opened, refresh, exclusively, close: () => closeIndexHandle(opened) };
}

/** Leaving one file out can show a mistake in another. After so many rounds, the index stays as it is. */
const roundsMax = 8;

const isIngestedByItself = (file: string): boolean =>
  [storyFile, pageFile, frontFile, authorFile].some((kind) => kind.test(file));

/**
 * A publish reports the warnings of what it ingests. Anyone who works on the newsroom needs them until they are
 * resolved.
 */
function warningsNow(kept: Problem[], { warnings, isScanned }: NewsroomChanges): Problem[] {
  const all = [...kept.filter(({ file }) => !isScanned(file)), ...warnings];
  return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const keptWarnings = (index: IndexHandle): Problem[] => JSON.parse(meta(index, 'warnings') ?? '[]') as Problem[];

function keepWarnings(index: IndexHandle, warnings: Problem[]): void {
  const text = JSON.stringify(warnings);
  if (text !== meta(index, 'warnings')) setMeta(index, 'warnings', text);
}
