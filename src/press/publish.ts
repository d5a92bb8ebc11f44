import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { closeDesk, desk, transaction } from '../index/desk.ts';
import { digestOf } from '../index/digest.ts';
import { forgetKnownPictures } from '../index/known-pictures.ts';
import { type Look, look } from '../index/look.ts';
import { storyFile } from '../index/newsroom-files.ts';
import { clearShelves, openShelves } from '../index/shelf.ts';
import { takeIn } from '../index/take-in.ts';
import { makeRenditions, verifyRenditions } from '../pictures/encode.ts';
import { originalRefused } from '../pictures/original.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { fileOfAddress } from '../site/address.ts';
import { type Bundle, bundleThere, clientFolder, ensureBundle, serverEntry, templateVersion } from './bundle.ts';
import { encodeApart } from './encode-apart.ts';
import { type Holder, lockPress } from './lock.ts';
import { forgetIndex, openIndex } from './open-index.ts';
import { planAll, planChanges, Step } from './plan.ts';
import { openPool, startThreads, type Threads } from './pool.ts';
import { type Outcome, type PageJob, type Pressed, putUnlessSame } from './press-pages.ts';
import { forgetPage, forgetQueryIds, recordPage } from './record.ts';
import { Laps, type Report } from './report.ts';
import { type WantedPicture, wantedPicture } from './wanted-pictures.ts';
import { closeDist, copyFile, filesOf, isOurs, markerFile, openDist, removeFile } from './write.ts';

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

const batch = 100;
const pagesPerBatch = 64;
const batchesPerCommit = 16;

const meta = (key: string): string | undefined =>
  (desk().sql('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined)?.value;
const setMeta = (key: string, value: string) => desk().sql('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(key, value);

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
    const seen = look(clock, isNew ? undefined : options.changed);
    laps.lap('look');
    const there = bundleThere(cache, version);
    if (there) early = startThreads(serverEntry(there), storiesIn(seen));
    const warnings = await transaction(db, async () => {
      const taken = await takeIn(seen, options.now, {
        onProgress: (phase, done, total) => onProgress({ phase, done, total }),
        readers: early?.readers ?? [],
        isAll: all,
      });
      laps.lap('index');
      if (all) planAll();
      else planChanges(taken);
      setMeta('templates', version);
      laps.lap('plan');
      await encodePictures(site, renditions, onProgress);
      laps.lap('pictures');
      return taken.warnings;
    });

    handOver(file);

    const bundle = await bundling;
    laps.lap('templates');
    const report = await work({ dist, site, index: file, renditions, bundle, early, laps, isKnown, onProgress });
    return { ...report, warnings, nextChange: nextChange(options.now), seconds: laps.total() };
  } finally {
    await early?.close();
    closeDesk();
    clearShelves(indexFile(cache, dist));
    release();
  }
}

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

interface Todo {
  address: string;
  step: Step;
  digest: string | null;
}

const todoOf = (step: Step): Todo[] =>
  desk()
    .sql('SELECT address, step, digest FROM todo LEFT JOIN page USING (address) WHERE step = ? ORDER BY address')
    .all(step) as unknown as Todo[];

/** Pictures that were noted as new or changed, with all that the site needs of them. */
const wantedNow = (): WantedPicture[] =>
  todoOf(Step.asset).flatMap(({ address }) =>
    address.startsWith('picture:') ? (wantedPicture(address.slice('picture:'.length)) ?? []) : [],
  );

const pictureFile = (name: string): string => `assets/pictures/${name}`;

const isInDist = (file: string): boolean => desk().sql('SELECT 1 FROM asset WHERE file = ?').get(file) !== undefined;

/** Makes every rendition that the planned pages need, still inside the transaction: a picture that fails refuses the build. */
async function encodePictures(site: string, folder: string, onProgress: (progress: Progress) => void): Promise<void> {
  const wanted = wantedNow();
  setMeta('renditionsMade', '0');
  if (wanted.length === 0) return;
  const jobs = wanted.map(({ path, facts, renditions }) => ({ file: join(site, path), facts, renditions }));
  const { made, failed } = await makeRenditions(jobs, folder, {
    onProgress: ({ done, total }) => onProgress({ phase: 'pictures', done, total }),
    apart: (some, tell) => encodeApart(some, folder, tell),
    // What lies in dist was compared when it was put there.
    isChecked: (name) => !isInDist(pictureFile(name)),
  });
  setMeta('renditionsMade', String(made));
  for (const { original, path, facts } of wanted) {
    if (original === undefined || isInDist(pictureFile(original))) continue;
    const file = join(site, path);
    const error = originalRefused(readFileSync(file), facts);
    if (error) failed.push({ file, error });
  }
  if (failed.length)
    throw new ProblemsError(
      failed.map(({ file, error }): Problem => {
        const path = wanted.find((picture) => join(site, picture.path) === file)?.path ?? file;
        return { rule: error.rule, severity: 'error', file: path, line: 1, message: error.reason, hint: error.hint };
      }),
    );
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

/** A file of dist that is no page, and who needs it. */
interface Asset {
  file: string;
  source: string;
}

type Changes = Pick<Report, 'added' | 'changed' | 'removed'>;

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
  const { db, sql } = desk();
  const { total } = sql('SELECT count(*) AS total FROM todo WHERE step IN (?, ?)').get(Step.story, Step.front) as {
    total: number;
  };
  if (total === 0) return;
  const settings = { site, indexFile: index, serverEntry: serverEntry(bundle), dist, isDistNew };
  const pool = await openPool(settings, total, early);
  laps.lap('open');
  // Each commit writes whole leaves of the index for a few rows, and makes every thread that reads leaf anew.
  let waiting: Pressed[][] = [];
  const settle = (step: Step) => {
    // The files are in their places; now, and not earlier, the journal may forget them.
    db.exec('BEGIN IMMEDIATE');
    for (const pressed of waiting) {
      for (const page of pressed) recordPage(page);
      const [first, last] = [pressed[0], pressed.at(-1)];
      if (first && last)
        sql('DELETE FROM todo WHERE step = ? AND address BETWEEN ? AND ?').run(step, first.address, last.address);
    }
    db.exec('COMMIT');
    waiting = [];
  };
  try {
    for (const step of [Step.story, Step.front])
      try {
        await pool.press(jobsOf(step), (pressed) => {
          for (const page of pressed) note(report, fileOfAddress(page.address), page.outcome);
          report.rendered += pressed.length;
          onProgress({ phase: 'pages', done: report.rendered, total });
          waiting.push(pressed);
          if (waiting.length >= batchesPerCommit) settle(step);
        });
      } finally {
        settle(step);
      }
  } finally {
    await pool.close();
  }
}

/** The pages of a step, batch by batch, in order of address: those of a batch are all that lie between its first and its last. */
function* jobsOf(step: Step): Generator<PageJob[]> {
  let last = '';
  while (true) {
    const rows = desk()
      .sql(
        'SELECT address, digest FROM todo LEFT JOIN page USING (address) WHERE step = ? AND address > ? ORDER BY address LIMIT ? + 0',
      )
      .all(step, last, pagesPerBatch) as unknown as Pick<Todo, 'address' | 'digest'>[];
    if (rows.length === 0) return;
    last = rows.at(-1)!.address;
    yield rows.map(({ address, digest }) => [address, digest]);
  }
}

function note(report: Changes, file: string, outcome: Outcome): void {
  if (outcome !== 'same') report[outcome].push(file);
}

/** Brings styles, fonts, renditions and public files; returns those that must go once no page needs them. */
async function putAssets({
  dist,
  site,
  renditions,
  bundle,
  report,
}: Pick<Work, 'dist' | 'site' | 'renditions' | 'bundle'> & { report: Changes }): Promise<Asset[]> {
  const { db, sql } = desk();
  const stale: Asset[] = [];
  const digestOfAsset = (file: string) =>
    (sql('SELECT digest FROM asset WHERE file = ?').get(file) as { digest: string } | undefined)?.digest;
  const keep = (file: string, source: string, digest: string) =>
    sql('INSERT OR REPLACE INTO asset VALUES (?, ?, ?)').run(file, source, digest);

  if (meta('assets') !== bundle.version) {
    const files = [...filesOf(clientFolder(bundle))];
    await transaction(db, () => {
      for (const { file } of sql("SELECT file FROM asset WHERE source = 'templates'").all() as { file: string }[])
        if (!files.includes(file)) stale.push({ file, source: 'templates' });
      for (const file of files) {
        const bytes = readFileSync(join(clientFolder(bundle), file));
        const digest = digestOf(bytes);
        const known = digestOfAsset(file);
        if (known !== digest) note(report, file, putUnlessSame(dist, file, bytes, known === undefined));
        keep(file, 'templates', digest);
      }
      setMeta('assets', bundle.version);
    });
  }
  const wanted = wantedNow();
  const put = (file: string, from: string, source: string, digest: string) => {
    if (digestOfAsset(file) !== undefined) return void keep(file, source, digest);
    const isThere = existsSync(join(dist, file));
    copyFile(dist, file, from);
    report[isThere ? 'changed' : 'added'].push(file);
    keep(file, source, digest);
  };
  const needed = new Set<string>();
  for (let start = 0; start < wanted.length; start += batch)
    await transaction(db, () => {
      for (const { address, path, facts, renditions: files, original } of wanted.slice(start, start + batch)) {
        for (const { name } of files) {
          needed.add(pictureFile(name));
          put(pictureFile(name), join(renditions, name), address, name);
        }
        if (original === undefined) continue;
        const file = pictureFile(original);
        needed.add(file);
        if (digestOfAsset(file) !== undefined) {
          keep(file, address, original);
          continue;
        }
        const bytes = readFileSync(join(site, path));
        // Saved since it was checked: the next publish takes the new one in.
        if (originalRefused(bytes, facts)) throw new Error(`${path} was saved while the press ran; publish again`);
        note(report, file, putUnlessSame(dist, file, bytes, true));
        keep(file, address, original);
      }
    });
  // A lead that became a picture of the text needs less; another focus, other rights or recipe mean other files.
  for (const { address } of todoOf(Step.asset).filter(({ address }) => address.startsWith('picture:')))
    for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[])
      if (!needed.has(file)) stale.push({ file, source: address });
  for (const { address } of todoOf(Step.asset)) {
    if (!address.startsWith('public:')) continue;
    const path = address.slice('public:'.length);
    const file = path.slice('public/'.length).normalize('NFC');
    const bytes = readFileSync(join(site, path));
    const digest = digestOf(bytes);
    const known = digestOfAsset(file);
    if (known !== digest) note(report, file, putUnlessSame(dist, file, bytes, known === undefined));
    keep(file, address, digest);
  }
  sql('DELETE FROM todo WHERE step = ?').run(Step.asset);
  return stale;
}

async function removeStale(dist: string, stale: Asset[], report: Changes): Promise<void> {
  const { db, sql } = desk();
  const gone = todoOf(Step.remove);
  const remove = (file: string) => {
    if (existsSync(join(dist, file))) report.removed.push(file);
    removeFile(dist, file);
  };
  await transaction(db, () => {
    for (const { address } of gone) {
      if (address.startsWith('picture:') || address.startsWith('public:')) {
        for (const { file } of sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[])
          stale.push({ file, source: address });
        continue;
      }
      remove(fileOfAddress(address));
      forgetPage(address);
    }
    for (const { file, source } of stale) {
      sql('DELETE FROM asset WHERE file = ? AND source = ?').run(file, source);
      if (!sql('SELECT 1 FROM asset WHERE file = ?').get(file)) remove(file);
    }
    sql('DELETE FROM todo WHERE step = ?').run(Step.remove);
  });
}

/** Without a record of what lay in a marked dist, everything that this publish did not produce goes. */
function sweep(dist: string, report: Changes): void {
  const { sql } = desk();
  const pages = sql('SELECT address FROM page').all() as { address: string }[];
  const assets = sql('SELECT file FROM asset').all() as { file: string }[];
  const ours = new Set([...pages.map(({ address }) => fileOfAddress(address)), ...assets.map(({ file }) => file)]);
  for (const file of [...filesOf(dist)]) {
    if (ours.has(file)) continue;
    removeFile(dist, file);
    report.removed.push(file);
  }
}

/** The next instant at which a story comes out or a banner goes. */
function nextChange(now: number): string | null {
  const row = desk()
    .sql(
      'SELECT min(due) AS due FROM (SELECT due FROM story WHERE isPublic = 0 AND due > ?1 UNION ALL SELECT until FROM banner WHERE until > ?1)',
    )
    .get(now) as {
    due: number | null;
  };
  return row.due === null ? null : new Date(row.due).toISOString();
}
