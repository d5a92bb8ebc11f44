import { desk } from './desk.ts';
import { digestOf } from './digest.ts';
import { isThere } from './look.ts';
import type { Report } from './taking.ts';

/** Things as the index keeps them, by key: `site`, `topics`, `series`, `author/ID`, `page/ID`, `front/ID`. */

/** Keeps a thing. @returns whether it says anything else than before */
export function putThing(key: string, file: string, record: unknown): boolean {
  const { sql } = desk();
  const text = JSON.stringify(record);
  const digest = digestOf(text);
  const old = sql('SELECT digest, file FROM thing WHERE key = ?').get(key) as
    | { digest: string; file: string }
    | undefined;
  if (old?.digest === digest && old.file === file) return false;
  sql('INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)').run(key, file, digest, text);
  return old?.digest !== digest;
}

export function getThing<T>(key: string): T | undefined {
  const row = desk().sql('SELECT record FROM thing WHERE key = ?').get(key) as { record: string } | undefined;
  return row && (JSON.parse(row.record) as T);
}

export function forgetThing(key: string): void {
  desk().sql('DELETE FROM thing WHERE key = ?').run(key);
}

/**
 * Whether another file that is there stands for the same author, page or front: `ann.yml` beside `ann.yaml`. If this one
 * is there too, that is reported; if not, it was renamed, and the other has taken its place.
 */
export function standsElsewhere(key: string, file: string, report: Report): boolean {
  const row = desk().sql('SELECT file FROM thing WHERE key = ?').get(key) as { file: string } | undefined;
  if (!row || row.file === file || !isThere(row.file)) return false;
  const what = key.slice(0, key.indexOf('/'));
  if (isThere(file))
    report([
      {
        rule: `${what}-twice`,
        severity: 'error',
        file,
        line: 1,
        message: `This ${what} has the same name as ${row.file}.`,
        hint: 'Remove or rename one of the two.',
      },
    ]);
  return true;
}
