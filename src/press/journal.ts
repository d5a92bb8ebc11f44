import { desk } from '../index/desk.ts';
import type { Step } from './plan.ts';
import type { PageJob, Pressed } from './press-pages.ts';
import { recordPage } from './record.ts';

/* The journal is the table `todo`: what a publish has still to do. */

/** A row of the journal, with the digest that the record has of a page. */
export interface Todo {
  address: string;
  step: Step;
  digest: string | null;
}

/** All rows of a step. */
export const todoOf = (step: Step): Todo[] =>
  desk()
    .sql('SELECT address, step, digest FROM todo LEFT JOIN page USING (address) WHERE step = ? ORDER BY address')
    .all(step) as unknown as Todo[];

const pagesPerBatch = 64;

/** The pages of a step, batch by batch, in order of address: those of a batch are all that lie between its first and its last. */
export function* jobsOf(step: Step): Generator<PageJob[]> {
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

/** Notes that batches of a step are in their places: now, and not earlier, the journal may forget them. */
export function settle(step: Step, batches: readonly Pressed[][]): void {
  if (batches.length === 0) return;
  const { db, sql } = desk();
  db.exec('BEGIN IMMEDIATE');
  for (const pressed of batches) {
    for (const page of pressed) recordPage(page);
    const [first, last] = [pressed[0], pressed.at(-1)];
    if (first && last)
      sql('DELETE FROM todo WHERE step = ? AND address BETWEEN ? AND ?').run(step, first.address, last.address);
  }
  db.exec('COMMIT');
}
