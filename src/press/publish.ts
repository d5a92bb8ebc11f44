import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compileAhead } from '../index/bodies.ts';
import { closeDesk, desk, transaction } from '../index/desk.ts';
import { digestOf } from '../index/digest.ts';
import { forgetKnownPictures } from '../index/known-pictures.ts';
import { type Look, look } from '../index/look.ts';
import { storyFile } from '../index/newsroom-files.ts';
import { querySite } from '../index/queries.ts';
import { clearShelves, openShelves } from '../index/shelf.ts';
import { takeIn } from '../index/take-in.ts';
import { verifyRenditions } from '../pictures/encode.ts';
import { fileOfAddress } from '../site/address.ts';
import { encodePictures, putAssets } from './assets.ts';
import { type Bundle, bundleThere, ensureBundle, serverEntry, templateVersion } from './bundle.ts';
import { jobsOf, settle } from './journal.ts';
import { type Holder, lockPress } from './lock.ts';
import { lookTogether } from './look-together.ts';
import { meta, setMeta } from './meta.ts';
import { forgetIndex, openIndex } from './open-index.ts';
import { planAll, planChanges, Step } from './plan.ts';
import { openPool, startThreads, type Threads } from './pool.ts';
import type { Pressed } from './press-pages.ts';
import { forgetQueryIds } from './record.ts';
import { removeStale, sweep } from './remove.ts';
import { type Changes, Laps, note, type Report } from './report.ts';
import { closeDist, isOurs, markerFile, openDist } from './write.ts';

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
  /** Newsroom-relative paths; only these files are looked at. */
  changed?: string[];
  /** Forget index, pages and traces first. */
  clean?: boolean;
  onProgress?: (progress: Progress) => void;
  onWait?: (holder: Holder | undefined) => void;
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

/** Each commit writes whole leaves of the index for a few rows, and makes every thread that reads leaf anew. */
const batchesPerCommit = 16;

/** The index file of a pair of newsroom and dist. Each dist has its own record of what lies in it. */
export const indexFile = (cache: string, dist: string): string =>
  join(cache, 'index', `${digestOf(dist).replace(/\W/g, '0')}.db`);

/**
 * Brings dist up to date with the newsroom. Killed at any moment, the next call finishes the work.
 *
 * @throws ProblemsError when the newsroom has mistakes: then nothing was written
 * @throws ForeignDistError when dist holds what is not ours
 */
export async function publish(options: PublishOptions): Promise<Report> {
  const { site, cache, clock, onProgress = () => {} } = options;
  const dist = realFolder(options.dist);
  const laps = new Laps(() => performance.now(), 0);
  if (!isOurs(dist)) throw new ForeignDistError(dist);
  // One thread fills the index. Those that print what it holds open the templates meanwhile, and read stories for it.
  let early: Threads | undefined;
  const release = await lockPress(cache, new Date(clock), options.onWait ?? (() => {}));
  try {
    const renditions = join(cache, 'renditions');
    const file = indexFile(cache, dist);
    if (options.clean) {
      forgetIndex(file);
      forgetKnownPictures(cache);
      if (existsSync(renditions)) await verifyRenditions(renditions);
    }
    openIndex(site, file, cache);
    forgetQueryIds();
    laps.lap('start');
    const version = templateVersion(site);
    const bundling = ensureBundle(site, cache, () => onProgress({ phase: 'templates', done: 0, total: 1 }));
    bundling.catch(() => {}); // awaited below; a mistake in a story is reported first
    laps.lap('templates');

    const { db, sql } = desk();
    const isKnown = meta('dist') !== undefined && meta('dist') === markOf(dist);
    if (!isKnown) db.exec("DELETE FROM page; DELETE FROM asset; DELETE FROM meta WHERE key IN ('dist', 'assets')");
    const isNew = !sql('SELECT 1 FROM file LIMIT 1').get();
    const all = !isKnown || isNew || meta('templates') !== version;
    // A list of changes says nothing to an index that has not seen the rest.
    const seen = options.changed && !isNew ? look(clock, options.changed) : await lookTogether(clock);
    laps.lap('look');
    const there = bundleThere(cache, version);
    if (there) early = startThreads(serverEntry(there), storiesIn(seen));
    const warnings = await transaction(db, async () => {
      const taken = await takeIn(seen, options.now, {
        onProgress: (phase, done, total) => onProgress({ phase, done, total }),
        readers: early?.readers ?? [],
        isAll: all,
        dist,
      });
      laps.lap('index');
      if (all) planAll();
      else planChanges(taken);
      setMeta('templates', version);
      laps.lap('plan');
      await encodePictures(site, renditions, (done, total) => onProgress({ phase: 'pictures', done, total }));
      laps.lap('pictures');
      return taken.warnings;
    });

    // While the templates are built, texts that none of this publish's edits had compiled.
    if (all && !there && !desk().shelf) await compileWhile(bundling);
    handOver(file);

    const bundle = await bundling;
    laps.lap('templates');
    const report = await work({ dist, site, index: file, renditions, bundle, early, laps, isKnown, onProgress });
    return {
      ...report,
      warnings: [...(bundle.warnings ?? []), ...warnings],
      nextChange: nextChange(options.now),
      seconds: laps.total(),
    };
  } finally {
    await early?.close();
    closeDesk();
    clearShelves(indexFile(cache, dist));
    release();
  }
}

/** Compiles texts for those who will print, as long as something else is waited for. A few are as soon compiled when they are printed. */
async function compileWhile(waiting: Promise<unknown>): Promise<void> {
  const { count } = desk().sql('SELECT count(*) AS count FROM story').get() as { count: number };
  if (count < storiesAheadMin) return;
  let isWaiting = true;
  const over = () => {
    isWaiting = false;
  };
  waiting.then(over, over);
  await compileAhead(querySite(), () => isWaiting);
}

const storiesAheadMin = 400;

/** At least so many pages are to come. */
const storiesIn = ({ changed }: Look): number => [...changed].filter((file) => storyFile.test(file)).length;

/** What was put on the shelf is for others now, and for this thread too when it prints alone. */
function handOver(index: string): void {
  const { shelf } = desk();
  if (!shelf) return;
  shelf.close();
  desk().shelf = openShelves(index);
}

/** The same folder by one name, also before it is there. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realFolder(above), basename(path));
  }
}

/** Tells whether dist is still the folder that the record speaks of: another one has another marker. */
function markOf(dist: string): string | undefined {
  const stat = statSync(join(dist, markerFile), { throwIfNoEntry: false });
  return stat && `${stat.dev} ${stat.ino} ${stat.mtimeMs}`;
}

interface Work {
  dist: string;
  site: string;
  /** The index file. */
  index: string;
  renditions: string;
  bundle: Bundle;
  early?: Threads;
  laps: Laps;
  isKnown: boolean;
  onProgress: (progress: Progress) => void;
}

/** Works the journal off: assets, stories, fronts, deletions. */
async function work({
  dist,
  site,
  index,
  renditions,
  bundle,
  early,
  laps,
  isKnown,
  onProgress,
}: Work): Promise<Omit<Report, 'warnings' | 'nextChange' | 'seconds'>> {
  const { sql } = desk();
  const report = { added: [] as string[], changed: [] as string[], removed: [] as string[], rendered: 0 };
  const isIdle = isKnown && meta('assets') === bundle.version && !sql('SELECT 1 FROM todo LIMIT 1').get();
  if (!isIdle) {
    const isDistNew = openDist(dist);
    try {
      setMeta('dist', markOf(dist) ?? '');
      const stale = await putAssets({ dist, site, renditions, bundle, report });
      laps.lap('assets');
      await pressAll({ dist, isDistNew, site, index, bundle, early, laps, onProgress, report });
      laps.lap('pages');
      await removeStale(dist, stale, report);
      if (!isKnown) sweep(dist, report);
    } finally {
      closeDist(dist);
    }
    laps.lap('deletions');
  }
  const isAsCounted = report.added.length + report.removed.length === 0;
  const counted = (key: string, text: string): number => {
    const known = isAsCounted ? meta(key) : undefined;
    if (known !== undefined) return Number(known);
    const { count } = sql(text).get() as { count: number };
    setMeta(key, String(count));
    return count;
  };
  return {
    ...report,
    pages: counted('pages', 'SELECT count(*) AS count FROM page'),
    pictures: counted(
      'pictures',
      "SELECT count(DISTINCT source) AS count FROM asset WHERE source > 'picture:' AND source < 'picture;'",
    ),
    renditions: Number(meta('renditionsMade') ?? 0),
  };
}

/** Stories first, then what leads to them. */
async function pressAll({
  dist,
  isDistNew,
  site,
  index,
  bundle,
  early,
  laps,
  onProgress,
  report,
}: Omit<Work, 'renditions' | 'isKnown'> & {
  isDistNew: boolean;
  report: Changes & { rendered: number };
}): Promise<void> {
  const { sql } = desk();
  const { total } = sql('SELECT count(*) AS total FROM todo WHERE step IN (?, ?)').get(Step.story, Step.front) as {
    total: number;
  };
  if (total === 0) return;
  const settings = { site, indexFile: index, serverEntry: serverEntry(bundle), dist, isDistNew };
  const pool = await openPool(settings, total, early);
  laps.lap('open');
  const waiting: Pressed[][] = [];
  try {
    for (const step of [Step.story, Step.front]) {
      await pool.press(jobsOf(step), (pressed) => {
        for (const page of pressed) note(report, fileOfAddress(page.address), page.outcome);
        report.rendered += pressed.length;
        onProgress({ phase: 'pages', done: report.rendered, total });
        waiting.push(pressed);
        if (waiting.length >= batchesPerCommit) settle(step, waiting.splice(0));
      });
      settle(step, waiting.splice(0));
    }
  } finally {
    await pool.close();
  }
}

/** The next instant at which a story comes out or changes by itself, or a banner goes. */
function nextChange(now: number): string | null {
  const row = desk()
    .sql(
      'SELECT min(due) AS due FROM (SELECT due FROM story WHERE isPublic = 0 AND due > ?1 UNION ALL SELECT until FROM banner WHERE until > ?1 UNION ALL SELECT instant FROM turn JOIN story USING (id) WHERE isPast = 0 AND instant > ?1 AND isPublic = 1)',
    )
    .get(now) as {
    due: number | null;
  };
  return row.due === null ? null : new Date(row.due).toISOString();
}
