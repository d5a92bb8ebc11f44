import { existsSync } from 'node:fs';
import { closeIndexHandle, type IndexHandle } from '../index/handle.ts';
import type { StoredRecord } from '../index/records.ts';
import { addUnsaved } from '../ingest/add-unsaved.ts';
import { ingest } from '../ingest/ingest.ts';
import { scan } from '../ingest/scan.ts';
import { type Problem, ProblemsError } from '../problems/problem.ts';
import { querySite } from '../queries/queries.ts';
import type { Site } from '../site/site.ts';
import type { Card } from '../story/card.ts';
import type { StoryState } from '../story/record.ts';
import { templateVersion } from './bundle.ts';
import { indexFile, realFolder } from './index-file.ts';
import { sealIndex } from './index-seal.ts';
import { type Holder, lockPress } from './lock.ts';
import { meta } from './meta.ts';
import { openIndex } from './open-index.ts';
import { planAll, planChanges, Step } from './plan.ts';

export interface ForeseeOptions {
  /** The newsroom's folder, absolute. */
  site: string;
  /** The folder of the site, absolute. */
  dist: string;
  /** The cache folder, absolute. */
  cache: string;
  now: number;
  clock: number;
  /** Newsroom-relative paths. Only these files are scanned. Without them, everything that was saved is foreseen. */
  changed?: string[] | undefined;
  /** A text that is not saved. The file is newsroom-relative. */
  unsaved?: { file: string; text: string } | undefined;
  /** The file of the story that is asked about. */
  file?: string | undefined;
  onWait?: (holder: Holder | undefined) => void;
}

/** A story as readers see it, or will. */
export interface ForeseenStory {
  address: string;
  headline: string;
  state: StoryState;
  isPublic: boolean;
  /** When readers can see it, in ms. A draft has none. */
  due?: number;
  /** Represents everything that its page shows of it. */
  digest: string;
  corrections: number;
  updated?: number;
}

/** What a publish would do. */
export interface Foreseen {
  /** The addresses of pages that would be new, changed, or at least rendered again. */
  pages: string[];
  /** Pages that would be removed. */
  removed: string[];
  /** Every page is planned, because the site was never published here, or because the templates changed. */
  isAll: boolean;
  /** The site was never published here, so nothing more is known. */
  isFirst?: true;
  before?: ForeseenStory | undefined;
  after?: ForeseenStory | undefined;
  /** With an error among them, a publish would be refused. */
  problems: Problem[];
  site?: Site;
}

/**
 * What a publish would do, with its own plan. Nothing is written: the plan is made in a transaction that is rolled back.
 * The work depends on how much the changes affect, as in a publish.
 */
export async function foresee(options: ForeseeOptions): Promise<Foreseen> {
  const { site, cache, clock, onWait = () => {} } = options;
  const dist = realFolder(options.dist);
  const file = indexFile(cache, dist);
  const release = await lockPress(cache, new Date(clock), onWait);
  try {
    if (!existsSync(file)) return first;
    const index = openIndex(site, file, cache);
    try {
      const templates = meta(index, 'templates');
      if (templates === undefined || meta(index, 'dist') === undefined) return first;
      return await planned(index, { ...options, dist }, templates !== templateVersion(site, cache));
    } finally {
      closeIndexHandle(index);
      sealIndex(file);
    }
  } finally {
    release();
  }
}

/** Ingesting a whole archive only to count its pages would take as long as publishing it. */
const first: Foreseen = { pages: [], removed: [], isAll: true, isFirst: true, problems: [] };

async function planned(
  index: IndexHandle,
  { dist, now, clock, changed, unsaved, file }: ForeseeOptions,
  isAll: boolean,
): Promise<Foreseen> {
  const { db, sql } = index;
  db.exec('BEGIN IMMEDIATE');
  try {
    const before = file === undefined ? undefined : storyNow(index, file);
    if (unsaved) index.overlay = new Map([[unsaved.file, Buffer.from(unsaved.text)]]);
    const scanned = scan(index, clock, changed);
    const seen = unsaved ? addUnsaved(scanned, unsaved.file) : scanned;
    const changes = await ingest(index, seen, now, { dist });
    if (isAll) planAll(index);
    else planChanges(index, changes);
    const rows = sql("SELECT address, step FROM todo WHERE address LIKE '/%' ORDER BY address").all() as {
      address: string;
      step: Step;
    }[];
    const of = (isRemoval: boolean) =>
      rows.filter(({ step }) => (step === Step.remove) === isRemoval).map(({ address }) => address);
    return {
      pages: of(false),
      removed: of(true),
      isAll,
      before,
      after: file === undefined ? undefined : storyNow(index, file),
      problems: changes.warnings,
      site: querySite(index),
    };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return { pages: [], removed: [], isAll, problems: error.problems };
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
}

function storyNow(index: IndexHandle, file: string): ForeseenStory | undefined {
  const row = index.sql('SELECT card, record, state, isPublic, due, digest FROM story WHERE file = ?').get(file) as
    | { card: string; record: string; state: StoryState; isPublic: number; due: number | null; digest: string }
    | undefined;
  if (!row) return undefined;
  const { address, headline, updated } = JSON.parse(row.card) as Card;
  const { detail } = JSON.parse(row.record) as StoredRecord;
  return {
    address,
    headline,
    state: row.state,
    isPublic: row.isPublic === 1,
    ...(row.due === null ? {} : { due: row.due }),
    digest: row.digest,
    corrections: detail.corrections.length,
    ...(updated === undefined ? {} : { updated }),
  };
}
