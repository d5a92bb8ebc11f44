import type { IndexHandle } from '../index/handle.ts';
import { fileOfAddress } from '../site/address.ts';
import { digestInDist } from './dist-record.ts';
import type { Step } from './plan.ts';
import type { PageJob, Pressed } from './press-pages.ts';
import { recordPage } from './record.ts';

/* The queue is the table `todo`: the work that a publish still has to do. */

/** The rows of a step, by what they name. */
export const todoOf = (index: IndexHandle, step: Step): string[] =>
  (index.sql('SELECT address FROM todo WHERE step = ? ORDER BY address').all(step) as { address: string }[]).map(
    ({ address }) => address,
  );

/** Deletes the finished work of a step. */
export function doneWith(index: IndexHandle, step: Step, addresses: Iterable<string>): void {
  const forget = index.sql('DELETE FROM todo WHERE address = ? AND step = ?');
  for (const address of addresses) forget.run(address, step);
}

const pagesPerBatch = 64;

/**
 * The pages of a step, batch by batch, in order of address. A batch contains all pages between its first and its last.
 *
 * @param isDistNew dist is empty, so the record has nothing about the files of its pages
 */
export function* jobsOf(index: IndexHandle, step: Step, isDistNew: boolean): Generator<PageJob[]> {
  let last = '';
  while (true) {
    const rows = index
      .sql('SELECT address FROM todo WHERE step = ? AND address > ? ORDER BY address LIMIT ? + 0')
      .all(step, last, pagesPerBatch) as { address: string }[];
    if (rows.length === 0) return;
    last = rows.at(-1)!.address;
    yield rows.map(({ address }) => [
      address,
      isDistNew ? null : (digestInDist(index, fileOfAddress(address)) ?? null),
    ]);
  }
}

/** Records that the files of these batches are in their places. Only now can their rows be deleted from the queue. */
export function settle(index: IndexHandle, step: Step, batches: readonly Pressed[][]): void {
  if (batches.length === 0) return;
  const { db, sql } = index;
  db.exec('BEGIN IMMEDIATE');
  for (const pressed of batches) {
    const [first, last] = [pressed[0], pressed.at(-1)];
    if (first && last)
      sql('DELETE FROM todo WHERE step = ? AND address BETWEEN ? AND ?').run(step, first.address, last.address);
    for (const page of pressed)
      if (page.refused === undefined) recordPage(index, page);
      // It stays in the queue, so that the build after the correction finds it again.
      else sql('INSERT OR REPLACE INTO todo VALUES (?, ?)').run(page.address, step);
  }
  db.exec('COMMIT');
}
