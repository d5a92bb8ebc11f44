import { join } from 'node:path';
import { closeIndexHandle, type IndexHandle, transaction } from '../index/handle.ts';
import { openHidden } from '../index/hidden.ts';
import { ingest } from '../ingest/ingest.ts';
import type { NewsroomChanges } from '../ingest/ingest-run.ts';
import { authorFile, frontFile, pageFile, storyFile } from '../ingest/newsroom-files.ts';
import { scan } from '../ingest/scan.ts';
import { meta, setMeta } from '../press/meta.ts';
import { forgetIndex, openIndex } from '../press/open-index.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';

/** The index that `dev` shows pages from: its own, never that of a publish. */
export interface DevIndex {
  index: IndexHandle;
  /**
   * Ingests what was saved.
   *
   * @returns every problem of the newsroom as it is now, not only of what was saved. While one is an error, the index
   * still holds what was there before.
   */
  refresh(): Promise<Problem[]>;
  close(): void;
}

/** A scan that takes no longer is never skipped. */
const quickMs = 100;

/** Files with warnings are ingested again with every change, because it may be another file that mends them. */
const againMax = 200;

/**
 * Opens the index for `dev`.
 *
 * @param file the SQLite file
 * @param cache the cache folder
 * @param now decides what is public, in ms
 * @param clock the clock, in ms
 * @param showsHidden whether stories that readers cannot see are shown at their addresses
 */
export function openDevIndex({
  site,
  file,
  cache,
  now,
  clock,
  showsHidden,
}: {
  site: string;
  file: string;
  cache: string;
  now: () => number;
  clock: () => number;
  showsHidden: boolean;
}): DevIndex {
  let index = openIndex(site, file, cache);
  // Without its warnings, those of files that nobody touches would never be told.
  if (meta(index, 'warnings') === undefined) {
    closeIndexHandle(index);
    forgetIndex(file);
    index = openIndex(site, file, cache);
  }
  const opened = index;
  if (showsHidden) opened.hidden = openHidden();
  let problems: Problem[] = [];
  let running: Promise<Problem[]> | undefined;
  let scannedAt = Number.NEGATIVE_INFINITY;
  let scanMs = 0;

  const ingestChanges = async (): Promise<Problem[]> => {
    const began = performance.now();
    try {
      return await transaction(opened.db, async () => {
        const kept = keptWarnings(opened);
        const seen = scan(opened, clock());
        const turning = turningFiles(opened, now());
        if (seen.changed.size + seen.gone.length + turning.length > 0)
          for (const known of [...filesOf(opened, kept), ...linkingTo(opened, [...seen.changed, ...turning])])
            if (isIngestedByItself(known)) seen.changed.add(known);
        const warnings = warningsNow(kept, await ingest(opened, seen, now(), { dist: join(site, 'dist') }));
        keepWarnings(opened, warnings);
        return warnings;
      });
    } catch (error) {
      opened.memo.clear(); // it may hold results from inside the transaction
      if (error instanceof ProblemsError) return error.problems;
      throw error;
    } finally {
      scannedAt = performance.now();
      scanMs = scannedAt - began;
    }
  };
  const refresh = async (): Promise<Problem[]> => {
    // A page asks for several things at once. A scan of a large newsroom takes a while, and is not
    // repeated for nearly as long as it took; at a small one every request scans, also on a busy machine.
    if (!running && performance.now() - scannedAt < scanMs - quickMs) return problems;
    running ??= ingestChanges().finally(() => {
      running = undefined;
    });
    problems = await running;
    return problems;
  };
  opened.refresh = async () => {
    await refresh();
  };
  return { index: opened, refresh, close: () => closeIndexHandle(opened) };
}

/** A file that is gone since leaves the index's own record with the next scan, so it is not named again. */
const filesOf = (index: IndexHandle, warnings: Problem[]): string[] => {
  const there = index.sql('SELECT 1 FROM file WHERE path = ?');
  return [...new Set(warnings.map(({ file }) => file))].filter((file) => there.get(file)).slice(0, againMax);
};

const isIngestedByItself = (file: string): boolean =>
  [storyFile, pageFile, frontFile, authorFile].some((kind) => kind.test(file));

/** Stories that come out, or go back, though no file changed. */
const turningFiles = (index: IndexHandle, now: number): string[] =>
  (
    index.sql('SELECT file FROM story WHERE (isPublic = 0 AND due <= ?1) OR (isPublic = 1 AND due > ?1)').all(now) as {
      file: string;
    }[]
  ).map(({ file }) => file);

/** Files with links to stories that changed: a link to a story that is hidden now gets a warning, where it stands. */
const linkingTo = (index: IndexHandle, files: string[]): string[] => {
  const links = index.sql(
    'SELECT DISTINCT link.file FROM story JOIN name USING (id) JOIN link USING (name) WHERE story.file = ? LIMIT ? + 0',
  );
  const found = files.slice(0, againMax).flatMap((file) => links.all(file, againMax) as { file: string }[]);
  return [...new Set(found.map(({ file }) => file))].slice(0, againMax);
};

/** A publish tells the warnings of what it ingests; whoever works on the newsroom wants them until they are mended. */
function warningsNow(kept: Problem[], { warnings, isScanned }: NewsroomChanges): Problem[] {
  const all = [...kept.filter(({ file }) => !isScanned(file)), ...warnings];
  return [...new Map(all.map((problem) => [JSON.stringify(problem), problem])).values()];
}

const keptWarnings = (index: IndexHandle): Problem[] => JSON.parse(meta(index, 'warnings') ?? '[]') as Problem[];

function keepWarnings(index: IndexHandle, warnings: Problem[]): void {
  const text = JSON.stringify(warnings);
  if (text !== meta(index, 'warnings')) setMeta(index, 'warnings', text);
}
