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
import { lockPress } from './lock.ts';
import { meta } from './meta.ts';
import { forgetIndex, openIndex } from './open-index.ts';
import { foreignDist } from './problems.ts';
import { nothingDue, publishNothing } from './publish-nothing.ts';
import type { PublishOptions } from './publish-options.ts';
import { type Report, Timings } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { startDistScanner } from './threads/dist-scanner.ts';
import type { Threads } from './threads/pool.ts';
import { scanTogether } from './threads/scan-together.ts';
import { distrustUnfinished } from './unfinished.ts';
import { isOurs, markOf } from './write.ts';

/**
 * Brings dist up to date with the newsroom. If the process is killed at any moment, the next call finishes the work. A
 * damaged cache is created again.
 *
 * @throws ProblemsError if the newsroom has mistakes. Nothing was written then
 * @throws SetupError if dist contains files of somebody else
 */
export async function publish(options: PublishOptions): Promise<Report> {
  const { cache, clock, onNotice = () => {} } = options;
  const dist = realFolder(options.dist);
  const timings = new Timings(() => performance.now(), 0);
  if (!isOurs(dist)) throw foreignDist(dist);
  const release = await lockPress(cache, new Date(clock), options.onWait ?? (() => {}));
  try {
    const index = indexFile(cache, dist);
    // What a killed publish left behind may be incomplete.
    clearBodyCaches(index);
    const hasCache = existsSync(index) && !options.clean;
    try {
      return await publishOnce(options, dist, timings);
    } catch (error) {
      // Before an error counts as a bug, the publish is tried without anything from earlier builds.
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
  // One thread fills the index. Meanwhile, the threads that will render pages load the templates and read stories for
  // it.
  let early: Threads | undefined;
  let open: IndexHandle | undefined;
  let bundling: Promise<Bundle> | undefined;
  // If the caller names the files that changed, in an archive of any size, no other files are scanned.
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
    // A list of changes is useless to an index that has not seen the other files.
    const seen = options.changed && !isNew ? scan(index, clock, options.changed) : await scanTogether(index, clock);
    timings.endPhase('scan');
    // Checking whether the bundle is complete takes a while, and a publish in which nothing changed needs no templates.
    const isNeeded = seen.changed.size + seen.gone.length > 0 || all;
    let distScan: DistScan | 'to come' | undefined = 'to come';
    if (there && !isNeeded && nothingDue(index, options.now)) {
      distScan = await distScanner?.end();
      timings.endPhase('scan dist');
      const idle = await publishNothing(index, {
        dist,
        bundle: there,
        seen,
        distScan,
        now: options.now,
        signer: options.signer,
      });
      if (idle) return { ...idle, seconds: timings.total() };
    }
    // Modules that a publish without any change does not need are not even loaded, because loading them takes as long
    // as everything else.
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
    // Nobody else can build in the same folder meanwhile.
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

/** Whether an error has no known cause in the newsroom, on the disk, or in the bundler. */
function isUnexplained(error: unknown): boolean {
  if (error instanceof ProblemsError || !(error instanceof Error)) return false;
  const { code = '', errcode } = error as { code?: string; errcode?: number };
  if (errcode !== undefined) return ![5, 6, 13].includes(errcode & 0xff); // busy, locked, full
  return !/^E[A-Z0-9]+$/.test(code);
}
