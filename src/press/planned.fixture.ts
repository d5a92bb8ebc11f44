import type { IndexHandle } from '../index/handle.ts';
import type { IngestedNewsroom } from '../ingest/ingested.fixture.ts';
import { digestOfKey, subjectOf } from '../queries/families.ts';
import { planAll, planChanges, Step } from './plan.ts';
import { wantedPicture } from './wanted-pictures.ts';

/*
 * Does with the queue what a press would do, without rendering: pages exist or not, and a picture, a document, or a file
 * of `public/` is what it was when it was last in the queue.
 */

/** What a publish has planned: each address with its step. */
export type Queue = Record<string, Step>;

/** What was written, by its name in the queue. */
export type Written = Map<string, string>;

const queueOf = ({ sql }: IndexHandle): Queue =>
  Object.fromEntries(
    (sql('SELECT address, step FROM todo').all() as { address: string; step: Step }[]).map(({ address, step }) => [
      address,
      step,
    ]),
  );

/** Ingests what changed and plans it. The queue has not been processed yet. */
export async function plan({ index, ingest }: IngestedNewsroom, at?: string): Promise<Queue> {
  await ingest(at, (changes) => planChanges(index, changes));
  return queueOf(index);
}

/** Plans the whole site. The queue has not been processed yet. */
export function planWhole(index: IndexHandle): Queue {
  planAll(index);
  return queueOf(index);
}

/** Processes the queue. */
export function work(index: IndexHandle, written: Written): void {
  const { sql } = index;
  for (const [name, step] of Object.entries(queueOf(index))) {
    if (name.startsWith('/')) {
      if (step === Step.remove) sql('DELETE FROM page WHERE address = ?').run(name);
      else sql('INSERT OR IGNORE INTO page (address) VALUES (?)').run(name);
    }
    if (step === Step.remove) written.delete(name);
    else written.set(name, contentsOf(index, name));
  }
  sql('DELETE FROM todo').run();
}

/** What would be written now. Pages are known by their traces. */
function contentsOf(index: IndexHandle, name: string): string {
  const { sql } = index;
  const rest = name.slice(name.indexOf(':') + 1);
  if (name.startsWith('picture:')) {
    const { renditions = [], original } = wantedPicture(index, rest) ?? {};
    return JSON.stringify([renditions.map((rendition) => rendition.name).sort(), original]);
  }
  if (name.startsWith('document:'))
    return (sql('SELECT path FROM document WHERE address = ?').get(rest) as { path: string } | undefined)?.path ?? '';
  return '';
}

/** What a clean build would write of this index. The index stays as it is. */
export function writtenClean(index: IndexHandle): Written {
  const { db, sql } = index;
  db.exec('BEGIN');
  try {
    sql('DELETE FROM page').run();
    const queue = planWhole(index);
    const isThere = (name: string) => !name.startsWith('picture:') || wantedPicture(index, name.slice(8)) !== undefined;
    return new Map(
      Object.entries(queue)
        .filter(([name, step]) => step !== Step.remove && isThere(name))
        .map(([name]) => [name, contentsOf(index, name)]),
    );
  } finally {
    db.exec('ROLLBACK');
  }
}

/** Records queries as if a page had made them. */
export function ask(index: IndexHandle, keys: readonly string[], page = '/'): void {
  const { sql } = index;
  sql('INSERT OR IGNORE INTO page (address) VALUES (?)').run(page);
  for (const key of keys) {
    sql('INSERT OR REPLACE INTO query (key, subject, digest) VALUES (?, ?, ?)').run(
      key,
      subjectOf(key),
      digestOfKey(index, key),
    );
    sql('INSERT OR IGNORE INTO read SELECT query.id, page.id FROM query, page WHERE key = ? AND address = ?').run(
      key,
      page,
    );
  }
}

/** The queries of pages that stay, whose result in the trace is not the current one. */
export const stale = (index: IndexHandle): string[] =>
  (
    index
      .sql(
        `SELECT DISTINCT key, digest FROM query JOIN read ON read.query = query.id JOIN page ON page.id = read.page
          WHERE address NOT IN (SELECT address FROM todo WHERE step = ${Step.remove}) ORDER BY key`,
      )
      .all() as { key: string; digest: string }[]
  )
    .filter(({ key, digest }) => digestOfKey(index, key) !== digest)
    .map(({ key }) => key);
