import { compileAhead } from '../index/bodies.ts';
import { openBodyCaches } from '../index/body-cache.ts';
import { type IndexHandle, transaction } from '../index/handle.ts';
import { ingest } from '../ingest/ingest.ts';
import { storyFile } from '../ingest/newsroom-files.ts';
import type { Scan } from '../ingest/scan.ts';
import { querySite } from '../queries/queries.ts';
import { encodePictures } from './assets.ts';
import { type Bundle, serverEntry } from './bundle.ts';
import { hasWork } from './counts.ts';
import { meta, setMeta } from './meta.ts';
import { nextChange } from './next-change.ts';
import { planAll, planChanges } from './plan.ts';
import type { PublishOptions } from './publish.ts';
import { isWhole } from './receipt.ts';
import { planRepairs } from './repair.ts';
import type { Report, Timings } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { startThreads, type Threads } from './threads/pool.ts';
import { work } from './work.ts';

/** A publish for which the index is open and the newsroom was scanned. */
export interface OpenPublish extends PublishOptions {
  renditions: string;
  /** Of the templates. */
  version: string;
  timings: Timings;
  seen: Scan;
  /** Every page is planned anew. */
  isAll: boolean;
  /** Pages are sure to be rendered. */
  isNeeded: boolean;
  /** The built templates, if they are in the cache. */
  there?: Bundle;
  /** The templates as they are being built, if somebody has begun. */
  bundling?: Promise<Bundle>;
  beginBundle: () => Promise<Bundle>;
  scanDist: () => Promise<DistScan | undefined>;
  /** Told of the threads that this publish starts, which whoever opened it ends. */
  onEarly: (threads: Threads) => void;
}

/**
 * Ingests what changed, plans, and does the work.
 *
 * @throws ProblemsError when the newsroom has mistakes: then nothing was written
 */
export async function publishChanges(index: IndexHandle, options: OpenPublish): Promise<Report> {
  const { site, dist, renditions, seen, isAll, isNeeded, version, timings, beginBundle } = options;
  const { onProgress = () => {}, onNotice = () => {} } = options;
  let { there, bundling } = options;
  let early: Threads | undefined;
  // Whether it is whole takes a while to say: a publish in which nothing changed needs no templates.
  if (there && isNeeded) there = wholeBundle(there, onNotice);
  if (!there) bundling ??= beginBundle();
  if (there) {
    early = startThreads(serverEntry(there), storiesIn(seen));
    if (early) options.onEarly(early);
  }
  const { warnings, distScan } = await transaction(index.db, async () => {
    const changes = await ingest(index, seen, options.now, {
      onProgress: (phase, done, total) => onProgress({ phase, done, total }),
      readers: early?.readers ?? [],
      isAll,
      dist,
    });
    timings.endPhase('index');
    if (isAll) planAll(index);
    else planChanges(index, changes);
    if (meta(index, 'templates') !== version) setMeta(index, 'templates', version);
    timings.endPhase('plan');
    const distScan = await options.scanDist();
    if (distScan) planRepairs(index, distScan);
    timings.endPhase('scan dist');
    await encodePictures(index, site, renditions, (done, total) => onProgress({ phase: 'pictures', done, total }));
    timings.endPhase('pictures');
    return { warnings: changes.warnings, distScan };
  });

  // While the templates are built, texts that none of this publish's edits had compiled.
  if (isAll && bundling && !index.bodyCache) await compileWhile(index, bundling);
  handOver(index);

  // What came out by the clock, or is to be put right in dist, needs them too.
  if (there && !isNeeded && hasWork(index, there)) there = wholeBundle(there, onNotice);
  if (!there) bundling ??= beginBundle();
  const bundle = there ?? (await bundling!);
  timings.endPhase('templates');
  const report = await work(index, { dist, site, renditions, bundle, early, timings, distScan, onProgress });
  return {
    ...report,
    warnings: [...(bundle.warnings ?? []), ...warnings],
    nextChange: nextChange(index, options.now),
    seconds: timings.total(),
  };
}

/** A bundle that is whole; of another, whoever asked is told that it is built again. */
function wholeBundle(bundle: Bundle, onNotice: (sentence: string) => void): Bundle | undefined {
  if (isWhole(bundle.folder)) return bundle;
  onNotice('The compiled templates in the cache were damaged. Broadsheet compiles them again.');
  return undefined;
}

/** Compiles texts for those who will print, as long as something else is waited for. A few are as soon compiled when they are printed. */
async function compileWhile(index: IndexHandle, waiting: Promise<unknown>): Promise<void> {
  const { count } = index.sql('SELECT count(*) AS count FROM story').get() as { count: number };
  if (count < storiesAheadMin) return;
  let isWaiting = true;
  const over = () => {
    isWaiting = false;
  };
  waiting.then(over, over);
  await compileAhead(index, querySite(index), () => isWaiting);
}

const storiesAheadMin = 400;

/** At least so many pages are to come. */
const storiesIn = ({ changed }: Scan): number => [...changed].filter((file) => storyFile.test(file)).length;

/** What was put in the cache of bodies is for others now, and for this thread too when it prints alone. */
function handOver(index: IndexHandle): void {
  const { bodyCache } = index;
  if (!bodyCache) return;
  bodyCache.close();
  index.bodyCache = openBodyCaches(index.file);
}
