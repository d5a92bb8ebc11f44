import type { IndexHandle } from '../index/handle.ts';
import { subjectOf } from '../queries/families.ts';
import { fileOfAddress } from '../site/address.ts';
import { recordFile } from './dist-record.ts';
import type { FileStat } from './stat-of.ts';

/** The result of one render: the digest of its bytes, and each query that it made, with the digest of the result. */
export interface Rendered {
  address: string;
  digest: string;
  reads: [key: string, digest: string][];
}

function queryId(index: IndexHandle, key: string, digest: string): number {
  const { sql, queryIds: ids } = index;
  // A clean build records the same queries ten thousand times.
  const kept = ids.get(key);
  if (kept !== undefined) return kept;
  // In a clean build most queries are new, so this is tried first.
  const put = sql('INSERT OR IGNORE INTO query (key, subject, digest) VALUES (?, ?, ?)').run(
    key,
    subjectOf(key),
    digest,
  );
  const id = put.changes
    ? Number(put.lastInsertRowid)
    : (sql('SELECT id FROM query WHERE key = ?').get(key) as { id: number }).id;
  if (ids.size > 20_000) ids.clear();
  ids.set(key, id);
  return id;
}

/**
 * Records that a page is in dist as rendered, and what it was rendered from. Call it inside a transaction.
 *
 * @param rendered with what the file system reports for the file, unless the record already has it
 */
export function recordPage(index: IndexHandle, { address, digest, reads, stat }: Rendered & { stat?: FileStat }): void {
  const { sql } = index;
  if (stat) recordFile(index, fileOfAddress(address), digest, stat);
  const put = sql('INSERT OR IGNORE INTO page (address) VALUES (?)').run(address);
  let page = Number(put.lastInsertRowid);
  if (!put.changes) {
    page = (sql('SELECT id FROM page WHERE address = ?').get(address) as { id: number }).id;
    sql('DELETE FROM read WHERE page = ?').run(page);
  }
  const read = sql('INSERT OR IGNORE INTO read VALUES (?, ?)');
  for (const [key, answer] of reads) read.run(queryId(index, key, answer), page);
}

/** Deletes the record of a page that was removed from dist, and the queries that no page makes any more. */
export function forgetPage(index: IndexHandle, address: string): void {
  const { sql } = index;
  const known = sql('SELECT id FROM page WHERE address = ?').get(address) as { id: number } | undefined;
  if (!known) return;
  const queries = sql('SELECT query FROM read WHERE page = ?').all(known.id) as { query: number }[];
  sql('DELETE FROM read WHERE page = ?').run(known.id);
  sql('DELETE FROM page WHERE id = ?').run(known.id);
  for (const { query } of queries)
    sql('DELETE FROM query WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM read WHERE query = ?1)').run(query);
  index.queryIds.clear();
}
