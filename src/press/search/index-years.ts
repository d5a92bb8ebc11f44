import { type IndexHandle, transaction } from '../../index/handle.ts';
import { querySearchYear } from '../../queries/queries.ts';
import { rendering } from '../../queries/rendering.ts';
import { fileOfAddress } from '../../site/address.ts';
import { sha256Of } from '../../site/manifest.ts';
import { digestInDist, recordFile } from '../dist-record.ts';
import { engineVersion } from '../engine-version.ts';
import { meta, setMeta } from '../meta.ts';
import { fileTodo, Step, todo } from '../plan.ts';
import { putUnlessSame } from '../press-pages.ts';
import { doneWith, todoOf } from '../queue.ts';
import { recordPage } from '../record.ts';
import { type Changes, note } from '../report.ts';
import { recordsOf } from './kept-records.ts';
import { pagefindIndex } from './pagefind.ts';
import { placeFiles, type SearchFile } from './place-files.ts';

interface IndexOptions {
  dist: string;
  cache: string;
  report: Changes;
  onProgress: (done: number, total: number) => void;
}

/**
 * Makes the search indexes that the queue names, one year after the other, the newest first. All pages are out by then.
 *
 * A year is done in one transaction: its files, the record of them, and the files to delete, which the queue names. So if
 * the publish is killed, the next one makes the index again or deletes what is left.
 */
export async function indexYears(index: IndexHandle, options: IndexOptions): Promise<void> {
  const addresses = todoOf(index, Step.search).reverse();
  for (const [done, address] of addresses.entries()) {
    options.onProgress(done, addresses.length);
    await indexYear(index, address, options);
  }
}

async function indexYear(index: IndexHandle, address: string, { dist, cache, report }: IndexOptions): Promise<void> {
  const { db, sql } = index;
  const [, , year = ''] = address.split('/');
  const reads = new Map<string, string>();
  const ids = rendering({ index, reads }, () => querySearchYear(index, year));
  const records = recordsOf(index, { year, ids, engine: engineVersion(cache), reads });
  const state = `search ${year}`;
  const digest = sha256Of(JSON.stringify(records));
  const owned = (sql('SELECT file FROM asset WHERE source = ?').all(address) as { file: string }[]).map(
    ({ file }) => file,
  );
  const about = fileOfAddress(address);
  const known = digestInDist(index, about);
  // A change that no reader of the index sees: after a new theme, for example, or in a title that only lists show.
  if (known !== undefined && meta(index, state) === digest && owned.every((file) => digestInDist(index, file))) {
    await transaction(db, () => {
      recordPage(index, { address, digest: known, reads: [...reads] });
      doneWith(index, Step.search, [address]);
    });
    return;
  }
  const placed =
    records.length > 0
      ? placeFiles(year, await pagefindIndex(records))
      : { files: [], about: { version: '', languages: [] } };
  const text = Buffer.from(`${JSON.stringify(placed.about)}\n`);
  await transaction(db, () => {
    for (const { file, bytes } of placed.files) {
      put(index, dist, { file, bytes }, report);
      sql('INSERT OR IGNORE INTO asset VALUES (?, ?)').run(file, address);
    }
    put(index, dist, { file: about, bytes: text }, report);
    recordPage(index, { address, digest: sha256Of(text), reads: [...reads] });
    setMeta(index, state, digest);
    const wanted = new Set(placed.files.map(({ file }) => file));
    for (const file of owned)
      if (!wanted.has(file)) {
        sql('DELETE FROM asset WHERE file = ? AND source = ?').run(file, address);
        todo(index, fileTodo(file), Step.remove);
      }
    doneWith(index, Step.search, [address]);
  });
}

function put(index: IndexHandle, dist: string, { file, bytes }: SearchFile, report: Changes): void {
  const digest = sha256Of(bytes);
  const known = digestInDist(index, file);
  if (known === digest) return;
  const { outcome, stat } = putUnlessSame(dist, file, bytes, known === undefined);
  note(report, file, outcome);
  if (stat) recordFile(index, file, digest, stat);
}
