import type { IndexHandle } from '../index/handle.ts';
import type { Report } from './ingest-run.ts';
import { fileTwice } from './problems.ts';
import { isThere } from './scan.ts';

/**
 * Whether another existing file is for the same author, page, or front: `ann.yml` beside `ann.yaml`. If both exist,
 * this is reported. If this one does not exist any more, it was renamed, and the other has replaced it.
 */
export function standsElsewhere(index: IndexHandle, key: string, file: string, report: Report): boolean {
  const row = index.sql('SELECT file FROM record WHERE key = ?').get(key) as { file: string } | undefined;
  if (!row || row.file === file || !isThere(index, row.file)) return false;
  const kind = key.slice(0, key.indexOf('/')) as 'author' | 'page' | 'front';
  if (isThere(index, file)) report([fileTwice(kind, file, row.file)]);
  return true;
}
