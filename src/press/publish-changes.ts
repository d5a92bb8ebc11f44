import { existsSync } from 'node:fs';
import { compileAhead } from '../index/bodies.ts';
import { openBodyCaches } from '../index/body-cache.ts';
import { type IndexHandle, transaction } from '../index/handle.ts';
import { themeFoldersOf } from '../index/theme-roots.ts';
import { placeInSite } from '../ingest/check-security.ts';
import { siteFile, storyFile } from '../ingest/file-names.ts';
import { ingest } from '../ingest/ingest.ts';
import type { Scan } from '../ingest/scan.ts';
import type { Problem } from '../problems/problem.ts';
import { querySite, queryTrust } from '../queries/queries.ts';
import { encodePictures } from './assets.ts';
import { type Bundle, serverEntry } from './bundle.ts';
import { hasWork } from './counts.ts';
import { distrustManifest } from './manifest-state.ts';
import { meta, setMeta } from './meta.ts';
import { nextChange } from './next-change.ts';
import { planAll, planChanges } from './plan.ts';
import { manifestUnsigned, otherSigningKey } from './problems.ts';
import type { PublishOptions, Signer } from './publish-options.ts';
import { isWhole } from './receipt.ts';
import { planRepairs } from './repair.ts';
import type { Report, Timings } from './report.ts';
import type { DistScan } from './scan-dist.ts';
import { drawPlanned, planSocial } from './social-pictures.ts';
import { startThreads, type Threads } from './threads/pool.ts';
import { work } from './work.ts';

/** A publish whose index is open and whose newsroom has been scanned. */
export interface OpenPublish extends PublishOptions {
  renditions: string;
  /** The version of the templates. */
  version: string;
  timings: Timings;
  seen: Scan;
  /** Every page is planned again. */
  isAll: boolean;
  /** It is certain that pages will be rendered. */
  isNeeded: boolean;
  /** The compiled templates, if they are in the cache. */
  there?: Bundle;
  /** The templates, if their build has already started. */
  bundling?: Promise<Bundle>;
  beginBundle: () => Promise<Bundle>;
  scanDist: () => Promise<DistScan | undefined>;
  /** Called with the threads that this publish starts. The caller ends them. */
  onEarly: (threads: Threads) => void;
}

/**
 * Ingests what changed, plans, and does the work.
 *
 * @throws ProblemsError if the newsroom has mistakes. Nothing was written then
 */
export async function publishChanges(index: IndexHandle, options: OpenPublish): Promise<Report> {
  const { site, cache, dist, renditions, seen, isAll, isNeeded, version, timings, beginBundle } = options;
  const { onProgress = () => {}, onNotice = () => {} } = options;
  let { there, bundling } = options;
  let early: Threads | undefined;
  // Checking whether the bundle is complete takes a while, and a publish in which nothing changed needs no templates.
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
      ...(options.onText && { onText: options.onText }),
    });
    timings.endPhase('index');
    const unsigned = await checkKey(index, options.signer);
    if (unsigned) changes.warnings.push(unsigned);
    // A newsroom may have its manifest from now on, or none.
    if (changes.records.has('trust')) distrustManifest(index);
    if (isAll) planAll(index);
    else planChanges(index, changes);
    if (meta(index, 'templates') !== version) setMeta(index, 'templates', version);
    timings.endPhase('plan');
    const distScan = await options.scanDist();
    if (distScan) planRepairs(index, distScan);
    planSocial(index);
    timings.endPhase('scan dist');
    await encodePictures(index, site, renditions, (done, total) => onProgress({ phase: 'pictures', done, total }));
    timings.endPhase('pictures');
    const { cache } = options;
    await drawPlanned(index, { renditions, cache, bundling }, (done, total) =>
      onProgress({ phase: 'pictures', done, total }),
    );
    timings.endPhase('social pictures');
    return { warnings: changes.warnings, distScan };
  });

  // While the templates are built, compiles texts that no edit in this publish has compiled.
  if (isAll && bundling && !index.bodyCache) await compileWhile(index, bundling);
  handOver(index);

  // Pages that became due, or that have to be corrected in dist, need them too.
  if (there && !isNeeded && hasWork(index, there, options.signer)) there = wholeBundle(there, onNotice);
  if (!there) bundling ??= beginBundle();
  const bundle = there ?? (await bundling!);
  timings.endPhase('templates');
  const { way, signer } = options;
  const report = await work(index, {
    dist,
    site,
    cache,
    renditions,
    bundle,
    early,
    timings,
    distScan,
    way,
    signer,
    onProgress,
    onNotice,
  });
  return {
    ...report,
    warnings: [...(bundle.warnings ?? (await hostWarnings(site, seen))), ...warnings],
    nextChange: nextChange(index, options.now),
    seconds: timings.total(),
  };
}

/**
 * Checks that the manifest will be signed with the key that readers know.
 *
 * @returns a warning if it will not be signed
 * @throws SetupError for another key
 */
async function checkKey(index: IndexHandle, signer: Signer | undefined): Promise<Problem | undefined> {
  const { publicKey, manifest } = queryTrust(index);
  if (!manifest || publicKey === undefined) return undefined;
  if (!signer) return manifestUnsigned(await placeInSite(index, ['publicKey']));
  if (signer.publicKey() !== publicKey) throw otherSigningKey(publicKey, signer.publicKey());
  return undefined;
}

/** The templates were not checked again, but site.yaml may have stopped allowing a host that the theme needs. */
async function hostWarnings(site: string, { changed }: Scan): Promise<Problem[]> {
  if (!changed.has(siteFile) || !themeFoldersOf(site).some((folder) => existsSync(folder))) return [];
  const { themeProblems } = await import('./theme-check.ts'); // native parsers of styles and templates
  return (await themeProblems(site)).filter(({ rule }) => rule === 'theme-elsewhere');
}

/** A complete bundle. If it is damaged, the caller is told that it is built again. */
function wholeBundle(bundle: Bundle, onNotice: (sentence: string) => void): Bundle | undefined {
  if (isWhole(bundle.folder)) return bundle;
  onNotice('The compiled templates in the cache were damaged. Broadsheet compiles them again.');
  return undefined;
}

/**
 * Compiles texts for the threads that will render, while this thread waits for something else. For a few texts,
 * compiling them during rendering is just as fast.
 */
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

/** At least this many pages will be rendered. */
const storiesIn = ({ changed }: Scan): number => [...changed].filter((file) => storyFile.test(file)).length;

/** Moves the compiled bodies into the cache for other threads, and for this thread if it renders alone. */
function handOver(index: IndexHandle): void {
  const { bodyCache } = index;
  if (!bodyCache) return;
  bodyCache.close();
  index.bodyCache = openBodyCaches(index.file);
}
