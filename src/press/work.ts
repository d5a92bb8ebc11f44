import { type IndexHandle, transaction } from '../index/handle.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';
import { putAssets, type Refused } from './assets.ts';
import { type Bundle, serverEntry } from './bundle.ts';
import { countsOf, hasWork } from './counts.ts';
import { foldersOf, recordFolders } from './dist-record.ts';
import { writeManifest } from './manifest.ts';
import { distrustManifest, isManifestReliable } from './manifest-state.ts';
import { meta, setMeta } from './meta.ts';
import { pageSteps, Step } from './plan.ts';
import type { Pressed } from './press-pages.ts';
import { addressUnwritable } from './problems.ts';
import type { Progress, Signer } from './publish-options.ts';
import { jobsOf, settle, todoOf } from './queue.ts';
import { removeStale, removeStrays } from './remove.ts';
import type { RenderWay } from './render.ts';
import { type Changes, note, type Report, type Timings } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { openPool, type Threads } from './threads/pool.ts';
import { closeDist, markOf, openDist, removeFile, sweepParts } from './write.ts';

export interface Work {
  dist: string;
  site: string;
  cache: string;
  renditions: string;
  bundle: Bundle;
  early?: Threads;
  timings: Timings;
  /** How dist differs from its record. Undefined if dist was not scanned, or if there is no record. */
  distScan?: DistScan;
  /** The way in which pages are rendered, if the command chose one. */
  way?: RenderWay | undefined;
  /** Signs the manifest, if there is a key. */
  signer?: Signer | undefined;
  onProgress: (progress: Progress) => void;
  onNotice: (sentence: string) => void;
}

/**
 * Does the work in the queue: assets, new pages, changed pages, and deletions.
 *
 * @throws ProblemsError after all other work is done, naming the files that the disk can never store
 */
export async function work(
  index: IndexHandle,
  options: Work,
): Promise<Omit<Report, 'warnings' | 'nextChange' | 'seconds'>> {
  const { dist, site, renditions, bundle, timings, distScan, signer } = options;
  const report = {
    added: [] as string[],
    changed: [] as string[],
    removed: [] as string[],
    same: new Set<string>(),
    repaired: distScan ? [...distScan.missing, ...distScan.changed] : [],
    rendered: 0,
    refused: [] as Refused[],
  };
  const isKnown = meta(index, 'dist') !== undefined;
  if (!isKnown || hasWork(index, bundle, signer) || (distScan && distScan.strays.length > 0)) {
    const isDistNew = openDist(dist);
    try {
      for (const path of distScan?.blocked ?? []) removeFile(dist, path);
      setMeta(index, 'dist', markOf(dist) ?? '');
      const isReliable = isKnown && isManifestReliable(index);
      distrustManifest(index);
      await putAssets(index, { dist, site, renditions, bundle, report });
      timings.endPhase('assets');
      await pressAll(index, { ...options, isDistNew, report });
      timings.endPhase('pages');
      const stale = await removeStale(index, dist, report);
      timings.endPhase('deletions');
      if (todoOf(index, Step.search).length > 0) {
        const { indexYears } = await import('./search/index-years.ts'); // most publishes need it, but not those that only remove
        await indexYears(index, {
          dist,
          cache: options.cache,
          report,
          onProgress: (done, total) => options.onProgress({ phase: 'search', done, total }),
        });
        for (const file of await removeStale(index, dist, report)) stale.add(file);
      }
      timings.endPhase('search');
      const { added, changed, same } = report;
      const touched = isReliable
        ? new Set([...added, ...changed, ...same, ...stale, ...(distScan?.missing ?? []), ...(distScan?.changed ?? [])])
        : undefined;
      await writeManifest(index, { dist, touched, signer, report });
      timings.endPhase('manifest');
      // Without a record of dist, everything that this publish did not produce is deleted. In a new dist, that is at
      // most the folder of a page that the disk refused.
      if (!isKnown) {
        if (!isDistNew || report.refused.length > 0) removeStrays(index, dist, [''], report);
      } else if (distScan) report.repaired.push(...removeStrays(index, dist, distScan.strays, report));
    } finally {
      closeDist(dist);
    }
    timings.endPhase('deletions');
  } else sweepParts(dist);
  await noteFolders(index, dist, report, distScan);
  if (isKnown && meta(index, 'dist') !== markOf(dist)) setMeta(index, 'dist', markOf(dist) ?? '');
  if (report.refused.length > 0) throw new ProblemsError(report.refused.map((refused) => problemOf(index, refused)));
  const { refused: _, same: __, ...done } = report;
  return { ...done, ...countsOf(index, report) };
}

/**
 * Records the folders in which something was added, removed, or changed. If a publish is killed before this, the next
 * scan lists them.
 */
async function noteFolders(
  index: IndexHandle,
  dist: string,
  { added, changed, removed }: Changes,
  distScan?: DistScan,
): Promise<void> {
  const folders = new Set(distScan?.listed);
  for (const file of [...added, ...removed]) for (const folder of foldersOf(file)) folders.add(folder);
  for (const file of changed) for (const folder of foldersOf(file)) folders.add(folder);
  if (folders.size > 0 || added.length + changed.length + removed.length > 0) folders.add('');
  if (folders.size > 0) await transaction(index.db, () => recordFolders(index, dist, folders));
}

/** Each commit writes whole leaves of the index for a few rows, and makes every reading thread read the leaf again. */
const batchesPerCommit = 16;

/** New pages first, then those that link to them. */
async function pressAll(
  index: IndexHandle,
  {
    dist,
    isDistNew,
    site,
    bundle,
    early,
    timings,
    way,
    onProgress,
    onNotice,
    report,
  }: Work & {
    isDistNew: boolean;
    report: Changes & { rendered: number; refused: Refused[] };
  },
): Promise<void> {
  const { total } = index
    .sql('SELECT count(*) AS total FROM todo WHERE step BETWEEN ? AND ?')
    .get(pageSteps[0]!, pageSteps.at(-1)!) as { total: number };
  if (total === 0) return;
  const settings = { site, indexFile: index.file, serverEntry: serverEntry(bundle), dist, isDistNew, way };
  const pool = await openPool(index, settings, total, { early, onNotice });
  timings.endPhase('open');
  const waiting: Pressed[][] = [];
  try {
    for (const step of pageSteps) {
      await pool.press(jobsOf(index, step, isDistNew), (pressed) => {
        for (const page of pressed)
          if (page.refused === undefined) note(report, fileOfAddress(page.address), page.outcome);
          else report.refused.push({ file: fileOfAddress(page.address), why: page.refused });
        report.rendered += pressed.length;
        onProgress({ phase: 'pages', done: report.rendered, total });
        waiting.push(pressed);
        if (waiting.length >= batchesPerCommit) settle(index, step, waiting.splice(0));
      });
      settle(index, step, waiting.splice(0));
    }
  } finally {
    await pool.close();
  }
}

function problemOf(index: IndexHandle, { file, why }: Refused): Problem {
  const owner = index
    .sql('SELECT file FROM address WHERE fold IN (?, ?)')
    .get(file.toLowerCase(), file.normalize('NFC').toLowerCase()) as { file: string } | undefined;
  return addressUnwritable({ file: owner?.file ?? file, line: 1 }, file, why.split(',')[0] ?? '');
}
