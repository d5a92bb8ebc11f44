import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { clearBodyCaches } from '../index/body-cache.ts';
import { closeIndexHandle, type IndexHandle, transaction } from '../index/handle.ts';
import { forgetKnownPictures } from '../index/known-pictures.ts';
import { scan } from '../ingest/scan.ts';
import { ProblemsError } from '../problems/problem.ts';
import { type Bundle, buildBundle, bundleThere, packedBundle, templateVersion } from './bundle.ts';
import { forgetDist } from './dist-record.ts';
import { indexFile, realFolder } from './index-file.ts';
import { sealIndex } from './index-seal.ts';
import { distrustUnfinished } from './journal.ts';
import { type Holder, lockPress } from './lock.ts';
import { meta } from './meta.ts';
import { forgetIndex, openIndex } from './open-index.ts';
import { nothingDue, publishNothing } from './publish-nothing.ts';
import { type Report, Timings } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { type DistScanner, startDistScanner } from './threads/dist-scanner.ts';
import type { Threads } from './threads/pool.ts';
import { scanTogether } from './threads/scan-together.ts';
import { isOurs, markOf } from './write.ts';

export interface PublishOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** Where the site is written, absolute. */
  dist: string;
  /** The cache folder, absolute. */
  cache: string;
  /** What is due by then is public. Milliseconds since 1970 UTC. */
  now: number;
  /** The clock of this machine, in ms: for file times and the lock, never for a page. */
  clock: number;
  /** Newsroom-relative paths; only these files are scanned. */
  changed?: string[];
  /** Forget index, pages and traces first. */
  clean?: boolean;
  /** Compare all bytes of dist, also where sizes and times say that nothing changed. */
  isVerified?: boolean;
  /** Of this index, if it was started already: a thread takes a while to be there. */
  distScanner?: DistScanner;
  onProgress?: (progress: Progress) => void;
  onWait?: (holder: Holder | undefined) => void;
  /** Told in a sentence when something in the cache was damaged and is made anew. */
  onNotice?: (sentence: string) => void;
}

export interface Progress {
  phase: 'templates' | 'stories' | 'pictures' | 'pages';
  done: number;
  total: number;
}

/** A folder that is not ours to write to. */
export class ForeignDistError extends Error {
  constructor(dist: string) {
    super(
      `${dist} is not empty and was not written by Broadsheet, so nothing was written to it. Name another folder with --out, or empty this one yourself.`,
    );
    this.name = 'ForeignDistError';
  }
}

/**
 * Brings dist up to date with the newsroom. Killed at any moment, the next call finishes the work. A cache that is damaged
 * is made anew.
 *
 * @throws ProblemsError when the newsroom has mistakes: then nothing was written
 * @throws ForeignDistError when dist holds what is not ours
 */
export async function publish(options: PublishOptions): Promise<Report> {
  const { cache, clock, onNotice = () => {} } = options;
  const dist = realFolder(options.dist);
  const timings = new Timings(() => performance.now(), 0);
  if (!isOurs(dist)) throw new ForeignDistError(dist);
  const release = await lockPress(cache, new Date(clock), options.onWait ?? (() => {}));
  try {
    const index = indexFile(cache, dist);
    // What a killed publish left, and nobody can tell whether it is whole.
    clearBodyCaches(index);
    const hasCache = existsSync(index) && !options.clean;
    try {
      return await publishOnce(options, dist, timings);
    } catch (error) {
      // Before anything is called a fault, it is tried without what is kept from earlier builds.
      if (!hasCache || !isUnexplained(error)) throw error;
      onNotice(indexDamaged);
      return await publishOnce({ ...options, clean: true, distScanner: undefined }, dist, timings);
    }
  } finally {
    release();
  }
}

const indexDamaged =
  'The index in the cache was damaged. Broadsheet creates it again and compares every file of the site.';

async function publishOnce(options: PublishOptions, dist: string, timings: Timings): Promise<Report> {
  const { site, cache, clock, onProgress = () => {}, onNotice = () => {} } = options;
  const renditions = join(cache, 'renditions');
  const file = indexFile(cache, dist);
  // One thread fills the index. Those that print what it holds open the templates meanwhile, and read stories for it.
  let early: Threads | undefined;
  let open: IndexHandle | undefined;
  let bundling: Promise<Bundle> | undefined;
  // Who names the files that changed, in an archive of any size, wants nobody to look at the rest.
  const isScanned = options.changed === undefined || options.isVerified === true;
  const distScanner = isScanned ? (options.distScanner ?? startDistScanner({ site, index: file, dist })) : undefined;
  try {
    if (options.clean) {
      forgetIndex(file);
      forgetKnownPictures(cache);
      const { verifyRenditions } = await import('../pictures/encode.ts');
      if (existsSync(renditions)) await verifyRenditions(renditions);
    }
    const index = openIndex(site, file, cache, () => onNotice(indexDamaged));
    open = index;
    timings.endPhase('start');
    const version = templateVersion(site, cache);
    const begun = (built: Promise<Bundle>) => {
      onProgress({ phase: 'templates', done: 0, total: 1 });
      built.catch(() => {}); // awaited below; a mistake in a story is reported first
      return built;
    };
    const there = bundleThere(cache, version) ?? (await packedBundle(site, cache, version));
    if (!there) bundling = begun(buildBundle(site, cache, version));
    timings.endPhase('templates');

    const { db, sql } = index;
    const mark = markOf(dist);
    const isKnown = mark !== undefined && meta(index, 'dist') !== undefined;
    await transaction(db, () => (isKnown ? distrustUnfinished(index) : forgetDist(index)));
    const isNew = !sql('SELECT 1 FROM file LIMIT 1').get();
    const all = !isKnown || isNew || meta(index, 'templates') !== version;
    if (isKnown) distScanner?.begin(index, { isTrusted: !options.isVerified && meta(index, 'dist') === mark });
    // A list of changes says nothing to an index that has not seen the rest.
    const seen = options.changed && !isNew ? scan(index, clock, options.changed) : await scanTogether(index, clock);
    timings.endPhase('scan');
    // Whether it is whole takes a while to say: a publish in which nothing changed needs no templates.
    const isNeeded = seen.changed.size + seen.gone.length > 0 || all;
    let distScan: DistScan | 'to come' | undefined = 'to come';
    if (there && !isNeeded && nothingDue(index, options.now)) {
      distScan = await distScanner?.end();
      timings.endPhase('scan dist');
      const idle = await publishNothing(index, { dist, bundle: there, seen, distScan, now: options.now });
      if (idle) return { ...idle, seconds: timings.total() };
    }
    // What a publish without any change can do without is not even opened: it takes as long as the rest of it.
    const { publishChanges } = await import('./publish-changes.ts');
    return await publishChanges(index, {
      ...options,
      dist,
      renditions,
      version,
      timings,
      seen,
      isAll: all,
      isNeeded,
      there,
      bundling,
      beginBundle: () => begun(buildBundle(site, cache, version)),
      scanDist: async () => (distScan === 'to come' ? await distScanner?.end() : distScan),
      onEarly: (threads) => {
        early = threads;
      },
    });
  } catch (error) {
    // Nobody else may build in the same folder meanwhile.
    if (isUnexplained(error)) await bundling?.catch(() => {});
    throw error;
  } finally {
    distScanner?.close();
    await early?.close();
    if (open) closeIndexHandle(open);
    sealIndex(file);
    clearBodyCaches(file);
  }
}

/** Whether an error is nobody's known doing: neither the newsroom's, nor the disk's, nor the bundler's. */
function isUnexplained(error: unknown): boolean {
  if (error instanceof ProblemsError || !(error instanceof Error)) return false;
  const { code = '', errcode } = error as { code?: string; errcode?: number };
  if (errcode !== undefined) return ![5, 6, 13].includes(errcode & 0xff); // busy, locked, full
  return !/^E[A-Z0-9]+$/.test(code) && !/publish again$|^The templates cannot be built/.test(error.message);
}
