import { expect, test } from 'vitest';
import type { IndexHandle } from '../index/handle.ts';
import type { Problem } from '../problems/problem.ts';
import { briefly, openNewsroom, problemsOf } from './ingested.fixture.ts';
import { randomEdits } from './random-edits.fixture.ts';

/*
 * The index is a function of the newsroom and the given time. What was ingested before, and in which order, leaves no
 * trace, and an edit is refused exactly if a clean build would refuse it, for the same mistakes. A publish warns of
 * everything that an edit makes wrong, in whatever file it is.
 */

const edits = 60;

/** The rows of every table that ingesting fills, in a fixed order. */
function rowsOf({ db }: IndexHandle): Record<string, string[]> {
  const queries: Record<string, string> = {
    story: 'SELECT * FROM story',
    listing: 'SELECT * FROM listing',
    period: 'SELECT * FROM period WHERE length <> 0',
    series: 'SELECT * FROM series',
    correction: 'SELECT * FROM correction',
    banner: 'SELECT * FROM banner',
    turn: 'SELECT * FROM turn',
    spelling: 'SELECT * FROM spelling',
    translation: 'SELECT * FROM translation',
    record: "SELECT key, file, record FROM record WHERE record <> '{}'",
    name: 'SELECT * FROM name',
    dependency: 'SELECT * FROM dependency',
    link: 'SELECT * FROM link',
    addressLink: `SELECT * FROM addressLink WHERE owner NOT LIKE 'sidecar/%'
      OR 'picture:' || replace(substr(owner, 9), '.yaml', '') IN (SELECT key FROM dependency)`,
    address: 'SELECT * FROM address',
    pictureUse: 'SELECT * FROM pictureUse',
    // What was read from a file stays while the file is the same, even if nothing names it any more.
    picture: "SELECT * FROM picture WHERE 'picture:' || path IN (SELECT key FROM dependency)",
    tableFile: "SELECT * FROM tableFile WHERE 'table:' || path IN (SELECT key FROM dependency)",
    document: 'SELECT * FROM document',
    redirect: 'SELECT * FROM redirect',
    files: 'SELECT path FROM file',
  };
  return Object.fromEntries(
    Object.entries(queries).map(([table, query]) => [
      table,
      db
        .prepare(query)
        .all()
        .map((row) => JSON.stringify(row))
        .sort(),
    ]),
  );
}

/** If two files claim the same address or name, an edit reports the file that it changed. */
const errors = (problems: Problem[]): string[] => {
  const found = problems.filter(({ severity }) => severity === 'error');
  return [...new Set(found.map((problem) => (problem.rule.endsWith('-taken') ? 'taken' : briefly(problem))))].sort();
};

/** What is wrong with a link may change with its target. It is reported again when the file with the link changes. */
const placeOf = (warning: string): string => warning.replace(/(?<=link-)(?:dead|moved|waiting|nearly|empty-list)$/, '');

test.each([8, 11, 18, 19])(
  `after each of ${edits} random edits, the index is that of a clean build (seed %i)`,
  async (seed) => {
    const newsroom = openNewsroom();
    try {
      const { edit, at, files } = await randomEdits(newsroom, seed);
      let known = (await newsroom.ingest()).warnings.map(briefly).map(placeOf);
      let kept = 0;
      for (let i = 0; i < edits; i++) {
        const now = at();
        const { what, undo } = edit();
        const clean = openNewsroom(Object.fromEntries(files));
        try {
          const all = await problemsOf(() => clean.ingest(now));
          const said = await problemsOf(() => newsroom.ingest(now));
          expect(errors(said), `edit ${i}, ${what}`).toEqual(errors(all));
          if (errors(all).length > 0) {
            undo();
            continue;
          }
          kept++;
          const [allWarnings, warnings] = [all.map(briefly), said.map(briefly)];
          expect(allWarnings, `edit ${i}, ${what}`).toEqual(expect.arrayContaining(warnings));
          // A sidecar is read once, and not again when something names its picture again.
          const isNew = (warning: string) => !known.includes(placeOf(warning)) && !warning.includes('.jpg.yaml:');
          expect(warnings, `edit ${i}, ${what}`).toEqual(expect.arrayContaining(allWarnings.filter(isNew)));
          known = allWarnings.map(placeOf);
          expect(rowsOf(newsroom.index), `edit ${i}, ${what}`).toEqual(rowsOf(clean.index));
        } finally {
          clean.close();
        }
      }
      expect(kept).toBeGreaterThan(edits / 3);
    } finally {
      newsroom.close();
    }
  },
);
