import { digestOf } from './digest.ts';
import type { IndexHandle } from './handle.ts';

/** Records as stored in the index, by key: `site`, `topics`, `series`, `author/ID`, `page/ID`, `front/ID`. */

/** Stores a record. @returns whether its content has changed */
export function putRecord(index: IndexHandle, key: string, file: string, record: unknown): boolean {
  const { sql } = index;
  const text = JSON.stringify(record);
  const digest = digestOf(text);
  const old = sql('SELECT digest, file FROM record WHERE key = ?').get(key) as
    | { digest: string; file: string }
    | undefined;
  if (old?.digest === digest && old.file === file) return false;
  sql('INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)').run(key, file, digest, text);
  return old?.digest !== digest;
}

export function getRecord<T>(index: IndexHandle, key: string): T | undefined {
  const row = index.sql('SELECT record FROM record WHERE key = ?').get(key) as { record: string } | undefined;
  return row && (JSON.parse(row.record) as T);
}

export function forgetRecord(index: IndexHandle, key: string): void {
  index.sql('DELETE FROM record WHERE key = ?').run(key);
}
